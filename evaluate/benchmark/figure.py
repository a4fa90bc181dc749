"""The comparison as figures: strips of quartiles, each with its table."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from evaluate.benchmark.benchmark import Benchmark, ComparedRow
from portal.indicators.charts.quartiles import Strip, quartile_strips
from portal.indicators.figures import Column, Figure, FigureTable, LegendItem


def figures_of(benchmark: Benchmark) -> list[Figure]:
    """Draw the total with its sections, and then the criteria of each section."""
    overall = _figure(
        "comparacion-total",
        _("El total y cada sección"),
        [benchmark.total, *benchmark.sections],
        benchmark,
        heading="h2",
    )
    found = [overall]
    for number, section in enumerate(benchmark.sections, start=1):
        rows = benchmark.criteria_of(section.section)
        if rows:
            found.append(_figure(f"comparacion-{number}", section.label, rows, benchmark))
    return found


def _figure(
    key: str, title: str, rows: Sequence[ComparedRow], benchmark: Benchmark, *, heading: str = "h3"
) -> Figure:
    legend = [
        LegendItem("own", _("tu resultado")),
        LegendItem("box", _("la mitad del medio del grupo")),
        LegendItem("median", _("mediana del grupo")),
    ]
    return Figure(
        id=key,
        title=title,
        unit=_("Parte alcanzada de lo posible, de 0 % a 100 %"),
        source=source_words(benchmark),
        table=_table(title, rows),
        # One chart for each row: they stand side by side where there is room, and their letters stay as large.
        charts=[quartile_strips([_strip(row)], label=_chart_words(row, benchmark)) for row in rows],
        legend=legend,
        heading=heading,
    )


def source_words(benchmark: Benchmark) -> str:
    """Say of when the figures are and who says so."""
    group = benchmark.chosen
    if group.oldest_at is None or group.newest_at is None or group.released_at is None:
        return ""
    return _(
        "%(count)s municipios, resultados firmados entre %(oldest)s y %(newest)s; cifras del %(released)s. "
        "Respuestas de cada municipio sobre sí mismo, sin verificar."
    ) % {
        "count": group.count,
        "oldest": _month(group.oldest_at),
        "newest": _month(group.newest_at),
        "released": date_format(localtime(group.released_at), "SHORT_DATE_FORMAT"),
    }


def _month(moment: object) -> str:
    """Write a date without its day, which could tell whose result it is."""
    return date_format(localtime(moment), "YEAR_MONTH_FORMAT")  # type: ignore[arg-type]


def _strip(row: ComparedRow) -> Strip:
    group = row.group
    quartiles = (group.q1 / 100, group.median / 100, group.q3 / 100) if group else None
    return Strip(row.label, quartiles, None if row.own is None else row.own / 100)


def _chart_words(row: ComparedRow, benchmark: Benchmark) -> str:
    """Say what a strip shows to whoever does not see it; the table has the same numbers."""
    own = _("sin resultado tuyo") if row.own is None else _("el tuyo %(own)s %%") % {"own": row.own}
    words = {"label": row.label, "own": own, "group": benchmark.chosen.label}
    if row.group is None:
        return _("%(label)s: %(own)s; el grupo «%(group)s» no tiene cifras") % words
    words["median"] = str(row.group.median)
    return _("%(label)s: %(own)s; mediana de «%(group)s» %(median)s %%") % words


def _table(title: str, rows: Sequence[ComparedRow]) -> FigureTable:
    columns = (
        Column(_("Qué se mide")),
        Column(_("Tu resultado"), is_number=True),
        Column(_("Primer cuartil"), is_number=True),
        Column(_("Mediana"), is_number=True),
        Column(_("Tercer cuartil"), is_number=True),
        Column(_("Municipios"), is_number=True),
        Column(_("Dónde está el tuyo")),
    )
    return FigureTable(title, columns, [_cells(row) for row in rows])


def _cells(row: ComparedRow) -> list[str]:
    own = _("no cuenta") if row.own is None else f"{row.own} %"
    if row.group is None:
        return [row.label, own, "—", "—", "—", "—", _("sin cifras: muy pocos municipios lo respondieron")]
    figures = [f"{value} %" for value in (row.group.q1, row.group.median, row.group.q3)]
    where = row.position_words or _("sin resultado tuyo que comparar")
    if row.since:
        since = date_format(localtime(row.since), "SHORT_DATE_FORMAT")
        where = _("%(where)s (cifras del %(since)s)") % {"where": where, "since": since}
    return [row.label, own, *figures, row.n_words, where]
