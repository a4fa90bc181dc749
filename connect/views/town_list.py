"""The municipalities of the network: searched, narrowed down, sorted, and taken away as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.generic import TemplateView, View

from connect.audience import reader_circle
from connect.towns.export import CSV, TownFormat, exported
from connect.towns.filters import (
    Order,
    TownFilter,
    counts_of,
    keyset_of,
    read_order,
    sorted_rows,
)
from connect.towns.reading import network_towns
from connect.visibility import Circle
from portal.accounts.affiliation import active_municipalities
from portal.core.htmx import FragmentMixin
from portal.facets.choices import facet_choices
from portal.facets.filters import Chip


class TownListView(FragmentMixin, TemplateView):
    """Municipalities where somebody of the network works, or that have something to show."""

    template_name = "connect/town_list.html"
    fragment_template_name = "connect/_town_list_fragment.html"
    is_public_page = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Filter, count, and load one page."""
        reader = self.request.user
        filters = TownFilter(self.request.GET, queryset=network_towns(reader))
        order = read_order(self.request.GET.get("orden", ""), filters)
        counts = counts_of(filters)
        page = keyset_of(order).page(sorted_rows(filters, order, reader), self.request.GET.get("cursor", ""))
        peers = filters.peers
        return super().get_context_data(
            filters=filters,
            total=counts.total,
            facets=facet_choices(filters, counts),
            order=order,
            page=page,
            reasons={key: match.reasons for key, match in peers.matches.items()} if peers else {},
            own_towns=list(active_municipalities(reader).order_by("name", "id")),
            is_member=reader_circle(reader) >= Circle.MEMBER,
            chips=[(chip.text, _without(self.request, filters, chip)) for chip in filters.chips],
            chosen_count=sum(chip.name != "q" for chip in filters.chips),
            **kwargs,
        )


class TownExportView(View):
    """Exactly what the filters of the page leave, in its order, as a file that is made while it is sent."""

    format: TownFormat = CSV
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Send the file."""
        filters = TownFilter(request.GET, queryset=network_towns(request.user))
        order = read_order(request.GET.get("orden", ""), filters)
        rows = sorted_rows(filters, order, request.user)
        pieces = self.format.pieces(exported(rows, order, request.build_absolute_uri))
        response = StreamingHttpResponse(
            [] if request.method == "HEAD" else pieces, content_type=self.format.content_type
        )
        name = f"municipios-{timezone.localdate():%Y-%m-%d}.{self.format.ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-store"
        return response


def _without(request: HttpRequest, filters: TownFilter, chip: Chip) -> str:
    """Return the page's address without one of the things that were asked for."""
    parameters = request.GET.copy()
    for name in (chip.name, "cursor"):
        parameters.pop(name, None)
    if chip.value:
        others = [value for value in filters.asked[chip.name] if value != chip.value]
        parameters.setlist(chip.name, others)
    if chip.name == "like" and parameters.get("orden") == Order.SIMILARITY:
        parameters.pop("orden")
    return f"{request.path}?{parameters.urlencode()}" if parameters.urlencode() else request.path
