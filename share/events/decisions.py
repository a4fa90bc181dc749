"""Decisions as one reader may know them: what, who does it, until when, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from share.models import Agreement, Event
from share.signatures import Signature, signatures

MOST_BEFORE = 30
MOST_MINE = 20


@dataclass(frozen=True)
class Decided:
    """A decision beside whoever does it.

    Args:
        who: how she signs for this reader; None where it is nobody with an account.
    """

    agreement: Agreement
    who: Signature | None

    @property
    def responsible(self) -> str:
        """Who does it, in a few words; empty where nobody was named."""
        return self.who.name if self.who else self.agreement.responsible

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is still to be done."""
        due: date | None = self.agreement.due_on
        return self.agreement.is_open and due is not None and due < timezone.localdate()


def decided(reader: Any, agreements: Iterable[Agreement]) -> list[Decided]:
    """Return decisions with the names that this reader may read, in a number of queries that does not grow."""
    rows = list(agreements)
    named = {(row.responsible_user_id, None) for row in rows if row.responsible_user_id}
    signed = signatures(reader, named) if named else {}
    return [Decided(row, signed.get((row.responsible_user_id, None))) for row in rows]


def open_from_before(reader: Any, event: Event) -> list[Decided]:
    """Return what earlier events of the series left to be done, of those that this reader sees."""
    if event.series_id is None:
        return []
    before = Event.objects.visible_to(reader).filter(
        series_id=event.series_id, starts_at__lt=event.starts_at, has_minutes=True
    )
    rows = Agreement.objects.announced().pending().filter(minutes__event__in=before.values("pk"))
    found = rows.select_related("minutes__event").order_by("minutes__event__starts_at", "order", "id")
    return decided(reader, found[:MOST_BEFORE])


def my_agreements(user: Any) -> list[Decided]:
    """Return what a person took on and is still to be done, what is due first; one query."""
    rows = Agreement.objects.announced().pending().of(user).select_related("minutes__event")
    found = rows.order_by("due_on", "id")[:MOST_MINE]
    return [Decided(row, None) for row in found]
