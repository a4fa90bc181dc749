"""What pyxform lets through and the portal does not: see docs/adr/0004-xlsform-rules-of-ours.md."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from evaluate.engine.compiled import compiled
from evaluate.engine.definition import FormDefinition, Item, Repeat
from evaluate.engine.dependencies import ItemIndex
from evaluate.engine.expressions import Expression, ExpressionError, parse
from evaluate.engine.problems import Problem
from evaluate.engine.templates import mentions
from evaluate.engine.xlsform.columns import header_for
from evaluate.engine.xlsform.own_columns import OwnCells
from evaluate.engine.xlsform.scoring_places import scoring_problems
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
    problems = [
        *_formula_problems(definition, book),
        *_mention_problems(definition, book),
        *_choice_circles(definition),
        *scoring_problems(definition, book, refusals=True),
    ]
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


def _mention_problems(definition: FormDefinition, book: Workbook) -> Iterator[Problem]:
    """Names that do not exist, in the texts that pyxform does not look at."""
    index = ItemIndex(definition)
    cells = OwnCells(book, "survey", definition.default_language)
    message = _(
        "Se menciona ${%(value)s} y no hay ninguna pregunta con ese nombre. Corregí el nombre o agregá la pregunta."
    )
    for question in definition.questions:
        for field in ("good", "evidence"):
            for language, text in getattr(question, field).items():
                for name in sorted(mentions(text)):
                    if index.find(name, question.path) is None:
                        header = cells.header(field, language)
                        yield Problem(message % {"value": name}, "survey", question.row, header)


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


def _choice_circles(definition: FormDefinition) -> Iterator[Problem]:
    """Selects that take their choices from the answers of each other, and so can never have any."""
    index = ItemIndex(definition)
    sources = {
        question.path: index.find(question.choices_from, question.path)
        for question in definition.questions
        if question.choices_from
    }
    for path in sources:
        passed = [path]
        while (source := sources.get(passed[-1])) is not None and source not in passed:
            passed.append(source)
        if source == path:
            message = _(
                "Las opciones de «%(name)s» salen de sus propias respuestas: nunca va a haber ninguna. Poné otra "
                "pregunta o una lista."
            )
            item = definition.by_path[path]
            yield Problem(message % {"name": item.name}, "survey", item.row, "type")


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


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"
