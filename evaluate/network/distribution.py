"""How the totals of a questionnaire spread, by province and by size of town."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max
from django.utils.translation import gettext as _

from evaluate.models import QuestionnaireVersion
from evaluate.network.filters import NetworkFilter, band_name, band_of, province_name
from evaluate.network.quantiles import quartiles_of_shares
from evaluate.network.table import Kind, NetworkColumn, NetworkRow, NetworkTable
from portal.indicators.charts.distribution import Spread, columns
from portal.indicators.figures import Column, Figure, FigureTable

PARTS = 10


@dataclass(frozen=True)
class Group:
    """The totals of a province or of a size, and what it is called."""

    label: str
    shares: Sequence[float]

    @property
    def quartiles(self) -> tuple[int, int, int]:
        """Lower quartile, median and upper quartile in whole per cent."""
        return quartiles_of_shares(self.shares)

    @property
    def counts(self) -> list[int]:
        """How many totals lie in each tenth; all of it belongs to the last, and what is below nothing to the first."""
        tenths = Counter(min(max(int(share * PARTS), 0), PARTS - 1) for share in self.shares)
        return [tenths[part] for part in range(PARTS)]


def most_answered(chosen: NetworkFilter) -> QuestionnaireVersion | None:
    """Return the version whose questionnaire is looked at: the one chosen, or the one with most results."""
    by_count = (
        chosen.results.values("questionnaire")
        .annotate(count=Count("pk"))
        .order_by("-count", "questionnaire_id")
    )
    first = by_count.first()
    if first is None:
        return None
    versions = QuestionnaireVersion.objects.filter(questionnaire=first["questionnaire"]).exclude(
        status="draft"
    )
    return versions.without_definition().select_related("questionnaire").order_by("-number").first()


def province_groups(chosen: NetworkFilter, questionnaire_id: int) -> list[Group]:
    """Return the totals of each province, in the order of their names."""
    rows = chosen.results.filter(questionnaire=questionnaire_id).values(
        country=F("municipality__country_id"), region=F("municipality__region_code")
    )
    found = rows.annotate(name=Max("municipality__region_name"), totals=ArrayAgg("share")).order_by()
    return sorted(
        (_group(province_name(row["country"], row["name"]), row["totals"]) for row in found),
        key=lambda group: group.label,
    )


def band_groups(chosen: NetworkFilter, questionnaire_id: int) -> list[Group]:
    """Return the totals of each size of town, the small ones first."""
    rows = chosen.results.filter(questionnaire=questionnaire_id).annotate(band=band_of("municipality__"))
    found = rows.values("band").annotate(totals=ArrayAgg("share")).order_by("band")
    return [_group(band_name(row["band"]), row["totals"]) for row in found]


def distribution_table(
    key: str, title: str, first: str, groups: Sequence[Group], *, fewest: int = 1
) -> NetworkTable:
    """Return the groups in numbers; of fewer towns than `fewest` only how many there are."""
    return NetworkTable(
        key,
        title,
        [
            NetworkColumn(first),
            NetworkColumn(_("Municipios"), Kind.NUMBER),
            NetworkColumn(_("Primer cuartil"), Kind.PERCENT),
            NetworkColumn(_("Mediana"), Kind.PERCENT),
            NetworkColumn(_("Tercer cuartil"), Kind.PERCENT),
        ],
        [
            NetworkRow([group.label, count, *(group.quartiles if count >= fewest else (None,) * 3)])
            for group in groups
            for count in (len(group.shares),)
        ],
    )


def distribution_figure(key: str, title: str, first: str, groups: Sequence[Group], source: str) -> Figure:
    """Draw a small chart for each group, all on one scale, with one table."""
    most = max((max(group.counts) for group in groups), default=1)
    table = distribution_table(key, title, first, groups)
    return Figure(
        id=key,
        title=title,
        unit=_("Cuántos municipios llegan a cada décima parte del puntaje, de 0 a 100 %"),
        source=source,
        table=FigureTable(
            title,
            [Column(column.name, column.is_number) for column in table.columns],
            [[text for _column, text in cells] for _row, cells in table.shown],
        ),
        charts=[columns(_spread(group), label=_chart_words(group), most=most) for group in groups],
        is_table_open=len(groups) <= PARTS,
    )


def _group(label: str, totals: Sequence[Any]) -> Group:
    return Group(label, [float(share) for share in totals])


def _spread(group: Group) -> Spread:
    summary = _("%(count)s mun. · mediana %(median)s %%") % {
        "count": len(group.shares),
        "median": group.quartiles[1],
    }
    return Spread(group.label, group.counts, summary)


def _chart_words(group: Group) -> str:
    return _("%(group)s: %(count)s municipios, mediana %(median)s %%") % {
        "group": group.label,
        "count": len(group.shares),
        "median": group.quartiles[1],
    }
