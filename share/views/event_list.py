"""Encounters as a list and by the month."""

from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.views.generic import TemplateView

from portal.catalog.words import suggested_text
from portal.core.htmx import FragmentMixin
from portal.facets.choices import facet_choices
from portal.facets.counts import MOST_COUNTED, count_rows
from portal.facets.filters import Chip
from share.events.listed import listed, month_days, weekdays
from share.events.reading import FoundEvents

# With fewer results than these a reader may have misspelt a word.
_FEW = 3


class EventListView(FragmentMixin, TemplateView):
    """One set of encounters, as a list or by the days of a month, with one count."""

    template_name = "share/event_list.html"
    fragment_template_name = "share/_event_list_fragment.html"
    is_public_page = True
    is_shared_page = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Filter, count, and load one page or one month."""
        found = FoundEvents(self.request, self.request.GET)
        counts, filters, period = found.counts, found.filters, found.period
        chips = filters.chips
        shown = _month(found) if period.is_month else self._page(found)
        return super().get_context_data(
            **shown,
            filters=filters,
            period=period,
            total=counts.total,
            most_counted=MOST_COUNTED,
            facets=facet_choices(filters, counts),
            are_counts_least=any(tally.is_cut for tally in counts.by_facet.values()),
            text=found.text,
            order=found.sorting.order,
            is_too_much_to_rank=bool(found.text) and counts.total.is_least,
            suggestion=_suggestion(found),
            chips=[(chip.text, _without(self.request, filters, chip)) for chip in chips],
            chosen_count=sum(chip.name != "q" for chip in chips),
            **kwargs,
        )

    def _page(self, found: FoundEvents) -> dict[str, Any]:
        page = found.sorting.page(found.events, self.request.GET.get("cursor", ""))
        return {"page": page, "events": listed(page.rows)}


def _month(found: FoundEvents) -> dict[str, Any]:
    period = found.period
    return {
        "days": month_days(found.events, period),
        "weekdays": weekdays(),
        "month_name": date_format(period.first, "YEAR_MONTH_FORMAT"),
    }


def _suggestion(found: FoundEvents) -> str:
    """Return other words that find more, when these find next to nothing."""
    number = found.counts.total.number
    if not found.text or number >= _FEW:
        return ""
    others = found.filters.found_without("q")
    return suggested_text(found.text, lambda words: count_rows(others.matching(words)).number > number)


def _without(request: HttpRequest, filters: Any, chip: Chip) -> str:
    """Return the page's address without one of the things that were asked for."""
    parameters = request.GET.copy()
    for name in (chip.name, "cursor"):
        parameters.pop(name, None)
    if chip.value:
        others = [value for value in filters.asked[chip.name] if value != chip.value]
        parameters.setlist(chip.name, others)
    return f"{request.path}?{parameters.urlencode()}" if parameters.urlencode() else request.path
