"""pyxform's English complaints as plain Spanish, with their place."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluate.engine.problems import Problem

_ROW = re.compile(r"\[row : (\d+)\]\s*")
_SHEET = re.compile(r"(?:On the|for sheet:) '([^']+)'")
_COLUMN = re.compile(r"the '([^']+)' value is")
_LEARN_MORE = re.compile(r"\s*Learn more:\s*\S+")


@dataclass(frozen=True, slots=True)
class _Words:
    pattern: re.Pattern[str]
    message: str | Promise
    sheet: str = ""
    column: str = ""


def _words(pattern: str, message: str | Promise, sheet: str = "", column: str = "") -> _Words:
    return _Words(re.compile(pattern, re.DOTALL), message, sheet, column)


_SILENT = re.compile(
    r"max-pixels|machine-readable codes|is missing the (survey|choices)|is no longer supported on most devices"
    r"|When looking for a sheet named|Repeat has no label|or_other and translations"
)
_KINDS = (
    _words(
        r"'choices' sheet, the 'name' value is invalid. Choice names must be unique",
        gettext_lazy(
            "En esta lista ya hay otra opción con el mismo nombre. Cambiá uno de los dos; si es a propósito, "
            "poné allow_choice_duplicates = yes en la hoja «settings»."
        ),
    ),
    _words(
        r"Choices must have a name",
        gettext_lazy("A esta opción le falta el nombre. Completá la columna «name»."),
    ),
    _words(
        r"Choices should have a label", gettext_lazy("Esta opción no tiene texto: se va a mostrar su nombre.")
    ),
    _words(
        r"Repeat names must not be the same as the survey root",
        gettext_lazy(
            "La repetición se llama «%(value)s», igual que el formulario entero. Cambiale el nombre."
        ),
    ),
    _words(
        r"Repeat names must unique",
        gettext_lazy("Ya hay otra repetición llamada «%(value)s». Cambiale el nombre a una de las dos."),
    ),
    _words(
        r"must be unique within their nearest parent",
        gettext_lazy(
            "En el mismo grupo hay otra pregunta o grupo llamado «%(value)s». Cambiale el nombre a uno de los dos."
        ),
    ),
    _words(
        r"case-insensitive match to another name",
        gettext_lazy("«%(value)s» se distingue de otro nombre solo por las mayúsculas; conviene cambiarlo."),
    ),
    _words(r"The name 'meta' is reserved", gettext_lazy("El nombre «meta» está reservado. Usá otro.")),
    _words(
        r"Names must begin with a letter",
        gettext_lazy(
            "El nombre tiene que empezar con una letra o un guion bajo y llevar solo letras, números, guiones y "
            "puntos, sin espacios."
        ),
    ),
    _words(
        r"Missing calculation",
        gettext_lazy("La fila es un cálculo y le falta la fórmula. Completá la columna «calculation»."),
        "survey",
        "calculation",
    ),
    _words(
        r"Question or group with no name",
        gettext_lazy("A esta pregunta o grupo le falta el nombre. Completá la columna «name»."),
        "survey",
        "name",
    ),
    _words(
        r"Question with no type",
        gettext_lazy("Esta fila no dice qué tipo de pregunta es. Completá la columna «type»."),
        "survey",
        "type",
    ),
    _words(
        r"Row without name, text, or label is being skipped",
        gettext_lazy("La fila no tiene tipo, nombre ni texto: la salteamos."),
        "survey",
    ),
    _words(
        r"Unmatched 'end_",
        gettext_lazy("Se cierra un grupo o repetición que no está abierto. Borrá la fila."),
        "survey",
    ),
    _words(
        r"Unmatched 'begin_",
        gettext_lazy("Este grupo o repetición no se cierra. Agregá su «end group» o «end repeat»."),
        "survey",
    ),
    _words(
        r"Could not find the name '(?P<value>[^']*)'",
        gettext_lazy(
            "Se menciona ${%(value)s} y no hay ninguna pregunta con ese nombre. Corregí el nombre o agregá la "
            "pregunta."
        ),
    ),
    _words(
        r"The name '(?P<value>[^']*)' appears more than once",
        gettext_lazy(
            "Se menciona ${%(value)s} y hay más de una pregunta con ese nombre. Poneles nombres distintos."
        ),
    ),
    _words(
        r"Reference variables must start with",
        gettext_lazy("Hay una referencia mal escrita. Se escriben ${nombre}, con el nombre de una pregunta."),
    ),
    _words(
        r"Column headers must not be empty and must not contain spaces",
        gettext_lazy(
            "El encabezado lleva espacios: la columna no sirve para filtrar opciones y no la usamos."
        ),
    ),
    _words(
        r"Choice names with spaces cannot be added.*See \[(?P<value>.*)\] in \[(?P<list>.*)\]",
        gettext_lazy(
            "La opción «%(value)s» lleva un espacio en el nombre y su lista se usa para elegir varias. Usá guiones "
            "bajos."
        ),
        "choices",
        "name",
    ),
    _words(
        r"Choice filter not supported",
        gettext_lazy(
            "Esta pregunta no admite filtro de opciones. Borrá el filtro o usá otra forma de pregunta."
        ),
        "survey",
        "choice_filter",
    ),
    _words(
        r"list names don't match",
        gettext_lazy("En una tabla todas las preguntas usan la misma lista de opciones, y esta usa otra."),
        "survey",
        "type",
    ),
    _words(
        r"'disabled' column header",
        gettext_lazy("La columna «disabled» está en desuso. Conviene usar «relevant»."),
        "survey",
    ),
    _words(
        r"only meant for filtered selects",
        gettext_lazy("select_one_external es para listas con filtro; esta no tiene ninguno."),
        "survey",
    ),
    _words(
        r"'parameters' value is invalid|[Pp]arameters? must|parameter",
        gettext_lazy(
            "Los parámetros de esta pregunta no se entienden. Se escriben «clave=valor»: %(detail)s"
        ),
        "survey",
        "parameters",
    ),
    _words(
        r"required column headers were not found: (?P<value>[^.]*)",
        gettext_lazy("Faltan columnas: %(value)s. Agregalas en la fila 1 (el encabezado)."),
    ),
)
_VALUE = re.compile(r"'name' value '([^']*)'")


def complaints(text: str) -> list[Problem]:
    """Return pyxform's error text, which may hold several, as problems with their places."""
    lines = text.split("\n") if all(_ROW.match(line) for line in text.split("\n")) else [text]
    return [_problem(line) for line in lines]


def remarks(texts: list[str]) -> list[Problem]:
    """Return pyxform's warnings as remarks, without those that mean nothing on the web."""
    return [_problem(text) for text in texts if not _SILENT.search(text)]


def _problem(text: str) -> Problem:
    row, sheet, column = _ROW.search(text), _SHEET.search(text), _COLUMN.search(text)
    detail = _LEARN_MORE.sub("", _ROW.sub("", text)).strip()
    for words in _KINDS:
        match = words.pattern.search(text)
        if match:
            value = _VALUE.search(text)
            names = {"detail": detail, "value": value.group(1) if value else "", **match.groupdict()}
            return Problem(
                str(words.message) % names,
                sheet.group(1) if sheet else words.sheet,
                int(row.group(1)) if row else None,
                column.group(1) if column else words.column,
            )
    message = _("El conversor de formularios avisa: %(detail)s") % {"detail": detail}
    return Problem(message, sheet.group(1) if sheet else "", int(row.group(1)) if row else None)
