"""How many municipalities have a result, are answering, or have not begun."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from evaluate.models import QuestionnaireVersion
from evaluate.network.filters import UNKNOWN_BAND, NetworkFilter, band_name, band_of, province_name
from evaluate.network.table import Kind, NetworkColumn, NetworkRow, NetworkTable
from portal.topics.labels import area_labels


def coverage_tables(chosen: NetworkFilter) -> list[NetworkTable]:
    """Return the coverage by questionnaire, area, province and size; one query or two for each."""
    size = chosen.places.count()
    return [by_questionnaire(chosen, size), by_area(chosen, size), by_province(chosen), by_band(chosen)]


def by_questionnaire(chosen: NetworkFilter, size: int) -> NetworkTable:
    """Return the coverage of each questionnaire in force."""
    done, going = _counted(chosen, "questionnaire_id")
    versions = QuestionnaireVersion.objects.published().without_definition().by_area()
    versions = versions.filter(is_scored=True, questionnaire__in=chosen.questionnaires)
    labels = area_labels()
    rows = []
    for version in versions:
        key = version.questionnaire_id
        area = version.questionnaire.area
        name = str(labels.get(area.slug, area)) if area else ""
        cells = [version.title, name, *_counts(done.get(key, 0), going.get(key, 0), size)]
        rows.append(NetworkRow(cells, url=chosen.query(cuestionario=version.questionnaire.slug)))
    return NetworkTable(
        "cobertura-cuestionarios",
        _("Por cuestionario"),
        [NetworkColumn(_("Cuestionario")), NetworkColumn(_("Área")), *_columns()],
        rows,
    )


def by_area(chosen: NetworkFilter, size: int) -> NetworkTable:
    """Return the coverage of each policy area: towns with a result in any of its questionnaires."""
    done, going = _counted(chosen, "questionnaire__area__slug")
    rows = [
        NetworkRow(
            [str(label), *_counts(done.get(slug, 0), going.get(slug, 0), size)], url=chosen.query(area=slug)
        )
        for slug, label in area_labels().items()
        if not chosen.area or slug == chosen.area
    ]
    return NetworkTable("cobertura-areas", _("Por área"), [NetworkColumn(_("Área")), *_columns()], rows)


def by_province(chosen: NetworkFilter) -> NetworkTable:
    """Return the coverage of each province: towns with a result in any of the questionnaires looked at."""
    # One province is one group, also where registers write its name in two ways.
    found = (
        _places(chosen).values("country_id", "region_code").annotate(name=Max("region_name"), **_tallies())
    )
    rows = [
        (province_name(row["country_id"], row["name"]), f"{row['country_id']}-{row['region_code']}", row)
        for row in found.order_by()
    ]
    rows.sort(key=lambda row: row[0])
    return NetworkTable(
        "cobertura-provincias",
        _("Por provincia"),
        [NetworkColumn(_("Provincia")), *_columns()],
        [_place_row(name, chosen.query(provincia=key), row) for name, key, row in rows],
    )


def by_band(chosen: NetworkFilter) -> NetworkTable:
    """Return the coverage of each size of town."""
    found = _places(chosen).annotate(band=band_of()).values("band").annotate(**_tallies()).order_by("band")
    return NetworkTable(
        "cobertura-tamanos",
        _("Por tamaño"),
        [NetworkColumn(_("Habitantes")), *_columns()],
        [_place_row(band_name(row["band"]), _band_url(chosen, row["band"]), row) for row in found],
    )


def _band_url(chosen: NetworkFilter, band: int) -> str:
    return "" if band == UNKNOWN_BAND else chosen.query(tamano=str(band))


def _columns() -> list[NetworkColumn]:
    return [
        NetworkColumn(_("Con resultado"), Kind.NUMBER),
        NetworkColumn(_("Respondiendo"), Kind.NUMBER),
        NetworkColumn(_("Sin empezar"), Kind.NUMBER),
        NetworkColumn(_("Cobertura"), Kind.PERCENT),
    ]


def _counts(done: int, going: int, size: int) -> list[int | None]:
    return [done, going, max(size - done - going, 0), round(100 * done / size) if size else None]


def _place_row(name: str, url: str, row: dict[str, Any]) -> NetworkRow:
    return NetworkRow([name, *_counts(row["done"], row["going"], row["size"])], url=url)


def _counted(chosen: NetworkFilter, key: str) -> tuple[dict[Any, int], dict[Any, int]]:
    """Count, by a key of the questionnaire, the towns with a result, and those that only have one begun."""
    done = chosen.results.values(key).annotate(count=Count("municipality", distinct=True)).order_by()
    same = chosen.results.filter(municipality=OuterRef("municipality"), **{key: OuterRef(key)})
    begun = chosen.evaluations.in_progress().filter(~Exists(same))
    going = begun.values(key).annotate(count=Count("municipality", distinct=True)).order_by()
    return _by_key(done, key), _by_key(going, key)


def _by_key(rows: Iterable[dict[str, Any]], key: str) -> dict[Any, int]:
    return {row[key]: row["count"] for row in rows}


def _places(chosen: NetworkFilter) -> QuerySet:
    own = {"municipality": OuterRef("pk")}
    return chosen.places.alias(
        has_result=Exists(chosen.results.filter(**own)),
        has_begun=Exists(chosen.evaluations.in_progress().filter(**own)),
    )


def _tallies() -> dict[str, Count]:
    return {
        "size": Count("pk"),
        "done": Count("pk", filter=Q(has_result=True)),
        "going": Count("pk", filter=Q(has_result=False, has_begun=True)),
    }
