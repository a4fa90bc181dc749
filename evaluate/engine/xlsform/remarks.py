"""What a questionnaire's author should know although it is accepted."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from evaluate.engine.definition import UNMARKED_LANGUAGE, FormDefinition, Item, Question, Repeat
from evaluate.engine.expressions import Expression, ExpressionError, parse
from evaluate.engine.expressions.nodes import Call, Literal
from evaluate.engine.problems import Problem
from evaluate.engine.question_types import SELECT_TYPES, UPLOAD_TYPES, QuestionType
from evaluate.engine.xlsform.checks import formulas_of, row_of
from evaluate.engine.xlsform.columns import header_for, tokens_of, value_of
from evaluate.engine.xlsform.scoring_places import scoring_problems
from evaluate.engine.xlsform.type_words import NOT_QUESTIONS, UNUSED_METADATA
from evaluate.engine.xlsform.workbook import Workbook

ROWS_NAMED = 8
_CHOICE_FIELDS = frozenset({"name", "label", "itextId"})


def find_remarks(definition: FormDefinition, book: Workbook, data: Mapping[str, Any]) -> list[Problem]:
    """Return the remarks on an accepted questionnaire."""
    remarks = [*_sheet_remarks(book), *_left_out(book), *_list_remarks(definition, book)]
    for question in definition.questions:
        remarks.extend(_type_remarks(question))
        remarks.extend(_choice_remarks(definition, question, book))
    for item in definition.by_path.values():
        if isinstance(item, Repeat) and not item.label:
            message = _("La repetición «%(name)s» no tiene título. Escribilo en la columna «label».")
            remarks.append(Problem(message % {"name": item.name}, "survey", item.row))
        remarks.extend(_table_remarks(definition, item))
    remarks.extend(scoring_problems(definition, book, refusals=False))
    return [*remarks, *_translation_remarks(definition)]


def _sheet_remarks(book: Workbook) -> Iterator[Problem]:
    for name, sheet in book.sheets.items():
        if sheet.name != name and sheet.name.lower() == name and not sheet.name.isupper():
            message = _("La hoja se llama «%(written)s»; la leímos como «%(name)s».")
            yield Problem(message % {"written": sheet.name, "name": name}, sheet.name)
        if name == "survey" and 2 in sheet.blank_rows:
            yield Problem(_("La fila 2 está vacía: leímos las preguntas desde la siguiente."), sheet.name, 2)


def _left_out(book: Workbook) -> Iterator[Problem]:
    """Survey rows that ask for what only a telephone does."""
    survey = book.sheets["survey"]
    tokens = tokens_of("survey", survey)
    for number, row in survey.rows.items():
        word = " ".join(value_of(row, tokens, "type").split())
        if word in NOT_QUESTIONS or word in UNUSED_METADATA:
            message = _("«%(type)s» es para teléfonos con ODK; en la web no se usa y quedó afuera.")
            yield Problem(message % {"type": word}, survey.name, number)


def _list_remarks(definition: FormDefinition, book: Workbook) -> Iterator[Problem]:
    choices = book.sheets.get("choices")
    if choices is None:
        return
    used = {question.choice_list for question in definition.questions}
    text = " ".join(formula for item in definition.by_path.values() for _field, formula in formulas_of(item))
    rows = _first_rows(book)
    unused = sorted(name for name in rows if name and name not in used and f"'{name}'" not in text)
    if unused:
        message = _("Hay listas que ninguna pregunta usa: %(lists)s. ¿Se perdió alguna pregunta?")
        row = min(rows[name] for name in unused)
        yield Problem(message % {"lists": _some(unused)}, choices.name, row)


def _first_rows(book: Workbook) -> dict[str, int]:
    sheet = book.sheets["choices"]
    tokens = tokens_of("choices", sheet)
    first: dict[str, int] = {}
    for number, row in sheet.rows.items():
        first.setdefault(value_of(row, tokens, "list name"), number)
    return first


def _type_remarks(question: Question) -> Iterator[Problem]:
    messages = {
        QuestionType.BARCODE: _("El código de barras se escribe a mano en la web."),
        QuestionType.GEOTRACE: _("El recorrido en el mapa se escribe como texto en la web."),
        QuestionType.GEOSHAPE: _("La superficie en el mapa se escribe como texto en la web."),
        QuestionType.DEVICEID: _("En la web no hay dato del aparato: queda vacío."),
        QuestionType.PHONENUMBER: _("En la web no se conoce el número de teléfono: queda vacío."),
    }
    message = messages.get(question.type)
    if question.type in UPLOAD_TYPES - {QuestionType.IMAGE, QuestionType.FILE}:
        message = _("La grabación no se hace en la página: se sube como archivo.")
    if message:
        yield Problem(message, "survey", question.row)
    if question.choice_filter and question.type not in SELECT_TYPES:
        yield _filter_without_choices(question)
    if question.parameters.get("randomize") == "true":
        message = _("Las opciones se muestran siempre en el orden de la lista, no al azar.")
        yield Problem(message, "survey", question.row)
    if question.appearance.startswith("ex:"):
        message = _("La pregunta abre una aplicación del teléfono; en la web se responde a mano.")
        yield Problem(message, "survey", question.row)


def _filter_without_choices(question: Question) -> Problem:
    message = _("La pregunta tiene un filtro de opciones y no tiene opciones. ¿Va en la columna «relevant»?")
    return Problem(message, "survey", question.row, "choice_filter")


def _choice_remarks(definition: FormDefinition, question: Question, book: Workbook) -> Iterator[Problem]:
    if question.type not in SELECT_TYPES or question.choices_from:
        return
    if not question.choice_list:
        message = _("Falta el archivo con las opciones de «%(name)s»: por ahora se responde escribiendo.")
        yield Problem(message % {"name": question.name}, "survey", question.row)
        return
    expression = _parsed(question.choice_filter)
    columns = {key for choice in definition.choice_lists[question.choice_list] for key in choice.columns}
    for path in expression.paths if expression else ():
        name = path.steps[0].name if path.start is None else ""
        if name and not name.startswith(".") and name not in columns | _CHOICE_FIELDS:
            message = _(
                "El filtro usa «%(name)s», que no es una columna de la lista: así no se muestra ninguna opción. "
                "Si es un texto, ponelo entre comillas."
            )
            column = header_for("survey", book.sheets["survey"], "choice_filter")
            yield Problem(message % {"name": name}, "survey", question.row, column)


def _table_remarks(definition: FormDefinition, item: Item) -> Iterator[Problem]:
    for _field, formula in formulas_of(item):
        expression = _parsed(formula)
        if expression is None or "pulldata" not in expression.functions:
            continue
        name = _pulled_table(expression)
        if name not in definition.tables:
            message = _("Falta el archivo «%(name)s.csv» que usa pulldata: mientras tanto da vacío.")
            yield Problem(message % {"name": name}, "survey", row_of(definition, item))


def _pulled_table(expression: Expression) -> str:
    pending = [expression.part]
    while pending:
        part = pending.pop()
        if isinstance(part, Call) and part.name == "pulldata" and isinstance(part.arguments[0], Literal):
            return str(part.arguments[0].value)
        pending.extend(part.parts())
    return ""


def _translation_remarks(definition: FormDefinition) -> Iterator[Problem]:
    for language in definition.languages:
        rows = [item.row for item in definition.by_path.values() if _lacks(item, language) and item.row]
        if rows and language != UNMARKED_LANGUAGE:
            message = _("Faltan %(count)d textos de preguntas en el idioma «%(language)s» (filas %(rows)s).")
            words = {"count": len(rows), "language": language, "rows": _some([str(row) for row in rows])}
            yield Problem(message % words, "survey", rows[0])


def _lacks(item: Item, language: str) -> bool:
    return bool(item.label) and not item.label.get(language)


def _some(names: list[str]) -> str:
    return ", ".join(names[:ROWS_NAMED]) + (", …" if len(names) > ROWS_NAMED else "")


def _parsed(text: str) -> Expression | None:
    try:
        return parse(text) if text else None
    except ExpressionError:
        return None
