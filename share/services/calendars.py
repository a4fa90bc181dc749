"""What calendars read: the stored text of each encounter, and people's own addresses."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.core.visitor_cache import forget_visitor_pages
from portal.topics.models import PolicyArea
from share.calendars.texts import calendar_text
from share.models import CalendarFeed, Event

BATCH_SIZE = 500
# Another one when encounters are written otherwise: the next start writes all of them anew.
FORM = "1"
_WRITE = """
UPDATE share_event SET calendar_text = new.text, calendar_changed_at = %s
FROM unnest(%s::bigint[], %s::text[]) AS new(id, text) WHERE share_event.id = new.id
"""


@transaction.atomic
def calendar_text_refresh(*, event_ids: Collection[int]) -> int:
    """Write anew what calendars read of these encounters, where it is another; returns how many were.

    An encounter that nobody announced has none. When two do so at once, the later one writes what holds then.
    """
    areas = {area.slug: area for area in PolicyArea.objects.all()}
    changed = 0
    ordered = sorted(event_ids)
    for start in range(0, len(ordered), BATCH_SIZE):
        changed += _refresh_batch(ordered[start : start + BATCH_SIZE], areas)
    if changed:
        forget_visitor_pages()
    return changed


def calendar_texts_rebuild(*, only_upcoming: bool = False) -> int:
    """Write anew what calendars read of every encounter, some hundreds in a transaction; returns how many changed.

    Args:
        only_upcoming: leave alone what is over, as every night does.
    """
    changed, last = 0, 0
    events = Event.objects.upcoming() if only_upcoming else Event.objects.all()
    while keys := list(events.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH_SIZE]):
        changed += calendar_text_refresh(event_ids=keys)
        last = keys[-1]
    return changed


def calendar_texts_version() -> str:
    """Return what differs whenever all texts have to be written anew: their form, or what stands in each of them."""
    told = (FORM, settings.SITE_URL, settings.DEFAULT_FROM_EMAIL, settings.ORGANISATION_NAME)
    return sha256("\n".join(map(str, told)).encode()).hexdigest()[:16]


@transaction.atomic
def calendar_feed_make(*, user: User) -> str:
    """Give a person an address for her own calendar; the one that she had, if any, opens nothing any more.

    Returns:
        the secret of the address, which is kept nowhere: it can be shown now and never again.
    """
    token = secrets.token_urlsafe(32)
    fields = {"token_hash": token_hash(token), "made_at": timezone.now(), "read_on": None}
    CalendarFeed.objects.update_or_create(user=user, defaults=fields)
    return token


def calendar_feed_drop(*, user: User) -> None:
    """Let a person's own address open nothing any more."""
    CalendarFeed.objects.filter(user=user).delete()


def calendar_feed_note_reading(*, feed: CalendarFeed) -> None:
    """Note the last day on which a program read a person's calendar; a write a day at most."""
    today = timezone.now().date()
    if feed.read_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_on=today)


def token_hash(token: str) -> str:
    """Return what is kept of an address's secret."""
    return sha256(token.encode()).hexdigest()


def _refresh_batch(keys: Sequence[int], areas: dict[str, PolicyArea]) -> int:
    now = timezone.now()
    # Locked, so that of two who write the later one has read the later state.
    events = Event.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    texts: dict[int, str] = {}
    siblings = _siblings(keys)
    for event in events.select_related("municipality").order_by("pk"):
        text = partial(calendar_text, event, areas=areas, sibling_uid=siblings.get(event.pk, ""))
        if event.status == Event.Status.DRAFT:
            written = ""
        else:
            # As of then: whatever is the same now needs no writing.
            written = text(stamp=event.calendar_changed_at or now)
        if written == event.calendar_text:
            continue
        is_anew = written and event.calendar_changed_at
        texts[event.pk] = text(stamp=now) if is_anew else written
    _write(texts, now)
    return len(texts)


def _siblings(keys: Collection[int]) -> dict[int, str]:
    """Return, of each encounter of a series, the UID of the series' first, by which calendars relate them."""
    own = dict(Event.objects.filter(pk__in=keys, series__isnull=False).values_list("pk", "series_id"))
    if not own:
        return {}
    announced = Event.objects.filter(series__in=set(own.values())).exclude(status=Event.Status.DRAFT)
    firsts = announced.order_by("series_id", "occurrence_on", "pk").distinct("series_id")
    first_of = {one.series_id: one for one in firsts.only("pk", "series_id", "public_id")}
    return {
        key: str(first_of[series].public_id)
        for key, series in own.items()
        if series in first_of and first_of[series].pk != key
    }


def _write(texts: dict[int, str], now: datetime) -> None:
    if texts:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [now, list(texts), list(texts.values())])
