"""What an import did, row by row and in sum."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.tabular import RowProblem

REPAIRS = {
    "lost_zeros": gettext_lazy("códigos que habían perdido el cero inicial"),
    "thousands": gettext_lazy("poblaciones escritas con puntos o espacios de miles"),
    "categories": gettext_lazy("categorías llevadas a una sola escritura"),
    "swapped_coordinates": gettext_lazy("ubicaciones con latitud y longitud invertidas"),
    "no_break_spaces": gettext_lazy("celdas con espacios de no separación"),
    "mojibake": gettext_lazy("celdas con acentos rotos"),
    "control_characters": gettext_lazy("celdas con caracteres invisibles"),
}
LISTED_PER_KIND = 20


@dataclass
class ImportReport:
    """What became of every row of a register.

    Args:
        read: the rows that are not blank, totals and footnotes counted.
        attached: places known from elsewhere (GeoNames) that the register's code was put on.
        refused: rows that were not kept, with the reason.
        set_aside: totals and footnotes.
        remarks: rows that were kept without something that could not be right, or beside a doubtful namesake.
        repairs: cells repaired, by kind.
        error_workbook: an .xlsx of the refused rows; empty when none was.
    """

    filename: str
    sheet: str = ""
    encoding: str = ""
    is_rehearsal: bool = False
    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    attached: int = 0
    refused: list[RowProblem] = field(default_factory=list)
    set_aside: list[RowProblem] = field(default_factory=list)
    remarks: list[RowProblem] = field(default_factory=list)
    repairs: Counter[str] = field(default_factory=Counter)
    is_swapped_throughout: bool = False
    error_workbook: bytes = b""

    @property
    def changes(self) -> int:
        """How many municipalities are not as they were before."""
        return self.created + self.updated + self.attached

    @property
    def accounted_for(self) -> int:
        """How many rows one of the outcomes tells of: as many as were read."""
        return self.changes + self.unchanged + len(self.refused) + len(self.set_aside)


def describe_report(report: ImportReport) -> Iterator[str]:
    """Yield the lines that tell a person what an import did."""
    source = ", ".join(filter(None, [report.filename, report.sheet, report.encoding]))
    yield _("%(read)s filas leídas de %(source)s.") % {"read": report.read, "source": source}
    if report.is_rehearsal:
        yield _("Fue un ensayo: no se guardó nada.")
    yield _(
        "%(changes)s cambios: %(created)s creados, %(updated)s actualizados, %(attached)s unidos a un lugar conocido. "
        "%(unchanged)s sin cambios, %(refused)s rechazados."
    ) % {
        "changes": report.changes,
        "created": report.created,
        "updated": report.updated,
        "attached": report.attached,
        "unchanged": report.unchanged,
        "refused": len(report.refused),
    }
    if report.is_swapped_throughout:
        yield _("La latitud y la longitud estaban invertidas en todo el archivo: se corrigieron.")
    repairs = [
        f"  {count} {REPAIRS[kind]}"
        for kind, count in report.repairs.most_common()
        if count and kind in REPAIRS
    ]
    if repairs:
        yield _("Se corrigieron:")
        yield from repairs
    yield from _listed(_("Rechazadas:"), report.refused)
    yield from _listed(_("Dejadas de lado:"), report.set_aside)
    yield from _listed(_("Para revisar (las filas se guardaron):"), report.remarks)


def _listed(title: str, problems: Iterable[RowProblem]) -> Iterator[str]:
    ordered = sorted(problems, key=lambda problem: problem.row)
    if ordered:
        yield title
    for problem in ordered[:LISTED_PER_KIND]:
        yield _("  fila %(row)s: %(reason)s") % {"row": problem.row, "reason": problem.reason}
    if len(ordered) > LISTED_PER_KIND:
        yield _("  … y %(more)s más.") % {"more": len(ordered) - LISTED_PER_KIND}
