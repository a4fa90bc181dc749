"""The clock on the wall where an event happens, and the moments that follow from it.

What was promised is what that clock shows. A time that the clock jumps over does not exist and is refused; one that it
shows twice (when it is put back) means the first of the two.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from portal.accounts.time_zones import zone_label

EARLIEST_YEAR = 2000
YEARS_AHEAD = 10
LONGEST = timedelta(days=366)


class TimeRefused(ValueError):
    """A beginning or an end that cannot be: the message says why and what to do.

    Args:
        field: whose fault it is, as the event names it ("start_time", "end_date").
    """

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class NoSuchTime(TimeRefused):
    """The clock jumps over this time."""


@dataclass(frozen=True)
class Moments:
    """When an event begins and ends, in universal time.

    Args:
        twice: names of those of its times that the clock shows twice that day; the first is meant.
    """

    starts_at: datetime
    ends_at: datetime
    twice: tuple[str, ...] = ()


def moments(*, start_date: date, start_time: time, end_date: date, end_time: time, time_zone: str) -> Moments:
    """Return the moments of what a place's clock shows.

    Raises:
        NoSuchTime: the clock jumps over one of the two.
        TimeRefused: it ends before it starts, takes more than a year, or lies where no event is.
    """
    for name, day in (("start_date", start_date), ("end_date", end_date)):
        _require_near(name, day)
    starts_at = moment(start_date, start_time, time_zone, field="start_time")
    ends_at = moment(end_date, end_time, time_zone, field="end_time")
    if ends_at <= starts_at:
        is_day_wrong = end_date < start_date
        raise TimeRefused(
            "end_date" if is_day_wrong else "end_time",
            _("El encuentro tiene que terminar después de empezar. Revisá el día y la hora en que termina."),
        )
    if ends_at - starts_at > LONGEST:
        raise TimeRefused("end_date", _("Un encuentro dura a lo sumo un año. Revisá el día en que termina."))
    twice = tuple(
        name
        for name, day, clock in (("start_time", start_date, start_time), ("end_time", end_date, end_time))
        if shown_twice(day, clock, time_zone)
    )
    return Moments(starts_at, ends_at, twice)


def moment(day: date, clock: time, time_zone: str, *, field: str = "start_time") -> datetime:
    """Return when a place's clock shows this time of this day, the first time that it does.

    Raises:
        NoSuchTime: it never does.
    """
    local = _local(day, clock, time_zone)
    found = local.astimezone(UTC)
    shown = found.astimezone(local.tzinfo)
    if shown.replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchTime(
            field,
            _(
                "El %(day)s no hay %(time)s en %(place)s: ese día el reloj se adelanta. "
                "Elegí otra hora, por ejemplo %(other)s."
            )
            % {
                "day": date_format(day),
                "time": time_format(clock, "H:i"),
                "place": zone_city(time_zone),
                "other": time_format(shown.time(), "H:i"),
            },
        )
    return found


def nearest_moment(day: date, clock: time, time_zone: str) -> datetime:
    """Return the same for what was promised already: a time that the clock now jumps over is the one after it."""
    return _local(day, clock, time_zone).astimezone(UTC)


def clock_at(at: datetime, time_zone: str) -> datetime:
    """Return what a place's clock shows at a moment."""
    return at.astimezone(ZoneInfo(time_zone))


def shown_twice(day: date, clock: time, time_zone: str) -> bool:
    """Say whether a place's clock shows this time twice that day, because it is put back."""
    first = _local(day, clock, time_zone)
    offset, offset_after = first.utcoffset(), first.replace(fold=1).utcoffset()
    return offset is not None and offset_after is not None and offset > offset_after


def zone_city(time_zone: str) -> str:
    """Return the place whose clock it is, in the reader's language ("Buenos Aires")."""
    return zone_label(time_zone).rpartition(" (")[0]


# The same, said in the language of whoever will read it.
zone_city_later = lazy(zone_city, str)


def latest_year() -> int:
    """Return the last year in which an event may be."""
    return timezone.now().year + YEARS_AHEAD


def _local(day: date, clock: time, time_zone: str) -> datetime:
    return datetime.combine(day, clock.replace(second=0, microsecond=0, fold=0), ZoneInfo(time_zone))


def _require_near(name: str, day: date) -> None:
    if not EARLIEST_YEAR <= day.year <= latest_year():
        raise TimeRefused(
            name,
            _("Revisá el año: tiene que estar entre %(first)s y %(last)s.")
            % {"first": EARLIEST_YEAR, "last": latest_year()},
        )
