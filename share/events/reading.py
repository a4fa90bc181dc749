"""Encounters as one reader finds them: which, how many, and what each further choice would leave."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level
from portal.core.visitor_cache import GENERATION_KEY
from portal.facets.counts import Counted, Tally, counted, tally_rows
from share.events.filters import EventFilter
from share.events.orders import Sorting, read_order
from share.events.periods import Period
from share.models import Event
from share.querysets.events import EventQuerySet

_KEPT_SECONDS = 60


class FoundEvents:
    """What a request asks for of what its reader may find: a set, its counts and its order.

    Args:
        request: of a page or of the API; its `user` is the reader.
        asked: the parameters.
    """

    def __init__(self, request: HttpRequest | Any, asked: Mapping[str, Any]) -> None:
        self.reader = request.user
        self.period = Period.read(asked)
        listed = self.period.of(Event.objects.listed_for(self.reader))
        self.filters = EventFilter(asked, queryset=listed, request=request)
        self.text: str = self.filters.asked.get("q", "")
        self.counts = self._counted()
        self.sorting: Sorting = read_order(
            str(asked.get("orden", "")),
            text=self.text,
            total=self.counts.total,
            period=self.period,
            is_filtered=self.filters.is_active or self.period.is_month or self.period.is_day,
        )

    @property
    def events(self) -> EventQuerySet:
        """The set itself."""
        found: EventQuerySet = self.filters.found
        return found

    def _counted(self) -> Counted:
        """Count what the filters leave; for all readers of an audience once in a while, unless it is about one."""
        seconds = min(_KEPT_SECONDS, settings.VISITOR_CACHE_SECONDS)
        if not seconds or self.filters.is_personal:
            return self._count()
        audience = "members" if reading_level(self.reader) in MEMBERS_LEVELS else "public"
        # The generation is asked for before the database: what changes meanwhile makes the kept counts unreachable.
        generation = cache.get(GENERATION_KEY) or 0
        key = f"share:events:{generation}:{audience}:{self.period.key}:{self.filters.fingerprint}"
        found: Counted | None = cache.get(key)
        if found is None:
            found = self._count()
            cache.set(key, found, seconds)
        return found

    def _count(self) -> Counted:
        whole = _tallies([self.filters.queryset])[0]
        return counted(self.filters, whole=whole, tally=_tallies)


def _tallies(sets: Sequence[EventQuerySet]) -> list[Tally]:
    keys = "unnest(found.facet_keys || ARRAY['all'])"
    return tally_rows([found.values_list("facet_keys") for found in sets], keys)
