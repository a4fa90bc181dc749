"""Conversations of a journey's own, written before it begins by people of its cast."""

import json
import sys
from dataclasses import asdict, dataclass

from django.utils import timezone

from portal.accounts.models import User
from share.models import Thread, ThreadReader
from share.threads.entries import thread_entry_write
from tests.e2e.running_portal import RunningPortal
from tests.share.factories import post, thread


@dataclass(frozen=True)
class Talk:
    """A conversation.

    Args:
        by: who asks, by the name before the @; her colleagues have a name each, too.
        said: what is answered, each with who says it.
        long: so many short answers more, said in turn by whoever answered.
        comments: so many comments on the first answer.
        read_by: who follows it and has read all but the last answers.
        unread: how many she has not read.
    """

    by: str
    title: str
    said: tuple[tuple[str, str], ...] = ()
    long: int = 0
    comments: int = 0
    read_by: str = ""
    unread: int = 0
    visibility: str = Thread.Visibility.PUBLIC


def hold(portal: RunningPortal, *talks: Talk) -> list[int]:
    """Have conversations in the running portal; returns their numbers."""
    told = json.dumps([asdict(talk) for talk in talks])
    said = portal.manage("shell", "--command", f"from tests.e2e import talks; talks.play({told!r})")
    return [int(number) for number in said.split("numbers:")[1].split()]


def play(told: str) -> None:
    """Write them; this runs inside the portal."""
    made = [_hold(Talk(**fields)) for fields in json.loads(told)]
    sys.stdout.write(f"numbers: {' '.join(map(str, made))}")


def _hold(talk: Talk) -> int:
    author = _person(talk.by)
    held = thread(
        author=author,
        title=talk.title,
        visibility=talk.visibility,
        areas=["environment-waste"],
        municipality=author.memberships.get().municipality,
    )
    answers = [post(held, author=_person(who), text=text) for who, text in talk.said]
    for number in range(talk.comments):
        post(held, author=author, parent=answers[0], text=f"Comentario {number + 1}.")
    for number in range(talk.long):
        post(held, author=answers[number % len(answers)].author, text=f"Experiencia {number + 1}.")
    if talk.read_by:
        ThreadReader.objects.create(
            thread=held,
            user=_person(talk.read_by),
            read_number=held.last_number - talk.unread,
            read_at=timezone.now(),
            is_following=True,
        )
    thread_entry_write(held)
    return held.pk


def _person(who: str) -> User:
    return User.objects.get(email=f"{who}@elenco.example")
