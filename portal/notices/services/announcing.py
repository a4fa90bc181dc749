"""Telling everybody something: in batches in the database, each person once, whatever happens to the worker."""

import json
from datetime import datetime, time
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.services import audit_record
from portal.core.jobs import queue_on_commit
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import Announcement, Notification
from portal.notices.timing import Hours
from portal.notices.urls_of_ours import require_own_path

ANNOUNCED = "announcement"
BATCH_SIZE = 5_000
# The next sweep comes every minute and continues.
TELLING_SECONDS = 50
STATUS = Announcement.Status

# Everybody who works somewhere now, in one role or one country where the announcement says so.
_WORKING = """
EXISTS (
    SELECT FROM accounts_membership AS membership
    JOIN places_municipality AS town ON town.id = membership.municipality_id
    WHERE membership.user_id = account.id AND membership.status = 'active' {role} {place}
)
"""
_AUDIENCE = "SELECT count(*) FROM accounts_user AS account WHERE account.is_active AND {who}"
_LAST = """
SELECT max(id) FROM (
    SELECT account.id FROM accounts_user AS account
    WHERE account.id > %(after)s AND account.is_active AND {who} ORDER BY account.id LIMIT %(size)s
) AS batch
"""
# Who is in the batch, and how each of them wants it: what holds where nothing was chosen stands in the parameters.
_BATCH = """
SELECT account.id, account.language, account.time_zone, settings.quiet_from, settings.quiet_until,
    coalesce(settings.digest_weekday, 0) AS weekday,
    coalesce(wish.in_portal, %(in_portal)s) AS in_portal,
    CASE WHEN account.is_sample THEN 'never' ELSE coalesce(wish.email, %(email)s) END AS mode
FROM accounts_user AS account
LEFT JOIN notices_noticepreference AS wish
    ON wish.user_id = account.id AND wish.kind = %(kind)s AND %(is_optional)s
LEFT JOIN notices_noticesettings AS settings ON settings.user_id = account.id
WHERE account.id > %(after)s AND account.id <= %(last)s AND account.is_active AND {who}
"""
_HOURS = """
SELECT DISTINCT time_zone, quiet_from, quiet_until, weekday, mode FROM ({batch}) AS batch WHERE mode <> 'never'
"""
_TELL = """
INSERT INTO notices_notification (
    public_id, user_id, kind, text, url, fact, "group", number, is_folded, reason, created_at, is_in_portal,
    email_status, email_mode, email_problem, email_attempts, email_due_at
)
SELECT gen_random_uuid(), batch.id, %(kind)s, coalesce(words.text, %(text)s), %(url)s, %(fact)s, '', 1, false, '',
    %(now)s, batch.in_portal, CASE batch.mode WHEN 'never' THEN 'not_wanted' ELSE 'pending' END, batch.mode, '', 0,
    coalesce(hours.due_at, %(now)s)
FROM ({batch}) AS batch
LEFT JOIN json_to_recordset(%(hours)s) AS hours (
    time_zone text, quiet_from time, quiet_until time, weekday integer, mode text, due_at timestamptz
) ON (hours.time_zone, hours.weekday, hours.mode) = (batch.time_zone, batch.weekday, batch.mode)
    AND hours.quiet_from IS NOT DISTINCT FROM batch.quiet_from
    AND hours.quiet_until IS NOT DISTINCT FROM batch.quiet_until
LEFT JOIN json_to_recordset(%(words)s) AS words (language text, text text) ON words.language = batch.language
WHERE batch.in_portal OR batch.mode <> 'never'
ORDER BY batch.id
ON CONFLICT DO NOTHING
"""


class AlreadyStarted(Exception):
    """An announcement is being told already, or was, or was cancelled."""


@transaction.atomic
def announcement_start(*, announcement: Announcement, actor: User) -> Announcement:
    """Begin to tell people an announcement; it goes on in the background until everybody has been told.

    Raises:
        AlreadyStarted: it is no draft any more.
        ValueError: its url is not a path of the portal.
    """
    held = _held(announcement, STATUS.DRAFT)
    require_own_path(held.url)
    held.status, held.started_at = STATUS.SENDING, timezone.now()
    held.save(update_fields=["status", "started_at"])
    audit_record(
        action="announcement.started",
        target=held,
        before={"status": STATUS.DRAFT},
        after={"status": held.status, "audience": held.audience, "country": held.country_id},
        actor_id=actor.pk,
    )
    queue_on_commit("portal.notices.tasks.tell_announcement", held.pk)
    return held


@transaction.atomic
def announcement_cancel(*, announcement: Announcement, actor: User) -> Announcement:
    """Stop telling an announcement: nobody else hears of it, and e-mails that still wait are not sent.

    Raises:
        AlreadyStarted: everybody has been told, or it was cancelled before.
    """
    held = _held(announcement, STATUS.DRAFT, STATUS.SENDING)
    was, held.status, held.finished_at = held.status, STATUS.CANCELLED, timezone.now()
    held.save(update_fields=["status", "finished_at"])
    waiting = Notification.objects.to_send().filter(kind=ANNOUNCED, fact=_fact(held))
    waiting.update(email_status=Notification.EmailStatus.NOT_WANTED)
    audit_record(
        action="announcement.cancelled",
        target=held,
        before={"status": was},
        after={"status": held.status, "told": held.told},
        actor_id=actor.pk,
    )
    return held


def announcement_audience(*, announcement: Announcement) -> int:
    """Return how many people an announcement is for, as things stand now, whether they were told already or not."""
    who, params = _who(announcement, notice_kinds.get(ANNOUNCED))
    with connection.cursor() as cursor:
        cursor.execute(_AUDIENCE.format(who=who), params)
        (number,) = cursor.fetchone()
    return int(number)


def announcement_tell(*, announcement_id: int) -> int:
    """Tell an announcement to those who have not been told, a batch at a time; returns how many were told now.

    Each batch and the mark of how far the telling got are one transaction: a worker that dies leaves no half of one,
    and whoever comes after it continues behind the mark.
    """
    started, told = monotonic(), 0
    while monotonic() - started < TELLING_SECONDS:
        number = _tell_batch(announcement_id)
        if number is None:
            break
        told += number
    return told


def announcements_sweep() -> int:
    """Continue with the announcements that were left, because a message or a worker was lost."""
    left = Announcement.objects.filter(status=STATUS.SENDING).order_by("id").values_list("pk", flat=True)
    return sum(announcement_tell(announcement_id=key) for key in left)


@transaction.atomic
def _tell_batch(announcement_id: int) -> int | None:
    """Tell the next batch; None where there is nothing to do or another worker has the announcement in hand."""
    held = (
        Announcement.objects.select_for_update(skip_locked=True)
        .filter(pk=announcement_id, status=STATUS.SENDING)
        .first()
    )
    if held is None:
        return None
    kind = notice_kinds.get(ANNOUNCED)
    who, params = _who(held, kind)
    with connection.cursor() as cursor:
        cursor.execute(_LAST.format(who=who), {**params, "size": BATCH_SIZE})
        (last,) = cursor.fetchone()
        if last is None:
            _finish(held)
            return None
        params["last"] = last
        batch = _BATCH.format(who=who)
        now = timezone.now()
        cursor.execute(_HOURS.format(batch=batch), params)
        hours = json.dumps([_hours(row, now) for row in cursor.fetchall()])
        words = json.dumps(_words(held))
        told_params: dict[str, Any] = {"text": held.text, "url": held.url, "fact": _fact(held), "now": now}
        cursor.execute(_TELL.format(batch=batch), {**params, **told_params, "hours": hours, "words": words})
        told = cursor.rowcount
    Announcement.objects.filter(pk=held.pk).update(last_user_id=last, told=F("told") + told)
    return told


def _who(announcement: Announcement, kind: NoticeKind) -> tuple[str, dict[str, Any]]:
    """Return the condition on accounts that makes the audience, and the parameters that every statement needs."""
    is_for_coordinators = announcement.audience == Announcement.Audience.COORDINATORS
    params = {
        "after": announcement.last_user_id,
        "country": announcement.country_id,
        "kind": kind.id,
        "is_optional": kind.is_optional,
        "in_portal": kind.in_portal,
        "email": kind.email,
    }
    if announcement.audience == Announcement.Audience.EVERYBODY and not announcement.country_id:
        return "true", params
    return _WORKING.format(
        role="AND membership.role = 'coordinator'" if is_for_coordinators else "",
        place="AND town.country_id = %(country)s" if announcement.country_id else "",
    ), params


def _hours(row: tuple[str, time | None, time | None, int, str], now: datetime) -> dict[str, Any]:
    """Return when the e-mails of those who have the same hours may go."""
    zone, quiet_from, quiet_until, weekday, mode = row
    return {
        "time_zone": zone,
        "quiet_from": quiet_from and quiet_from.isoformat(),
        "quiet_until": quiet_until and quiet_until.isoformat(),
        "weekday": weekday,
        "mode": mode,
        "due_at": Hours(zone, quiet_from, quiet_until, weekday).due(mode, now).isoformat(),
    }


def _words(announcement: Announcement) -> list[dict[str, str]]:
    """Return the announcement's text by language, where it was translated."""
    texts = {"en": announcement.text_en, "pt-br": announcement.text_pt}
    return [
        {"language": code, "text": text} for code, _name in settings.LANGUAGES if (text := texts.get(code))
    ]


def _finish(announcement: Announcement) -> None:
    announcement.status, announcement.finished_at = STATUS.SENT, timezone.now()
    announcement.save(update_fields=["status", "finished_at"])


def _held(announcement: Announcement, *allowed: str) -> Announcement:
    held = Announcement.objects.select_for_update().get(pk=announcement.pk)
    if held.status not in allowed:
        raise AlreadyStarted
    return held


def _fact(announcement: Announcement) -> str:
    return f"announcement:{announcement.pk}"
