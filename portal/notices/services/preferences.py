"""How and when people want to get their notices."""

from collections.abc import Mapping
from datetime import time

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.notices.emails import DIGESTS
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import NoticePreference, NoticeSettings, Notification
from portal.notices.timing import Hours

# Whether it is shown in the portal, and when it goes by e-mail.
Ways = tuple[bool, str]
STATUS, MODE = Notification.EmailStatus, Notification.EmailMode


def preferences_of(*, user: User) -> list[tuple[NoticeKind, Ways]]:
    """Return each kind with whether this person gets it in the portal and when by e-mail."""
    chosen = {wish.kind: (wish.in_portal, wish.email) for wish in NoticePreference.objects.filter(user=user)}
    return [
        (kind, chosen.get(kind.id, defaults) if kind.is_optional else defaults)
        for kind in notice_kinds
        for defaults in [(kind.in_portal, kind.email)]
    ]


@transaction.atomic
def preferences_save(*, user: User, wishes: Mapping[str, Ways]) -> None:
    """Keep what a person chose, by kind; kinds that are not optional stay as they are.

    What waits to be sent follows: it is dropped, or goes at the time that holds now.
    """
    was = {kind.id: ways for kind, ways in preferences_of(user=user)}
    rows = [
        NoticePreference(user=user, kind=kind.id, in_portal=ways[0], email=ways[1])
        for kind in notice_kinds
        if kind.is_optional and (ways := wishes.get(kind.id)) is not None
    ]
    NoticePreference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "kind"], update_fields=["in_portal", "email"]
    )
    changed: dict[str, list[str]] = {}
    for row in rows:
        if row.email != was[row.kind][1]:
            changed.setdefault(row.email, []).append(row.kind)
    waiting = Notification.objects.to_send().filter(user=user)
    for mode, kinds in changed.items():
        if mode == MODE.NEVER:
            waiting.filter(kind__in=kinds).update(email_status=STATUS.NOT_WANTED)
        else:
            waiting.filter(kind__in=kinds).update(email_mode=mode)
    if changed:
        waiting_reschedule(user=user)


@transaction.atomic
def settings_save(
    *, user: User, quiet_from: time | None, quiet_until: time | None, digest_weekday: int
) -> NoticeSettings:
    """Keep when a person wants quiet and on which day her weekly digest comes; what waits to be sent follows."""
    chosen, _created = NoticeSettings.objects.update_or_create(
        user=user,
        defaults={"quiet_from": quiet_from, "quiet_until": quiet_until, "digest_weekday": digest_weekday},
    )
    waiting_reschedule(user=user)
    return chosen


@transaction.atomic
def waiting_reschedule(*, user: User) -> None:
    """Put the e-mails that wait for a person to the hours that hold for her now; to be called when those change.

    What was tried already keeps its next attempt.
    """
    hours = Hours.of(user, NoticeSettings.objects.filter(user=user).first())
    now = timezone.now()
    waiting = Notification.objects.to_send().filter(user=user, email_attempts=0)
    for mode in (MODE.NOW, MODE.DAILY, MODE.WEEKLY):
        waiting.filter(email_mode=mode).update(email_due_at=hours.due(mode, now))


@transaction.atomic
def email_turn_off(*, user: User, kind: NoticeKind) -> NoticePreference:
    """Stop the e-mails of one kind for a person, leaving the notices in the portal as she has them."""
    wish, _created = NoticePreference.objects.update_or_create(
        user=user,
        kind=kind.id,
        defaults={"email": MODE.NEVER},
        create_defaults={"email": MODE.NEVER, "in_portal": kind.in_portal},
    )
    Notification.objects.to_send().filter(user=user, kind=kind.id).update(email_status=STATUS.NOT_WANTED)
    return wish


def digests_turn_off(*, user: User) -> None:
    """Stop a person's digests: every kind that she may turn off and gets in one comes by e-mail no more."""
    wishes = {
        kind.id: (in_portal, str(MODE.NEVER))
        for kind, (in_portal, mode) in preferences_of(user=user)
        if mode in (MODE.DAILY, MODE.WEEKLY)
    }
    preferences_save(user=user, wishes=wishes)


def can_be_stopped(stops: str) -> bool:
    """Say whether one click may stop this: a kind that is sent and optional, or `DIGESTS`."""
    return stops == DIGESTS or (stops in notice_kinds and notice_kinds.get(stops).is_optional)


def email_stop(*, user: User, stops: str) -> None:
    """Do what one click in an e-mail asks for: stop one kind, or all digests where it says `DIGESTS`.

    Raises:
        UnknownId: nobody registered the kind.
    """
    if stops == DIGESTS:
        digests_turn_off(user=user)
    else:
        email_turn_off(user=user, kind=notice_kinds.get(stops))
