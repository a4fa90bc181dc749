"""The list of encounters as a file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.core.tabular.writing import Cell, csv_pieces
from portal.core.tabular.writing_workbook import workbook_pieces
from portal.topics.labels import area_labels, topic_labels
from share.events.facets import facets
from share.events.reading import FoundEvents
from share.models import Event

Rows = Iterable[Sequence[Cell]]
# Rows that are asked for at once; the file goes on by key.
_BATCH = 500


@dataclass(frozen=True)
class Format:
    """A kind of file.

    Args:
        ending: of its name, without the dot.
        content_type: as HTTP names it.
        is_compressed: whether compressing it again would be in vain.
    """

    ending: str
    content_type: str
    is_compressed: bool = False

    def pieces(self, rows: Rows) -> Iterator[bytes]:
        """Make the file, piece by piece."""
        if self.is_compressed:
            return workbook_pieces(_titles(), rows, sheet_name=_("Encuentros"))
        return csv_pieces(_titles(), rows)


CSV = Format("csv", "text/csv; charset=utf-8")
XLSX = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", is_compressed=True)


def exported(found: FoundEvents, absolute: Callable[[str], str]) -> Iterator[Sequence[Cell]]:
    """Yield the cells of each event that was found, in its order.

    Args:
        absolute: makes an address of a path.
    """
    names = _Names()
    for event in each_event(found):
        yield names.cells(event, absolute)


def each_event(found: FoundEvents) -> Iterator[Event]:
    """Yield what was found in its order, a batch at a time."""
    cursor = ""
    while True:
        page = found.sorting.page(found.events, cursor, size=_BATCH)
        yield from page.rows
        cursor = page.next_cursor
        if not cursor:
            return


def _titles() -> list[str]:
    return [
        _("Encuentro"),
        _("Tipo"),
        _("Estado"),
        _("Empieza el día"),
        _("A las"),
        _("Termina el día"),
        _("A las (fin)"),
        _("Zona horaria"),
        _("Empieza (hora universal)"),
        _("Cómo es"),
        _("Lugar"),
        _("Dirección"),
        _("Municipio que invita"),
        _("País"),
        _("Áreas de gestión"),
        _("Temas"),
        _("Idioma"),
        _("Resumen"),
        _("Qué dejó"),
        _("Muestra"),
        _("Página"),
    ]


class _Names:
    """What codes are called in the reader's language, looked up once for a file."""

    def __init__(self) -> None:
        self._areas: dict[str, Any] = area_labels()
        self._topics: dict[str, Any] = topic_labels()
        self._formats = facets.get("format").labels(["online", "in_person"])
        self._left = facets.get("left").labels(["recording", "minutes"])

    def cells(self, event: Event, absolute: Callable[[str], str]) -> Sequence[Cell]:
        """Return what a file says of an event."""
        town = event.municipality
        return (
            event.title,
            event.get_kind_display(),
            event.get_status_display(),
            event.start_date,
            f"{event.start_time:%H:%M}",
            event.end_date,
            f"{event.end_time:%H:%M}",
            event.time_zone,
            f"{event.starts_at:%Y-%m-%d %H:%M}",
            _joined(self._formats, [key.removeprefix("format:") for key in event.facet_keys]),
            event.venue,
            event.address,
            town.name if town else "",
            town.country_id if town else "",
            _joined(self._areas, event.areas),
            _joined(self._topics, event.topics),
            event.get_language_display(),
            event.summary,
            _joined(self._left, [key.removeprefix("left:") for key in event.facet_keys]),
            _("sí") if event.is_sample else "",
            absolute(event.get_absolute_url()),
        )


def _joined(labels: dict[str, Any], slugs: Iterable[str]) -> str:
    return "; ".join(str(labels[slug]) for slug in slugs if slug in labels)
