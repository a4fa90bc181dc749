"""The directory of people."""

from typing import Any

from django.http import HttpRequest
from django.views.generic import TemplateView

from connect.audience import reader_circle
from connect.directory.reading import Order, Sorting, counted, findable_by, read_order
from connect.filters import DirectoryFilter
from connect.models import DirectoryEntry
from connect.people.finding import shown_people
from connect.people.shown import ShownPerson
from connect.permissions.directory import can_export_directory
from connect.querysets.directory import DirectoryEntryQuerySet
from connect.views.directory_facets import facets_written
from connect.visibility import Circle
from portal.accounts.affiliation import active_municipalities, affiliation
from portal.catalog.words import suggested_text
from portal.core.htmx import FragmentMixin
from portal.core.paging import KeysetPage
from portal.facets.counts import MOST_COUNTED, Count, Counted
from portal.facets.filters import Chip
from portal.facets.peers import Peers, read_peers


class DirectoryView(FragmentMixin, TemplateView):
    """People who agreed to be found, as this reader may find them.

    It is kept for nobody: whoever leaves is out of it the next moment, and whoever blocked the reader is not in hers.
    """

    template_name = "connect/directory.html"
    fragment_template_name = "connect/_directory_fragment.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Filter, count, and load one page."""
        reader = self.request.user
        filters = DirectoryFilter(self.request.GET, queryset=findable_by(reader))
        counts = counted(filters, reader)
        text: str = filters.asked.get("q", "")
        towns = own_towns(self.request)
        sorting = sorting_of(self.request, filters, counts.total, towns)
        cursor = self.request.GET.get("cursor", "")
        page = sorting.page(filters.found, cursor) if counts.total else KeysetPage([], "", "")
        chips = filters.chips
        return super().get_context_data(
            filters=filters,
            total=counts.total,
            facets=facets_written(self.request, filters, counts, towns),
            text=text,
            towns=towns,
            order=sorting.order,
            is_of_many=sorting.is_of_many,
            is_cut=sorting.is_cut,
            most_counted=MOST_COUNTED,
            page=page,
            people=people_of(self.request, page),
            is_member=reader_circle(reader) >= Circle.MEMBER,
            export=can_export_directory(reader, counts.total),
            suggestion=_suggestion(filters, counts, text),
            chips=[(chip.text, _without(self.request, filters, chip)) for chip in chips],
            chosen_count=sum(chip.name != "q" for chip in chips),
            **kwargs,
        )


def people_of(request: HttpRequest, page: KeysetPage[DirectoryEntry]) -> list[ShownPerson]:
    """Return the people of a page as the reader may see them, in its order."""
    shown = shown_people(request.user, [row.user_id for row in page.rows])
    return [shown[row.user_id] for row in page.rows if row.user_id in shown]


def own_towns(request: HttpRequest) -> list[tuple[int, str]]:
    """Return where the reader works now, with names where there are several to choose from."""
    ids = list(affiliation(request.user))
    if len(ids) < 2:
        return [(pk, "") for pk in ids]
    return list(active_municipalities(request.user).order_by("name", "id").values_list("pk", "name"))


def sorting_of(
    request: HttpRequest, filters: DirectoryFilter, total: Count, towns: list[tuple[int, str]]
) -> Sorting:
    """Read by what the address sorts; the municipality to compare with is named there, or the reader's own."""
    asked = request.GET.get("orden", "")
    peers: Peers | None = None
    if asked == Order.SIMILAR:
        own = str(towns[0][0]) if towns else ""
        peers = read_peers(request.GET.get("desde", "") or own)
    return read_order(asked, text=filters.asked.get("q", ""), total=total, peers=peers)


def _suggestion(filters: DirectoryFilter, counts: Counted, text: str) -> str:
    """Return other words that find more, when these find nobody."""
    if not text or counts.total:
        return ""
    others: DirectoryEntryQuerySet = filters.found_without("q")
    return suggested_text(text, lambda words: others.matching(words).exists())


def _without(request: HttpRequest, filters: DirectoryFilter, chip: Chip) -> str:
    """Return the page's address without one of the things that were asked for."""
    parameters = request.GET.copy()
    for name in (chip.name, "cursor"):
        parameters.pop(name, None)
    if chip.value:
        others = [value for value in filters.asked[chip.name] if value != chip.value]
        parameters.setlist(chip.name, others)
    return f"{request.path}?{parameters.urlencode()}" if parameters.urlencode() else request.path
