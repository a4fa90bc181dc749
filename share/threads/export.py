"""The list of conversations as a file: what the page shows of each, and nothing else."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.tabular.writing import Cell, csv_pieces
from portal.core.tabular.writing_workbook import workbook_pieces
from portal.topics.labels import area_labels, topic_labels
from share.models import Thread
from share.threads.about import unseen_things_left_out
from share.threads.facets import facets
from share.threads.reading import FoundThreads

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
            return workbook_pieces(_titles(), rows, sheet_name=_("Conversaciones"))
        return csv_pieces(_titles(), rows)


CSV = Format("csv", "text/csv; charset=utf-8")
XLSX = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", is_compressed=True)


def exported(found: FoundThreads, absolute: Callable[[str], str]) -> Iterator[Sequence[Cell]]:
    """Yield the cells of each conversation that was found, in its order, those that are pinned first as on the page.

    Args:
        absolute: makes an address of a path.
    """
    areas, topics = area_labels(), topic_labels()
    for thread in _each(found):
        yield _cells(thread, areas, topics, absolute)


def _each(found: FoundThreads) -> Iterator[Thread]:
    pinned = found.pinned()
    unseen_things_left_out(found.reader, pinned)
    yield from pinned
    cursor = ""
    while True:
        page = found.sorting.page(found.threads, cursor, size=_BATCH)
        unseen_things_left_out(found.reader, page.rows)
        yield from page.rows
        cursor = page.next_cursor
        if not cursor:
            return


def _titles() -> list[str]:
    return [
        _("Conversación"),
        _("Qué es"),
        _("Cómo está"),
        _("Sobre qué cosa"),
        _("Áreas de gestión"),
        _("Temas"),
        _("Municipio"),
        _("Respuestas"),
        _("A mí también"),
        _("Empezó"),
        _("Último mensaje"),
        _("En qué quedó"),
        _("Muestra"),
        _("Página"),
    ]


def _cells(
    thread: Thread, areas: dict[str, Any], topics: dict[str, Any], absolute: Callable[[str], str]
) -> Sequence[Cell]:
    return (
        thread.title,
        facets.get("kind").label_of(thread.kind),
        "; ".join(facets.get("state").label_of(state) for state in states_of(thread)),
        thread.about_title,
        "; ".join(str(areas[slug]) for slug in thread.areas if slug in areas),
        "; ".join(str(topics[slug]) for slug in thread.topics if slug in topics),
        thread.municipality.name if thread.municipality else "",
        thread.answers,
        thread.supporters,
        timezone.localtime(thread.created_at).date(),
        timezone.localtime(thread.last_post_at).date(),
        thread.outcome,
        _("sí") if thread.is_sample else "",
        absolute(thread.get_absolute_url()),
    )


def states_of(thread: Thread) -> list[str]:
    """Return where a conversation stands, as the facet of its state says it."""
    states = []
    if thread.is_question:
        states.append("accepted" if thread.accepted else "answered" if thread.answers else "unanswered")
    if thread.is_closed:
        states.append("closed")
    if thread.outcome:
        states.append("outcome")
    return states
