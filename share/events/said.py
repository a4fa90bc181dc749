"""What published minutes and decisions say, as the search knows it: without names of those who do what."""

from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from portal.core.markdown import markdown_plain
from share.models import Agreement, Event, Minutes

Events = TypeVar("Events", bound=QuerySet[Event])


def with_minutes(events: Events) -> Events:
    """Load with events what `minutes_plain` tells of them, for many in one query."""
    published = Minutes.objects.filter(event=OuterRef("pk"), published_at__isnull=False)
    agreed = Agreement.objects.announced().filter(minutes__event=OuterRef("pk")).exclude(status="dropped")
    return events.annotate(
        minutes_text=Coalesce(Subquery(published.values("text")[:1]), Value(""), output_field=TextField()),
        agreement_texts=ArraySubquery(agreed.order_by("order", "id").values("text")),
    )


def minutes_plain(event: Any) -> str:
    """Return the published minutes of an event and its decisions as plain text; nothing where there are none.

    Args:
        event: loaded with `with_minutes`, or alone.
    """
    if not hasattr(event, "minutes_text"):
        found = with_minutes(Event.objects.filter(pk=event.pk)).first()
        if found is None:
            return ""
        event = found
    parts = [markdown_plain(event.minutes_text) if event.minutes_text else "", *event.agreement_texts]
    return "\n\n".join(filter(None, parts))
