"""Whom a question was put to, as whoever asked it and the team read it, and as she reads it who was asked."""

from dataclasses import dataclass
from typing import Any

from portal.accounts.colleagues import colleagues_shown
from portal.accounts.models import Membership
from portal.safety.blocks import kept_apart_from
from share.models import RoutedQuestion, Thread
from share.permissions.moderation import can_moderate_threads, can_read_routing
from share.routing.declining import decline_url
from share.routing.reasons import said_to_her, said_to_others

Status = RoutedQuestion.Status


@dataclass(frozen=True)
class Asked:
    """Somebody whom a question was put to.

    Args:
        name: empty where the reader may not know it; then the municipality stands for her.
        why: "porque publicó 3 soluciones sobre compostaje".
        status: in words, for the team alone; empty for whoever asked.
    """

    name: str
    url: str
    municipality: str
    why: str
    status: str
    has_answered: bool


@dataclass(frozen=True)
class ForYou:
    """A question that was put to whoever reads it.

    Args:
        why: "Porque publicaste 3 soluciones sobre compostaje."
        decline_url: where she says that she would rather not.
    """

    why: str
    decline_url: str


def routing_shown(reader: Any, thread: Thread) -> list[Asked]:
    """Return whom a question was put to; nobody for readers who neither asked nor look after conversations.

    Whoever asked reads of those who have it before them or answered, and never that somebody would rather not.
    Three queries at most.
    """
    if not can_read_routing(reader, thread):
        return []
    is_team = bool(can_moderate_threads(reader))
    rows = RoutedQuestion.objects.filter(thread=thread).order_by("id")
    if not is_team:
        rows = rows.filter(status__in=[Status.ASKED, Status.ANSWERED])
        rows = rows.exclude(user_id__in=kept_apart_from(reader))
    found = list(rows)
    if not found:
        return []
    keys = {row.user_id for row in found}
    shown = colleagues_shown(reader, keys)
    works = Membership.objects.active().filter(user_id__in=keys).order_by("-id")
    towns = dict(works.values_list("user_id", "municipality__name"))
    asked = []
    for row in found:
        person = shown.get(row.user_id)
        asked.append(
            Asked(
                name=person.name if person else "",
                url=person.url if person else "",
                municipality=towns.get(row.user_id, ""),
                why=said_to_others(row.reasons),
                status=row.get_status_display() if is_team else "",
                has_answered=row.status == Status.ANSWERED,
            )
        )
    return asked


def question_for(reader: Any, thread: Thread) -> ForYou | None:
    """Return why a question is put to whoever reads it; nothing where it is not, or not any more. One query."""
    if not reader.is_authenticated or not thread.is_question or thread.is_closed:
        return None
    row = RoutedQuestion.objects.filter(thread=thread, user_id=reader.pk, status=Status.ASKED).first()
    if row is None or thread.author_id in kept_apart_from(reader):
        return None
    return ForYou(why=said_to_her(row.reasons), decline_url=decline_url(row))
