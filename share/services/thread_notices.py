"""Telling people what happens in conversations: each of them once, and nobody of what is not for her."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from portal.accounts.models import Membership, User
from portal.notices.models import Notification
from portal.notices.services import notify_each
from portal.notices.services.notifying import Told
from portal.notices.texts import Text
from portal.safety.blocks import kept_apart_from
from share.models import Post, RoutedQuestion, Thread, ThreadReader

ANSWERED = "thread-post"
COMMENTED = "thread-comment"
MENTIONED = "thread-mention"
ACCEPTED = "answer-accepted"
THANKED = "post-thanked"
OUTCOME = "thread-outcome"
ASKED = "thread-new"
# A question that nobody was told of in this time is no news any more.
NEWS = timedelta(hours=26)


def post_tell(*, post_id: int) -> None:
    """Tell of a new post whoever it mentions, whose answer it comments on, and whoever follows; each of them once."""
    post = Post.objects.select_related("thread", "author", "parent").filter(pk=post_id).first()
    if post is None or post.author is None or not post.is_visible:
        return
    thread, told = post.thread, {post.author_id}
    muted = ThreadReader.objects.filter(thread=thread, is_muted=True).values("user_id")
    readers = _readers(thread, post.author).exclude(pk__in=muted)
    if post.is_opening:
        _tell(MENTIONED, readers.filter(pk__in=post.mentions.values("user_id")), post, told)
        return
    _tell(MENTIONED, readers.filter(pk__in=post.mentions.values("user_id")), post, told)
    if post.parent is not None:
        _tell(COMMENTED, readers.filter(pk=post.parent.author_id), post, told)
    following = ThreadReader.objects.filter(thread=thread, is_following=True)
    _tell(ANSWERED, readers.filter(pk__in=following.values("user_id")), post, told)


def acceptance_tell(*, post_id: int) -> None:
    """Tell whoever answered that it helped."""
    found = Post.objects.select_related("thread", "accepted_by")
    post = found.filter(pk=post_id, accepted_at__isnull=False).first()
    if post is None or post.author_id is None or post.accepted_by is None:
        return
    by = post.accepted_by
    people = _readers(post.thread, by).filter(pk=post.author_id)
    one = Text(gettext_noop("Aceptaron tu respuesta en «%(title)s»."), title=post.thread.title)
    fact = f"post:{post.pk}:accepted"
    _send(ACCEPTED, people, {by.pk}, lambda _user: Told(_user, one, fact, post.get_absolute_url()))


def thanks_tell(*, post: Post, by: User) -> None:
    """Tell whoever wrote a post that somebody thanks for it; several are one line."""
    people = _readers(post.thread, by).filter(pk=post.author_id)
    title = post.thread.title

    def told(user: Any) -> Told:
        one = (
            Text(
                gettext_noop("%(person)s te agradece lo que escribiste en «%(title)s»."),
                person=by.name,
                title=title,
            )
            if user.is_member
            else Text(gettext_noop("Te agradecen lo que escribiste en «%(title)s»."), title=title)
        )
        several = Text.plural(
            "%(number)s persona te agradece lo que escribiste en «%(title)s».",
            "%(number)s personas te agradecen lo que escribiste en «%(title)s».",
            title=title,
        )
        return Told(
            user,
            one,
            thanks_fact(post.pk, by.pk),
            post.get_absolute_url(),
            f"post:{post.pk}:thanks",
            several,
            naming=(by,) if user.is_member else (),
        )

    _send(THANKED, people, {by.pk}, told)


def outcome_tell_readers(*, thread_id: int, by_id: int | None) -> None:
    """Tell whoever follows a conversation that somebody told what came of it."""
    thread = Thread.objects.shown().filter(pk=thread_id).exclude(outcome="").first()
    if thread is None:
        return
    by = User.objects.filter(pk=by_id).first()
    following = ThreadReader.objects.filter(thread=thread, is_following=True)
    people = _readers(thread, by).filter(pk__in=following.values("user_id"))
    one = Text(gettext_noop("Ya se sabe en qué quedó «%(title)s»."), title=thread.title)
    url = thread.get_absolute_url()
    fact = f"thread:{thread.pk}:outcome"
    _send(OUTCOME, people, {by_id}, lambda user: Told(user, one, fact, url))


def questions_tell() -> int:
    """Tell of the newest questions whoever works in their areas; returns how many questions there were.

    Told again they are told to nobody twice, so that this is called every hour and loses nothing.
    """
    since = timezone.now() - NEWS
    asked = Thread.objects.shown().filter(kind=Thread.Kind.QUESTION, created_at__gte=since).exclude(areas=[])
    number = 0
    for thread in asked.select_related("author").order_by("pk").iterator(chunk_size=100):
        _question_tell(thread)
        number += 1
    return number


def notices_of_thread_read(*, user: User, thread: Thread) -> None:
    """Mark as read what told a person of posts that she has before her now."""
    kinds = [ANSWERED, COMMENTED, MENTIONED]
    notices = Notification.objects.filter(
        user=user, kind__in=kinds, group=group_of(thread.pk), read_at__isnull=True
    )
    notices.update(read_at=timezone.now())


def group_of(thread_id: int) -> str:
    """Name what the notices of one conversation have in common."""
    return f"thread:{thread_id}"


def post_fact(post_id: int) -> str:
    """Name the fact that a post was written."""
    return f"post:{post_id}"


def thanks_fact(post_id: int, user_id: int) -> str:
    """Name the fact that somebody thanked for a post."""
    return f"post:{post_id}:thanks:{user_id}"


def _question_tell(thread: Thread) -> None:
    """Tell one question to whoever works in its areas, but for those to whom it was put by name."""
    working = Membership.objects.active().filter(areas__slug__in=thread.areas)
    put = RoutedQuestion.objects.filter(thread=thread).values("user_id")
    known = ThreadReader.objects.filter(thread=thread).values("user_id")
    people = (
        _readers(thread, thread.author)
        .filter(pk__in=working.values("user_id"), is_sample=thread.is_sample)
        .exclude(pk__in=put)
        .exclude(pk__in=known)
    )
    one = Text(gettext_noop("Preguntan en tu área: «%(title)s»."), title=thread.title)
    several = Text.plural(
        "Hay %(number)s pregunta nueva en tus áreas.", "Hay %(number)s preguntas nuevas en tus áreas."
    )
    fact = f"thread:{thread.pk}:new"
    _send(
        ASKED,
        people,
        {thread.author_id},
        lambda user: Told(user, one, fact, thread.get_absolute_url(), ASKED, several),
    )


def _readers(thread: Thread, by: User | None) -> QuerySet:
    """Return who may read a conversation now, without those who are kept apart from whoever did something in it."""
    works = Exists(Membership.objects.active().filter(user_id=OuterRef("pk")))
    people = User.objects.filter(is_active=True, erased_at__isnull=True).annotate(works=works)
    people = people.exclude(pk__in=kept_apart_from(by)) if by is not None else people
    if thread.hidden_at is not None:
        return people.none()
    if thread.visibility == Thread.Visibility.MEMBERS:
        return people.filter(Q(works=True) | Q(is_staff=True))
    return people


def _tell(kind: str, people: QuerySet, post: Post, told: set[int | None]) -> None:
    """Tell people of a post, but for those who were told already; those who are told now are among them then."""
    url, fact, group = post.get_absolute_url(), post_fact(post.pk), group_of(post.thread_id)
    _send(
        kind,
        people,
        told,
        lambda user: Told(
            user,
            _words(kind, post, user.is_member),
            fact,
            url,
            group,
            _several(kind, post),
            naming=(post.author,) if user.is_member and post.author else (),
        ),
    )


def _send(kind: str, people: QuerySet, besides: set[int | None], told: Any) -> None:
    found = [user for user in people if user.pk not in besides]
    for user in found:
        # Others read a name only where its owner lets everybody find her.
        user.is_member = user.works or user.is_staff
    notify_each(kind=kind, notices=[told(user) for user in found])
    besides |= {user.pk for user in found}


def _words(kind: str, post: Post, is_named: bool) -> Text:
    title, person = post.thread.title, post.author.name if post.author else ""
    if not is_named:
        nameless = {
            MENTIONED: gettext_noop("Te mencionaron en «%(title)s»."),
            COMMENTED: gettext_noop("Comentaron tu respuesta en «%(title)s»."),
            ANSWERED: gettext_noop("Hay un mensaje nuevo en «%(title)s»."),
        }
        return Text(nameless[kind], title=title)
    named = {
        MENTIONED: gettext_noop("%(person)s te mencionó en «%(title)s»."),
        COMMENTED: gettext_noop("%(person)s comentó tu respuesta en «%(title)s»."),
        ANSWERED: gettext_noop("%(person)s respondió en «%(title)s».")
        if post.is_answer
        else gettext_noop("%(person)s comentó una respuesta en «%(title)s»."),
    }
    return Text(named[kind], person=person, title=title)


def _several(kind: str, post: Post) -> Text:
    title = post.thread.title
    if kind == MENTIONED:
        return Text.plural(
            "Te mencionaron %(number)s vez en «%(title)s».",
            "Te mencionaron %(number)s veces en «%(title)s».",
            title=title,
        )
    if kind == COMMENTED:
        return Text.plural(
            "Hay %(number)s comentario a tu respuesta en «%(title)s».",
            "Hay %(number)s comentarios a tu respuesta en «%(title)s».",
            title=title,
        )
    return Text.plural(
        "Hay %(number)s mensaje nuevo en «%(title)s».",
        "Hay %(number)s mensajes nuevos en «%(title)s».",
        title=title,
    )


def posts_in(facts: Iterable[str]) -> list[int]:
    """Return the keys of the posts that facts name."""
    parts = (fact.split(":") for fact in facts)
    return [int(part[1]) for part in parts if part[0] == "post" and len(part) > 1 and part[1].isdecimal()]
