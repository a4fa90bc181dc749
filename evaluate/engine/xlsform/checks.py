"""What pyxform lets through and the portal does not: see docs/adr/0004-xlsform-rules-of-ours.md."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from evaluate.engine.compiled import compiled
from evaluate.engine.definition import SCORING_METHODS, FormDefinition, Item, Repeat
from evaluate.engine.dependencies import ItemIndex
from evaluate.engine.expressions import Expression, ExpressionError, parse
from evaluate.engine.problems import Problem
from evaluate.engine.xlsform.columns import header_for, tokens_of, value_of
from evaluate.engine.xlsform.workbook import Sheet, Workbook

FORMULA_FIELDS = (
    "relevant",
    "constraint",
    "calculation",
    "required",
    "read_only",
    "choice_filter",
    "default_formula",
    "count",
)


def find_errors(definition: FormDefinition, book: Workbook) -> list[Problem]:
    """Return what makes the questionnaire unusable though it can be read."""
    problems = [*_formula_problems(definition, book), *_scoring_problems(definition, book)]
    return problems or list(_cycle_problems(definition))


def formulas_of(item: Item) -> Iterator[tuple[str, str]]:
    """The formulas of an item: field and text."""
    for field in FORMULA_FIELDS:
        text = getattr(item, field, "")
        if text:
            yield field, text


def row_of(definition: FormDefinition, item: Item) -> int | None:
    """The survey row of an item; what pyxform made out of a repeat_count stands for the repeat's row."""
    if item.row is not None:
        return item.row
    repeat = definition.by_path.get(item.path.removesuffix("_count"))
    return repeat.row if isinstance(repeat, Repeat) else None


def _formula_problems(definition: FormDefinition, book: Workbook) -> Iterator[Problem]:
    index = ItemIndex(definition)
    survey = book.sheets["survey"]
    for item in definition.by_path.values():
        for field, text in formulas_of(item):
            place = (survey.name, row_of(definition, item), _header(definition, survey, item, field))
            try:
                expression = parse(text)
            except ExpressionError as error:
                message = _("La fórmula «%(formula)s» no se entiende (carácter %(place)d). %(reason)s")
                words = {"formula": _short(text), "place": error.position + 1, "reason": error.message}
                yield Problem(message % words, *place)
                continue
            for unknown in _unknown(index, expression, item, field):
                message = _(
                    "La fórmula menciona «%(name)s», que no existe en el cuestionario. Corregí el nombre."
                )
                yield Problem(message % {"name": unknown}, *place)


def _header(definition: FormDefinition, survey: Sheet, item: Item, field: str) -> str:
    if item.row is None and row_of(definition, item) is not None:
        return header_for("survey", survey, "count")
    return header_for("survey", survey, field)


def _unknown(index: ItemIndex, expression: Expression, item: Item, field: str) -> Iterator[str]:
    for name in sorted(expression.references):
        if index.find(name, item.path) is None:
            yield name
    for path in index.unknown_paths(expression, item.path):
        # In a filter a bare name is a column of the list; whether there is one is a remark, not an error.
        if field != "choice_filter" or path.startswith("."):
            yield path


def _cycle_problems(definition: FormDefinition) -> Iterator[Problem]:
    cycle = compiled(definition).cycle
    if not cycle:
        return
    items = [definition.by_path[path] for path in cycle]
    message = _(
        "Las fórmulas se muerden la cola: %(names)s. Cada una necesita el resultado de la otra; cambiá una para "
        "cortar el círculo."
    )
    names = " → ".join(item.name for item in reversed(items))
    rows = [row for item in items if (row := row_of(definition, item)) is not None]
    yield Problem(message % {"names": names}, "survey", min(rows, default=None))


def _scoring_problems(definition: FormDefinition, book: Workbook) -> Iterator[Problem]:
    if definition.scoring and definition.scoring not in SCORING_METHODS:
        message = _("«%(method)s» no es una forma de puntuar. Las que hay: %(methods)s.")
        words = {"method": definition.scoring, "methods": ", ".join(sorted(SCORING_METHODS))}
        yield Problem(message % words, "settings", 2, "scoring")
    yield from _not_numbers(book, "choices", "points", negative_allowed=True)
    yield from _not_numbers(book, "survey", "weight", negative_allowed=False)


def _not_numbers(
    book: Workbook, sheet_name: str, column: str, *, negative_allowed: bool
) -> Iterator[Problem]:
    sheet = book.sheets.get(sheet_name)
    if sheet is None:
        return
    tokens = tokens_of(sheet_name, sheet)
    for number, row in sheet.rows.items():
        cell = value_of(row, tokens, column)
        if not cell:
            continue
        amount = _decimal(cell)
        if amount is None:
            message = _("«%(cell)s» no es un número. Escribilo con cifras y punto decimal, por ejemplo 1.5.")
            yield Problem(message % {"cell": cell}, sheet.name, number, column)
        elif amount < 0 and not negative_allowed:
            message = _("El peso no puede ser negativo. Poné 0 para que la pregunta no cuente.")
            yield Problem(message, sheet.name, number, column)


def _decimal(text: str) -> Decimal | None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount.adjusted()) < 30 else None


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"
