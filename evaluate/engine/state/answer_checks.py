"""Whether an answer is of the kind that its question asks for, in words for the person answering."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from evaluate.engine.definition import Question
from evaluate.engine.expressions.dates import parse_stamp, parse_time
from evaluate.engine.question_types import SEVERAL_CHOICES_TYPES, QuestionType

MAX_ANSWER_LENGTH = 20_000
ACKNOWLEDGED = "OK"
_INTEGER = re.compile(r"[+-]?\d{1,15}")
_DECIMAL = re.compile(r"[+-]?(?:\d{1,20}(?:\.\d{0,15})?|\.\d{1,15})")
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+")
_LATITUDES, _LONGITUDES = Decimal(90), Decimal(180)


def as_text(question: Question, value: str | Iterable[str]) -> str:
    """An answer as one text: choices with blanks between them, a decimal comma turned into a point."""
    if not isinstance(value, str):
        return " ".join(dict.fromkeys(each.strip() for each in value if each.strip()))
    if question.type in {QuestionType.DECIMAL, QuestionType.RANGE} and _DECIMAL_COMMA.fullmatch(
        value.strip()
    ):
        return value.strip().replace(",", ".")
    return value if question.type is QuestionType.TEXT else value.strip()


def type_error(question: Question, text: str) -> str:
    """Why a text that is not empty is no answer to a question; empty when it is one.

    Choices are not looked at here: which of them are offered depends on the other answers.
    """
    if len(text) > MAX_ANSWER_LENGTH:
        message = _("La respuesta es demasiado larga: el máximo es de %(limit)d caracteres.")
        return message % {"limit": MAX_ANSWER_LENGTH}
    check = _CHECKS.get(question.type)
    return check(question, text) if check is not None else ""


def choice_error(question: Question, text: str, offered: set[str]) -> str:
    """Why a selection is not possible among the choices offered; empty when it is."""
    chosen = text.split() if question.type in SEVERAL_CHOICES_TYPES else [text]
    if any(name not in offered for name in chosen):
        return _("Esa opción no está entre las que se ofrecen. Elegí una de la lista.")
    if len(set(chosen)) < len(chosen):
        return _("Hay una opción repetida. Elegí cada una una sola vez.")
    if question.type is QuestionType.RANK and len(chosen) < len(offered):
        return _("Falta ordenar algunas opciones. Poné todas en orden.")
    return ""


def _integer_error(question: Question, text: str) -> str:
    return (
        ""
        if _INTEGER.fullmatch(text)
        else _("Escribí un número entero, sin puntos ni comas. Por ejemplo: 12.")
    )


def _decimal_error(question: Question, text: str) -> str:
    return "" if _DECIMAL.fullmatch(text) else _("Escribí un número. Por ejemplo: 12 o 3,5.")


def _range_error(question: Question, text: str) -> str:
    problem = _decimal_error(question, text)
    if problem:
        return problem
    start, end, step = (_setting(question, name, default) for name, default in _RANGE_DEFAULTS)
    low, high, amount = min(start, end), max(start, end), Decimal(text)
    if not low <= amount <= high:
        return _("Elegí un número entre %(low)s y %(high)s.") % {"low": low, "high": high}
    if step and (amount - start) % step != 0:
        return _("Elegí un número de %(step)s en %(step)s, desde %(start)s.") % {"step": step, "start": start}
    return ""


_RANGE_DEFAULTS = (("start", "1"), ("end", "10"), ("step", "1"))


def _setting(question: Question, name: str, default: str) -> Decimal:
    try:
        return _finite(question.parameters.get(name, default))
    except (ValueError, InvalidOperation):
        return Decimal(default)


def _finite(text: str) -> Decimal:
    """Read a number that can be compared: "NaN" and "Infinity" are none."""
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


def _date_error(question: Question, text: str) -> str:
    is_date = len(text) <= 10 and parse_stamp(text) is not None
    return "" if is_date else _("Esa fecha no existe o no está completa. Elegí día, mes y año.")


def _time_error(question: Question, text: str) -> str:
    return "" if parse_time(text) is not None else _("Escribí la hora con minutos. Por ejemplo: 14:30.")


def _datetime_error(question: Question, text: str) -> str:
    return (
        ""
        if parse_stamp(text) is not None
        else _("Completá la fecha y la hora. Por ejemplo: 31/03/2026 14:30.")
    )


def _geopoint_error(question: Question, text: str) -> str:
    try:
        latitude, longitude, *rest = (_finite(part) for part in text.split())
    except (ValueError, InvalidOperation):
        return _("La ubicación se escribe con latitud y longitud. Por ejemplo: -34.6 -58.4.")
    fits = abs(latitude) <= _LATITUDES and abs(longitude) <= _LONGITUDES and len(rest) <= 2
    return (
        "" if fits else _("Esa ubicación no existe: la latitud va de -90 a 90 y la longitud de -180 a 180.")
    )


def _acknowledge_error(question: Question, text: str) -> str:
    return "" if text == ACKNOWLEDGED else _("Marcá la casilla para confirmar, o dejala vacía.")


_CHECKS: dict[QuestionType, Callable[[Question, str], str]] = {
    QuestionType.INTEGER: _integer_error,
    QuestionType.DECIMAL: _decimal_error,
    QuestionType.RANGE: _range_error,
    QuestionType.DATE: _date_error,
    QuestionType.TIME: _time_error,
    QuestionType.DATETIME: _datetime_error,
    QuestionType.GEOPOINT: _geopoint_error,
    QuestionType.ACKNOWLEDGE: _acknowledge_error,
}
