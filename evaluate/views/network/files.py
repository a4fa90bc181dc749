"""The tables of the network's view as files."""

from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views import View

from evaluate.exporting.files import ENDINGS, file_response
from evaluate.network.coverage import by_area, by_band, by_province, by_questionnaire
from evaluate.network.criteria import weakest_criteria
from evaluate.network.distribution import (
    Group,
    band_groups,
    distribution_table,
    most_answered,
    province_groups,
)
from evaluate.network.filters import NetworkFilter
from evaluate.network.table import NetworkTable
from evaluate.network.under_way import PAGES, under_way, under_way_table
from evaluate.views.network.access import NetworkMixin

READ_AT_ONCE = 500
# Staff see each town's result by name on the pages; a file goes further than they do.
FEWEST_IN_A_FILE = 5


class NetworkTableFile(NetworkMixin, View):
    """One of the tables, whole, with the filters of the page."""

    def get(self, request: HttpRequest, table: str, ending: str) -> HttpResponseBase:
        """Send it."""
        make = TABLES.get(table)
        if make is None or ending not in ENDINGS:
            raise Http404
        found = make(self.chosen)
        return file_response(table, ending, found.titles, (row.cells for row in found.rows))


def _distribution(
    chosen: NetworkFilter, key: str, title: str, groups: Callable[[NetworkFilter, int], list[Group]]
) -> NetworkTable:
    version = most_answered(chosen)
    found = groups(chosen, version.questionnaire_id) if version else []
    return distribution_table(key, title, title, found, fewest=FEWEST_IN_A_FILE)


def _under_way(chosen: NetworkFilter) -> NetworkTable:
    return under_way_table(under_way(chosen).order_by(*PAGES.fields).iterator(READ_AT_ONCE))


TABLES: dict[str, Callable[[NetworkFilter], NetworkTable]] = {
    "cobertura-cuestionarios": lambda chosen: by_questionnaire(chosen, chosen.places.count()),
    "cobertura-areas": lambda chosen: by_area(chosen, chosen.places.count()),
    "cobertura-provincias": by_province,
    "cobertura-tamanos": by_band,
    "criterios": lambda chosen: weakest_criteria(chosen, most=None, fewest=FEWEST_IN_A_FILE),
    "distribucion-provincias": lambda chosen: _distribution(
        chosen, "distribucion-provincias", _("Provincia"), province_groups
    ),
    "distribucion-tamanos": lambda chosen: _distribution(
        chosen, "distribucion-tamanos", _("Habitantes"), band_groups
    ),
    "en-curso": _under_way,
}
