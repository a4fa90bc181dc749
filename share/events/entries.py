"""Encounters as the catalogue sees them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from portal.catalog.kinds import EntryDraft, EntryKind
from portal.catalog.services import entry_publish, entry_withdraw
from portal.core.markdown import markdown_plain
from portal.core.visitor_cache import forget_visitor_pages
from share.events.said import minutes_plain, with_minutes
from share.models import Event, EventOrganiser, Session, Speaker
from share.querysets.events import KIND

_CHUNK = 1000


def event_entry_refresh(*, event_id: int) -> None:
    """Let the catalogue know an event as it is now, in the transaction that wrote it, and forget kept pages.

    What is a draft again, or taken away, is withdrawn.
    """
    draft = next(drafts_of([event_id]), None)
    if draft is not None:
        entry_publish(draft=draft)
        return
    entry_withdraw(kind=KIND, object_ids=[event_id])
    # The page may have been kept without an entry of its own.
    forget_visitor_pages()


def event_draft(event: Any) -> EntryDraft:
    """Return what search and related things are told of an announced event.

    Args:
        event: loaded with `_told`.
    """
    town = event.municipality
    return EntryDraft(
        kind=KIND,
        object_id=event.pk,
        url=event.get_absolute_url(),
        title=_title(event),
        summary=event.summary,
        body=_body(event),
        language=event.language[:2],
        published_at=cast(datetime, event.published_at),
        country_id=town.country_id if town else None,
        municipality_id=event.municipality_id,
        place_name=town.name if town else "",
        areas=event.areas,
        topics=event.topics,
        people=event.people_ids,
        visibility=event.visibility,
        latitude=event.latitude,
        longitude=event.longitude,
        is_sample=event.is_sample,
    )


def drafts_of(event_ids: Iterable[int]) -> Iterator[EntryDraft]:
    """Yield the drafts of those of these events that are announced."""
    yield from map(event_draft, _told(Event.objects.filter(pk__in=list(event_ids))))


def all_drafts() -> Iterator[EntryDraft]:
    """Yield the drafts of every announced event, for a rebuild of the catalogue."""
    yield from map(event_draft, _told(Event.objects.all()).iterator(chunk_size=_CHUNK))


def last_changes(event_ids: Collection[int]) -> dict[int, datetime]:
    """Return when each of these events was last changed."""
    return dict(Event.objects.filter(pk__in=event_ids).values_list("pk", "updated_at"))


def _told(events: QuerySet) -> QuerySet:
    """Load announced events with what the catalogue keeps of them."""

    def gathered(rows: QuerySet, field: str) -> ArraySubquery:
        return ArraySubquery(rows.filter(event=OuterRef("pk")).order_by("pk").values(field))

    announced = events.announced()  # type: ignore[attr-defined]
    return with_minutes(
        announced.select_related("municipality").annotate(
            people_ids=gathered(EventOrganiser.objects.all(), "user_id"),
            session_titles=gathered(Session.objects.all(), "title"),
            # Who has an account says herself who may find her.
            speaker_names=gathered(Speaker.objects.filter(user__isnull=True), "name"),
        )
    )


def cancelled_title(title: str) -> str:
    """Return what an event is called that does not take place, in the language that is active."""
    return _("Cancelado: %(title)s") % {"title": title}


def _title(event: Event) -> str:
    if not event.is_cancelled:
        return event.title
    with override(event.language):
        return cancelled_title(event.title)


def _body(event: Any) -> str:
    """Return what is said of it beyond the summary: what it is about, its agenda, and what was decided."""
    described = markdown_plain(event.description) if event.description else ""
    parts = [described, *event.session_titles, *event.speaker_names, event.venue, minutes_plain(event)]
    return "\n\n".join(filter(None, parts))


event_kind = EntryKind(
    id=KIND,
    label=gettext_lazy("Encuentro"),
    label_plural=gettext_lazy("Encuentros"),
    function="share",
    drafts=all_drafts,
    order=3,
    changes=last_changes,
)
