"""Telling people things, each of them once and as she wants to be told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from portal.accounts.models import User
from portal.core.jobs import queue_now
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import NoticePreference, NoticeSettings, Notification
from portal.notices.services.writing import Line, Written, lines_write
from portal.notices.texts import Text
from portal.notices.timing import Hours
from portal.notices.urls_of_ours import require_own_path

# So many people are written to at a time.
BATCH_SIZE = 5_000
# Beyond this, one message asks the sweep to send them all.
QUEUED_ONE_BY_ONE = 10
MODE = Notification.EmailMode

Words = str | Promise | Text


@dataclass(frozen=True)
class Told:
    """What one person is told: one sentence, where it leads, and the fact by which it is told once.

    Args:
        group: facts of one group stand as one line while she has not read them.
        grouped_text: how the line reads when it stands for several; its number is filled in.
        reason: why it came to her, where the kind's own reason does not say enough.
        naming: the people whose names the sentence holds; it goes when one of them erases her account.
    """

    user: User
    text: Words
    fact: str
    url: str = ""
    group: str = ""
    grouped_text: Text | None = None
    reason: Words = ""
    naming: tuple[User, ...] = ()


def notify(
    *,
    users: User | Iterable[User],
    kind: str,
    text: Words,
    fact: str,
    url: str = "",
    group: str = "",
    grouped_text: Text | None = None,
    reason: Words = "",
    naming: Iterable[User] = (),
) -> list[int]:
    """Tell people something, as each of them wants to be told; telling the same fact again does nothing.

    The number of queries does not depend on how many people there are (up to five thousand, and by the five thousand
    beyond). Accounts that cannot sign in are left out; sample accounts get no e-mail. To tell everybody, see
    `announcement_start`.

    Args:
        users: one account or many.
        kind: id of a registered kind.
        text: one sentence for people; a `Text` is said in each one's language. What is longer than 300 characters is
            cut at a word.
        fact: what it is about, so that it is told once ("membership:12:active").
        url: path within the portal that the notice leads to, or nothing.
        group: facts of one group ("thread:7:answers") stand as one line while it is unread: the newest speaks.
        grouped_text: how that line reads when it stands for several ("%(number)s personas respondieron…").
        reason: why it came, in a sentence that begins with "Porque", where the kind's own does not say enough.
        naming: the people whose names the sentence holds; the notice goes when one of them erases her account.

    Returns:
        ids of the notices that were made now and wait to be sent by e-mail.

    Raises:
        UnknownId: nobody registered the kind.
        ValueError: the url is not a path of the portal.
    """
    people = [users] if isinstance(users, User) else users
    named = tuple(naming)
    return notify_each(
        kind=kind,
        notices=[Told(user, text, fact, url, group, grouped_text, reason, named) for user in people],
    )


@transaction.atomic
def notify_each(*, kind: str, notices: Iterable[Told]) -> list[int]:
    """Tell many people a thing each, in as many queries as telling one; otherwise as `notify`.

    Args:
        kind: id of a registered kind.
        notices: what each of them is told.

    Returns:
        ids of the notices that were made now and wait to be sent by e-mail.

    Raises:
        UnknownId: nobody registered the kind.
        ValueError: a url is not a path of the portal.
    """
    sort = notice_kinds.get(kind)
    told = {(each.user.pk, each.fact): each for each in notices if each.user.is_active}
    for url in {each.url for each in told.values()}:
        require_own_path(url)
    # In one order everywhere, so that two who tell the same people wait for each other and do not block each other.
    ordered = sorted(told.values(), key=lambda each: each.user.pk)
    written: list[Written] = []
    for start in range(0, len(ordered), BATCH_SIZE):
        written += lines_write(lines=_lines(sort, ordered[start : start + BATCH_SIZE]))
    waiting = [each for each in written if each.waits]
    if waiting:
        now = timezone.now()
        at_once = [each.id for each in waiting if each.mode == MODE.NOW and each.due_at <= now]
        transaction.on_commit(partial(_queue_deliveries, at_once))
    return [each.id for each in waiting]


def _lines(kind: NoticeKind, told: Sequence[Told]) -> list[Line]:
    """Return what is to be written: who wants this kind, by which ways, and when her e-mail may go."""
    people = {each.user.pk: each.user for each in told}
    preferences = NoticePreference.objects.filter(kind=kind.id, user__in=people)
    wishes = {wish.user_id: wish for wish in preferences}
    chosen = {wish.user_id: wish for wish in NoticeSettings.objects.filter(user__in=people)}
    hours = {key: Hours.of(user, chosen.get(key)) for key, user in people.items()}
    now = timezone.now()
    lines = []
    for each in told:
        in_portal, mode = _ways(kind, each.user, wishes.get(each.user.pk))
        if in_portal or mode != MODE.NEVER:
            lines.append(
                Line(
                    user_id=each.user.pk,
                    language=each.user.language,
                    kind=kind.id,
                    text=each.text,
                    grouped_text=each.grouped_text,
                    reason=each.reason,
                    url=each.url,
                    fact=each.fact,
                    group=each.group,
                    named=tuple(sorted({person.pk for person in each.naming})),
                    is_in_portal=in_portal,
                    mode=mode,
                    hours=hours[each.user.pk],
                    due_at=hours[each.user.pk].due(mode, now),
                )
            )
    return lines


def _ways(kind: NoticeKind, user: User, wish: NoticePreference | None) -> tuple[bool, str]:
    """Return whether this person gets this kind in the portal, and when by e-mail."""
    in_portal, mode = kind.in_portal, kind.email
    if wish and kind.is_optional:
        in_portal, mode = wish.in_portal, wish.email
    return in_portal, MODE.NEVER if user.is_sample else mode


def _queue_deliveries(waiting: Sequence[int]) -> None:
    """Ask the workers to send; with the queue away it stops at the first, and the periodic sweep sends them."""
    if len(waiting) > QUEUED_ONE_BY_ONE:
        queue_now("portal.notices.tasks.sweep_deliveries")
        return
    for notification_id in waiting:
        if not queue_now("portal.notices.tasks.deliver_notice", notification_id):
            return
