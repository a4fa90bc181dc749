"""Writing notices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils.functional import Promise

from portal.accounts.models import User
from portal.core.jobs import queue_now
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import MAX_TEXT, NoticePreference, Notification
from portal.notices.urls_of_ours import require_own_path

BATCH_SIZE = 1_000
# Beyond this, one message asks the sweep to send them all.
QUEUED_ONE_BY_ONE = 10


@dataclass(frozen=True)
class Told:
    """What one person is told: one sentence, where it leads, and the fact by which it is told once."""

    user: User
    text: str | Promise
    fact: str
    url: str = ""


def notify(
    *, users: User | Iterable[User], kind: str, text: str | Promise, url: str = "", fact: str
) -> list[int]:
    """Tell people something, as each of them wants to be told; telling the same fact again does nothing.

    The number of queries does not depend on how many people there are (up to a thousand, and by the thousand
    beyond). Accounts that cannot sign in are left out; sample accounts get no e-mail.

    Args:
        users: one account or many.
        kind: id of a registered kind.
        text: one sentence for people; what is longer than 300 characters is cut at a word.
        url: path within the portal that the notice leads to, or nothing.
        fact: what it is about, so that it is told once ("membership:12:active").

    Returns:
        ids of the notices that were made now and wait to be sent by e-mail.

    Raises:
        UnknownId: nobody registered the kind.
        ValueError: the url is not a path of the portal.
    """
    people = [users] if isinstance(users, User) else users
    return notify_each(kind=kind, notices=[Told(user=user, text=text, url=url, fact=fact) for user in people])


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
    people = {each.user.pk for each in told.values()}
    facts = {each.fact for each in told.values()}
    known = Notification.objects.filter(kind=kind, fact__in=facts, user__in=people)
    already = set(known.values_list("user_id", "fact"))
    wishes = {wish.user_id: wish for wish in NoticePreference.objects.filter(kind=kind, user__in=people)}
    rows = [
        Notification(
            user=each.user, kind=kind, text=_shortened(str(each.text)), url=each.url, fact=each.fact, **ways
        )
        for key, each in told.items()
        if key not in already and (ways := _ways(sort, each.user, wishes.get(each.user.pk)))
    ]
    Notification.objects.bulk_create(rows, batch_size=BATCH_SIZE, ignore_conflicts=True)
    return _sending(rows)


def _sending(rows: Sequence[Notification]) -> list[int]:
    """Have those of these notices sent that go by e-mail; returns their ids."""
    if not any(row.email_status == Notification.EmailStatus.PENDING for row in rows):
        return []
    public_ids = [row.public_id for row in rows]
    waiting = list(
        Notification.objects.to_send().filter(public_id__in=public_ids).values_list("pk", flat=True)
    )
    transaction.on_commit(partial(_queue_deliveries, waiting))
    return waiting


def _ways(kind: NoticeKind, user: User, wish: NoticePreference | None) -> dict[str, object]:
    """Return how this person gets this kind; nothing where she wants neither way."""
    in_portal, email = kind.in_portal, kind.email
    if wish and kind.is_optional:
        in_portal, email = wish.in_portal, wish.email
    if user.is_sample:
        email = Notification.EmailMode.NEVER
    by_email = email != Notification.EmailMode.NEVER
    if not in_portal and not by_email:
        return {}
    status = Notification.EmailStatus.PENDING if by_email else Notification.EmailStatus.NOT_WANTED
    return {"is_in_portal": in_portal, "email_status": status, "email_mode": email}


def _shortened(text: str) -> str:
    if len(text) <= MAX_TEXT:
        return text
    return text[: MAX_TEXT - 1].rsplit(" ", 1)[0] + "…"


def _queue_deliveries(waiting: Sequence[int]) -> None:
    """Ask the workers to send; with the queue away it stops at the first, and the periodic sweep sends them."""
    if len(waiting) > QUEUED_ONE_BY_ONE:
        queue_now("portal.notices.tasks.sweep_deliveries")
        return
    for notification_id in waiting:
        if not queue_now("portal.notices.tasks.deliver_notice", notification_id):
            return
