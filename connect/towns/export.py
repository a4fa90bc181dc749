"""The list of municipalities as a file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from connect.towns.filters import Order, keyset_of
from connect.towns.reading import TownQuerySet
from portal.core.tabular.writing import Cell, csv_pieces
from portal.core.tabular.writing_workbook import workbook_pieces
from portal.topics.labels import topic_labels

Rows = Iterable[Sequence[Cell]]
# Rows that are asked for at once; the file goes on by key.
_BATCH = 500


@dataclass(frozen=True)
class TownFormat:
    """A kind of file.

    Args:
        ending: of its name, without the dot.
        content_type: as HTTP names it.
        pieces: makes the file of rows, piece by piece.
    """

    ending: str
    content_type: str
    pieces: Callable[[Rows], Iterator[bytes]]


def exported(rows: TownQuerySet, order: Order, absolute: Callable[[str], str]) -> Iterator[Sequence[Cell]]:
    """Yield the cells of each municipality, in the order of the list.

    Args:
        absolute: makes an address of a path.
    """
    keyset, cursor = keyset_of(order, size=_BATCH), ""
    labels = topic_labels()
    while True:
        page = keyset.page(rows, cursor)
        for town in page.rows:
            yield _cells(town, labels, absolute)
        cursor = page.next_cursor
        if not cursor:
            return


def _titles() -> list[str]:
    return [
        _("Municipio"),
        _("Provincia o región"),
        _("País"),
        _("Categoría"),
        _("Población"),
        _("Año del dato"),
        _("Personas en el directorio"),
        _("Publicaciones"),
        _("Puede compartir"),
        _("Temas que puede compartir"),
        _("Está buscando"),
        _("Temas que está buscando"),
        _("Página"),
    ]


def _cells(town: Any, labels: dict[str, Any], absolute: Callable[[str], str]) -> Sequence[Cell]:
    profile = getattr(town, "town_profile", None)

    def names(field: str) -> str:
        slugs = getattr(profile, field, ())
        return "; ".join(str(labels[slug]) for slug in slugs if slug in labels)

    return (
        town.name,
        town.region_name,
        town.country.name,
        town.category,
        town.population,
        town.population_year,
        town.people,
        town.things,
        profile.offers if profile else "",
        names("offer_topics"),
        profile.seeks if profile else "",
        names("seek_topics"),
        absolute(reverse("connect:town-detail", args=[town.pk])),
    )


def _csv(rows: Rows) -> Iterator[bytes]:
    return csv_pieces(_titles(), rows)


def _workbook(rows: Rows) -> Iterator[bytes]:
    return workbook_pieces(_titles(), rows, sheet_name=_("Municipios"))


CSV = TownFormat("csv", "text/csv; charset=utf-8", _csv)
XLSX = TownFormat("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook)
