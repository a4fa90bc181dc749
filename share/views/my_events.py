"""The events of a person: to come, waited for, and past with what they left."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.views.generic import TemplateView

from portal.accounts.models import User
from portal.core.paging import Keyset
from share.events.clock import Clock, clock_of, reader_clock
from share.models import Event, Material, Minutes, Registration
from share.registrations.moments import moment_said

Status = Registration.Status
PAST = Keyset(("-event__starts_at", "-id"), size=20)
# Nobody has more before her; what is beyond is reached through the list of events.
MOST_TO_COME = 100
_CONCERNED = (Status.GOING, Status.OFFERED, Status.WAITING, Status.INTERESTED)


@dataclass(frozen=True)
class MyEvent:
    """An event that the reader said something about.

    Args:
        here: when it is by her clock; None where that shows what the event's own does.
        time_zone: of her clock.
    """

    registration: Registration
    clock: Clock
    here: Clock | None
    time_zone: str

    @property
    def event(self) -> Event:
        """The event itself."""
        return self.registration.event

    @property
    def until(self) -> str:
        """Until when a place is kept for her, on her own clock; empty without an offer."""
        ends = self.registration.offer_expires_at
        return moment_said(ends, self.time_zone) if ends else ""

    @property
    def has_minutes(self) -> bool:
        """Whether there are minutes to read."""
        return bool(getattr(self.registration, "minutes_published", False))

    @property
    def has_materials(self) -> bool:
        """Whether something was left to read or watch."""
        return bool(getattr(self.registration, "materials_left", False))


class MyEventsView(LoginRequiredMixin, TemplateView):
    """What the reader goes to, waits for, minds, and where she was."""

    template_name = "share/my_events.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Load what is to come, and one page of the past."""
        reader, now = cast(User, self.request.user), timezone.now()
        to_come = _mine(reader).filter(event__ends_at__gt=now).order_by("event__starts_at", "id")
        rows = [_shown(row, reader) for row in to_come[:MOST_TO_COME]]
        past = _with_what_was_left(_mine(reader).filter(event__ends_at__lte=now, status=Status.GOING))
        page = PAST.page(past, self.request.GET.get("cursor", ""))
        return super().get_context_data(
            upcoming=[row for row in rows if row.registration.status in (Status.GOING, Status.OFFERED)],
            waiting=[row for row in rows if row.registration.status == Status.WAITING],
            interested=[row for row in rows if row.registration.status == Status.INTERESTED],
            page=page,
            past=[_shown(row, reader) for row in page.rows],
            **kwargs,
        )


def _mine(reader: User) -> QuerySet[Registration]:
    """Return what the reader said of events that can still be read; one that was cancelled stays to be seen."""
    return (
        Registration.objects.of(reader)
        .of_readable(reader)
        .filter(status__in=_CONCERNED)
        .select_related("event")
        .defer("event__description", "event__description_html", "event__calendar_text")
    )


def _with_what_was_left(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    minutes = Minutes.objects.filter(event=OuterRef("event"), published_at__isnull=False)
    materials = Material.objects.filter(event=OuterRef("event"))
    return rows.annotate(minutes_published=Exists(minutes), materials_left=Exists(materials))


def _shown(row: Registration, reader: User) -> MyEvent:
    return MyEvent(row, clock_of(row.event), reader_clock(row.event, reader.time_zone), reader.time_zone)
