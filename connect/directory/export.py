"""The directory as a table: what its page shows of each person, and nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from connect.directory.reading import Sorting
from connect.people.finding import shown_people
from connect.people.shown import ShownPerson
from connect.permissions.directory import MOST_EXPORTED
from connect.querysets.directory import DirectoryEntryQuerySet
from portal.core.tabular.writing import Cell, csv_pieces
from portal.core.tabular.writing_workbook import workbook_pieces

_AT_ONCE = 200


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

    def pieces(self, people: Iterable[ShownPerson]) -> Iterator[bytes]:
        """Make the file, piece by piece."""
        rows = map(_cells, people)
        if self.is_compressed:
            return workbook_pieces(_titles(), rows, sheet_name=_("Personas"))
        return csv_pieces(_titles(), rows)


CSV = Format("csv", "text/csv; charset=utf-8")
XLSX = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", is_compressed=True)


def exported(reader: Any, found: DirectoryEntryQuerySet, sorting: Sorting) -> Iterator[ShownPerson]:
    """Yield the people of a set in its order, each as the reader may see her, up to `MOST_EXPORTED`."""
    cursor, left = "", MOST_EXPORTED
    while left > 0:
        page = sorting.page(found, cursor, size=min(_AT_ONCE, left))
        shown = shown_people(reader, [row.user_id for row in page.rows])
        yield from (shown[row.user_id] for row in page.rows if row.user_id in shown)
        cursor, left = page.next_cursor, left - len(page.rows)
        if not cursor:
            return


def _titles() -> Sequence[str]:
    return (
        _("Nombre"),
        _("Cargo"),
        _("Municipio"),
        _("Equipo de la red"),
        _("Muestra"),
        _("Áreas de gestión"),
        _("Puede ayudar con"),
        _("Temas en los que puede ayudar"),
        _("Perfil"),
    )


def _cells(person: ShownPerson) -> Sequence[Cell]:
    return (
        person.name,
        person.position,
        person.municipality,
        _("sí") if person.is_staff_badge else "",
        _("sí") if person.is_sample else "",
        "; ".join(str(area) for area in person.areas),
        person.offers,
        "; ".join(str(topic) for topic in person.offer_topics),
        f"{settings.SITE_URL.rstrip('/')}{person.url}",
    )
