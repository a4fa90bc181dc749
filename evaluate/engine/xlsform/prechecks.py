"""Finds, before pyxform sees the workbook, what pyxform would refuse without saying where."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from evaluate.engine.problems import Problem
from evaluate.engine.xlsform.columns import Tokens, tokens_of, value_of
from evaluate.engine.xlsform.type_words import is_known_type, looks_like_select, select_list
from evaluate.engine.xlsform.workbook import Sheet, Workbook

SELECT_FROM_FILE_ENDINGS = (".csv", ".xml", ".geojson")


def find_problems(book: Workbook) -> list[Problem]:
    """Return what must be corrected before the workbook can be read at all."""
    survey = book.sheets.get("survey")
    if survey is None:
        names = ", ".join(f"«{name}»" for name in book.sheet_names)
        message = _(
            "Falta la hoja «survey», la de las preguntas. Las hojas de este archivo son: %(names)s. "
            "Cambiale el nombre a la que tiene las preguntas."
        )
        return [Problem(message % {"names": names})]
    problems = [problem for name, sheet in book.sheets.items() for problem in _doubled_columns(name, sheet)]
    if problems:
        return problems
    tokens = tokens_of("survey", survey)
    problems.extend(_missing_columns(survey, tokens))
    problems.extend(_type_problems(survey, tokens))
    problems.extend(_list_problems(book, survey, tokens))
    if not survey.rows:
        message = _("La hoja no tiene ninguna pregunta. Escribí una por fila debajo del encabezado.")
        problems.append(Problem(message, survey.name, 2))
    return problems


def _doubled_columns(name: str, sheet: Sheet) -> Iterator[Problem]:
    """Two headers that mean the same column, such as `relevance` and `relevant`."""
    seen: dict[Tokens, str] = {}
    for header, tokens in tokens_of(name, sheet).items():
        other = seen.setdefault(tokens, header)
        if other != header:
            message = _("Esta columna y «%(other)s» son la misma cosa con dos nombres. Dejá una sola.")
            yield Problem(message % {"other": other}, sheet.name, 1, header)


def _missing_columns(survey: Sheet, tokens: dict[str, Tokens]) -> Iterator[Problem]:
    meant = {each[0] for each in tokens.values()}
    for column in ("type", "name"):
        if column not in meant:
            message = _("Falta la columna «%(column)s». Agregala en la fila 1 (el encabezado).")
            yield Problem(message % {"column": column}, survey.name, 1)


def _type_problems(survey: Sheet, tokens: dict[str, Tokens]) -> Iterator[Problem]:
    for number, row in survey.rows.items():
        word = value_of(row, tokens, "type")
        if not word:
            continue
        normal = " ".join(word.split())
        column = _header_of(tokens, "type")
        if normal.startswith("include"):
            message = _(
                "«include» pide traer las preguntas de otra planilla, y acá no está. Copiá esas preguntas en "
                "esta hoja y borrá la fila."
            )
        elif normal.startswith(("begin loop", "begin_loop")):
            message = _(
                "Los bucles («begin loop») no se admiten. Usá «begin repeat» o escribí las preguntas una por una."
            )
        elif is_known_type(normal):
            continue
        elif looks_like_select(normal):
            message = _(
                "«%(type)s» no está completo: escribí por ejemplo «select_one lista», con el nombre de una "
                "lista de la hoja «choices»."
            )
        else:
            message = _("«%(type)s» no es un tipo de pregunta. Revisá cómo está escrito.")
        yield Problem(message % {"type": word}, survey.name, number, column)


def _list_problems(book: Workbook, survey: Sheet, tokens: dict[str, Tokens]) -> Iterator[Problem]:
    lists = {name: _list_names(book, name) for name in ("choices", "external_choices")}
    for number, row in survey.rows.items():
        found = select_list(value_of(row, tokens, "type"))
        if found is None:
            continue
        command, list_name = found
        sheet_name = "external_choices" if command == "select_one_external" else "choices"
        if (
            "${" in list_name
            or list_name.endswith(SELECT_FROM_FILE_ENDINGS)
            or list_name in lists[sheet_name]
        ):
            continue
        if sheet_name in book.sheets:
            message = _("La lista «%(list)s» no está en la hoja «%(sheet)s». Agregala o corregí el nombre.")
        else:
            message = _(
                "La pregunta usa la lista «%(list)s» y el archivo no tiene la hoja «%(sheet)s». Agregá esa hoja "
                "con las columnas list_name, name y label."
            )
        yield Problem(
            message % {"list": list_name, "sheet": sheet_name},
            survey.name,
            number,
            _header_of(tokens, "type"),
        )


def _list_names(book: Workbook, sheet_name: str) -> set[str]:
    sheet = book.sheets.get(sheet_name)
    if sheet is None:
        return set()
    tokens = tokens_of(sheet_name, sheet)
    return {value_of(row, tokens, "list name") for row in sheet.rows.values()}


def _header_of(tokens: dict[str, Tokens], wanted: str) -> str:
    return next((header for header, meant in tokens.items() if meant == (wanted,)), wanted)
