"""A result as figures: charts, and the tables that say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from evaluate.result.movement import Change, Movement
from evaluate.result.parts import Result, ResultGroup
from portal.indicators.charts.bars import Bar, bars
from portal.indicators.charts.radar import Series, can_be_radar, radar
from portal.indicators.figures import Column, Figure, FigureTable, LegendItem

NO_DATA = "—"


@dataclass(frozen=True)
class _Row:
    """A group with its place in the figure, and the same one earlier."""

    number: int
    group: ResultGroup
    before: Change | None

    @property
    def label(self) -> str:
        return f"{self.number}. {self.group.label}"

    @property
    def before_share(self) -> Fraction | None:
        return self.before.before if self.before else None


def section_figure(result: Result, movement: Movement | None = None) -> Figure | None:
    """Draw the sections, with an earlier result where there is one; None without sections."""
    groups = [section.group for section in result.sections]
    title = _("Por sección")
    return _figure(result, groups, movement.sections if movement else (), "secciones", title, _("Sección"))


def area_figure(result: Result, movement: Movement | None = None) -> Figure | None:
    """Draw the policy areas where the questionnaire touches more than one."""
    if len(result.areas) < 2:
        return None
    title = _("Por área de gestión")
    return _figure(result, result.areas, movement.areas if movement else (), "areas", title, _("Área"))


def source_text(result: Result) -> str:
    """Say where a result's numbers come from and of when they are: a town's own answers, nobody else's."""
    signed = result.signature.signed_at
    if signed is None:
        return _("Fuente: autoevaluación; nadie de afuera verificó las respuestas.")
    return _("Fuente: autoevaluación firmada el %(date)s; nadie de afuera verificó las respuestas.") % {
        "date": date_format(localtime(signed), "SHORT_DATE_FORMAT")
    }


def _figure(
    result: Result, groups: Sequence[ResultGroup], changes: Sequence[Change], id: str, title: str, name: str
) -> Figure | None:
    if not groups:
        return None
    by_key = {change.key: change for change in changes}
    rows = [_Row(number, group, by_key.get(group.key)) for number, group in enumerate(groups, start=1)]
    has_before = any(row.before_share is not None for row in rows)
    return Figure(
        id=id,
        title=title,
        unit=_("Parte alcanzada del máximo posible, en %"),
        source=source_text(result),
        charts=_charts(rows, title, has_before=has_before),
        legend=(LegendItem("now", _("este resultado")), LegendItem("before", _("el anterior")))
        if has_before
        else (),
        table=_table(result, rows, title, name, has_before=has_before),
        note=_note(rows),
    )


def _note(rows: Sequence[_Row]) -> str:
    shares = [share for row in rows for share in (row.group.share, row.before_share)]
    notes = []
    if any(row.group.share is None for row in rows):
        notes.append(_("Sin puntaje (—) no es cero: según las respuestas, nada de eso correspondía."))
    if can_be_radar(len(rows)) and any(share is not None and share < 0 for share in shares):
        notes.append(_("En el radar, lo que está por debajo de cero se dibuja en el centro."))
    return " ".join(notes)


def _charts(rows: Sequence[_Row], title: str, *, has_before: bool) -> list:
    label = _("%(title)s: %(values)s") % {
        "title": title,
        "values": "; ".join(f"{row.label} {row.group.shown_percent or NO_DATA}" for row in rows),
    }
    drawn = [
        bars(
            [
                Bar(
                    row.label,
                    _float(row.group.share),
                    row.group.shown_percent or NO_DATA,
                    _float(row.before_share),
                    (row.before.shown_before if row.before else "") or (NO_DATA if has_before else ""),
                )
                for row in rows
            ],
            label=label,
        )
    ]
    if can_be_radar(len(rows)):
        series = [Series([_float(row.group.share) for row in rows])]
        if has_before:
            series.append(Series([_float(row.before_share) for row in rows], "before"))
        drawn.insert(0, radar([str(row.number) for row in rows], series, label=label))
    return drawn


def _table(result: Result, rows: Sequence[_Row], title: str, name: str, *, has_before: bool) -> FigureTable:
    has_points = result.total.has_points
    columns = [Column(name), Column(_("Parte"), is_number=True)]
    if has_points:
        columns.append(Column(_("Puntos"), is_number=True))
    if has_before:
        columns += [Column(_("Antes"), is_number=True), Column(_("Cambio, en puntos de %"), is_number=True)]
    has_levels = any(row.group.level_name for row in rows)
    if has_levels:
        columns.append(Column(_("Nivel")))
    columns.append(Column(_("Criterios que cuentan"), is_number=True))
    table = []
    for row in rows:
        group, change = row.group, row.before
        cells = [row.label, group.shown_percent or NO_DATA]
        if has_points:
            cells.append(f"{group.shown_points} / {group.shown_maximum}" if group.counted else NO_DATA)
        if has_before:
            cells += [
                (change.shown_before if change else "") or NO_DATA,
                (change.shown_difference if change else "") or NO_DATA,
            ]
        if has_levels:
            cells.append(group.level_name or NO_DATA)
        cells.append(str(group.counted))
        table.append(cells)
    return FigureTable(title, columns, table)


def _float(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
