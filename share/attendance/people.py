"""Those who are expected at an event, as whoever looks after it sees them: all of them, by name."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Func, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable

from portal.accounts.models import Membership
from portal.core.paging import Keyset
from share.models import Event, Registration

BY_NAME = Keyset(("plain_name", "id"), size=100)
MOST_WORDS = 6
Attendance = Registration.Attendance


@dataclass(frozen=True)
class Totals:
    """How many were there, were not, and of how many nothing was noted."""

    present: int
    absent: int
    unknown: int

    @property
    def expected(self) -> int:
        """How many have a place."""
        return self.present + self.absent + self.unknown


@dataclass(frozen=True)
class Attendee:
    """One of those who are expected.

    Args:
        towns: where she works now.
    """

    registration: Registration
    towns: Sequence[str] = field(default=())

    @property
    def name(self) -> str:
        """Her name, which whoever lets her in needs."""
        return str(self.registration.user.get_full_name())

    @property
    def town(self) -> str:
        """Where she works, in one line."""
        return ", ".join(self.towns)


def expected(event: Event, words: str = "") -> QuerySet[Registration]:
    """Return those who have a place for good, by name, each with all of these words in her name or in her town."""
    going = Registration.objects.filter(event=event).going().select_related("user")
    rows = going.annotate(plain_name=_plain("user__name")).order_by("plain_name", "id")
    for word in words.replace("\0", " ").split()[:MOST_WORDS]:
        wanted = _plain(Value(word))
        towns = Membership.objects.active().alias(plain=_plain("municipality__name"))
        works = towns.filter(plain__contains=wanted).values("user_id")
        rows = rows.filter(Q(plain_name__contains=wanted) | Q(user__in=works))
    return rows


def attendees(rows: Sequence[Registration]) -> list[Attendee]:
    """Return these people with their towns, in one query for all."""
    work = Membership.objects.active().filter(user__in=[row.user_id for row in rows])
    towns: dict[int, list[str]] = {}
    for user_id, name in work.order_by("municipality__name").values_list("user_id", "municipality__name"):
        towns.setdefault(user_id, []).append(name)
    return [Attendee(row, towns.get(row.user_id, ())) for row in rows]


def totals_of(event: Event) -> Totals:
    """Count who was there, in one query."""
    counted = Registration.objects.filter(event=event).going()
    return Totals(
        **counted.aggregate(
            present=Count("pk", filter=Q(attendance=Attendance.PRESENT)),
            absent=Count("pk", filter=Q(attendance=Attendance.ABSENT)),
            unknown=Count("pk", filter=Q(attendance=Attendance.UNKNOWN)),
        )
    )


def _plain(text: str | Combinable) -> Func:
    return Func(text, function="catalog_plain", output_field=TextField())
