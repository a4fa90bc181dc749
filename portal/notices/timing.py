"""When an e-mail may go: at once, at the person's local morning, and never in her quiet hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.conf import settings

MORNING = time(8)
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """One person's hours: her time zone, when she wants quiet, and the day of her weekly digest."""

    zone_name: str = ""
    quiet_from: time | None = None
    quiet_until: time | None = None
    weekday: int = 0

    @classmethod
    def of(cls, user: Any, wishes: Any = None) -> Self:
        """Return the hours of an account, with what she chose in her `NoticeSettings`, if anything."""
        if wishes is None:
            return cls(user.time_zone)
        return cls(user.time_zone, wishes.quiet_from, wishes.quiet_until, wishes.digest_weekday)

    @property
    def zone(self) -> tzinfo:
        """Her time zone; the portal's where hers has no known name."""
        return zone_named(self.zone_name)

    def due(self, mode: str, now: datetime) -> datetime:
        """Return when an e-mail that is written now may go ("now", "daily" or "weekly")."""
        if mode in ("daily", "weekly"):
            now = self._morning(now, None if mode == "daily" else self.weekday % 7)
        return self.out_of_quiet(now)

    def out_of_quiet(self, moment: datetime) -> datetime:
        """Return the moment itself, or the end of the quiet hours that it falls in."""
        if self.quiet_from is None or self.quiet_until is None or self.quiet_from == self.quiet_until:
            return moment
        local = moment.astimezone(self.zone)
        clock = local.time()
        if self.quiet_from < self.quiet_until:
            is_quiet = self.quiet_from <= clock < self.quiet_until
        else:
            is_quiet = clock >= self.quiet_from or clock < self.quiet_until
        if not is_quiet:
            return moment
        day = local.date() + ONE_DAY if clock >= self.quiet_until else local.date()
        return self._at(day, self.quiet_until)

    def _morning(self, now: datetime, weekday: int | None) -> datetime:
        """Return the next morning, or the next one of a weekday, after now."""
        day = now.astimezone(self.zone).date()
        while (weekday is not None and day.weekday() != weekday) or self._at(day, MORNING) <= now:
            day += ONE_DAY
        return self._at(day, MORNING)

    def _at(self, day: date, clock: time) -> datetime:
        """Return a local time as a moment; of two moments, where clocks change, the later one."""
        moments = (datetime.combine(day, clock.replace(fold=fold), tzinfo=self.zone) for fold in (0, 1))
        return max(moment.astimezone(UTC) for moment in moments)


@lru_cache(maxsize=1_000)
def zone_named(name: str) -> tzinfo:
    """Return a time zone by its IANA name; the portal's where nobody knows that name."""
    try:
        return ZoneInfo(name)
    # Names that are unknown, that are no names, and those of whole folders ("America").
    except (KeyError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)
