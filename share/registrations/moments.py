"""An event as one line names it: its title, and its moments on the clock and in the language of whoever reads."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.text import Truncator

from share.events.clock import day_said, zone_said
from share.models import Event
from share.times import clock_at

# A line of a notice holds 300 characters.
MOST_OF_TITLE = 110


@dataclass(frozen=True)
class OnHerClock:
    """A moment that waits to be said: "martes 3 de marzo de 2026, 15:00 (hora de Bogotá)".

    Args:
        time_zone: of whoever reads it.
    """

    at: datetime
    time_zone: str

    def __str__(self) -> str:
        return moment_said(self.at, self.time_zone)


def moment_said(at: datetime, time_zone: str) -> str:
    """Write a moment in the current language, on the clock of a place, and say whose clock it is."""
    local = clock_at(at, time_zone)
    return f"{day_said(local.date())}, {date_format(local, 'TIME_FORMAT')} ({zone_said(time_zone)})"


def title_shown(event: Event) -> str:
    """Return a title that leaves room for the rest of a sentence."""
    return Truncator(event.title).chars(MOST_OF_TITLE)
