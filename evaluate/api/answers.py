"""Answers as the API takes and tells them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from evaluate.models import Answer, Evaluation
from evaluate.services.answer_batches import AnswerEntry
from evaluate.services.states import Value

MOST_AT_ONCE = 2_000


def answers_of(evaluation: Evaluation) -> dict[str, Any]:
    """Return all answers of an evaluation, by their paths. One query."""
    rows = Answer.objects.filter(evaluation=evaluation).order_by("path")
    return {
        "answers": [
            {
                "path": answer.path,
                "value": answer.value,
                "not_applicable": answer.is_not_applicable,
                "reason": answer.reason,
                "answered_at": answer.answered_at,
            }
            for answer in rows
        ]
    }


def entries_in(asked: Sequence[dict[str, Any]]) -> list[AnswerEntry]:
    """Read what is to be answered.

    Raises:
        ValidationError: a value is no answer of any kind, a path comes twice, or there are too many.
    """
    if len(asked) > MOST_AT_ONCE:
        raise ValidationError(
            {"answers": [_("Son demasiadas de una vez: mandá hasta %(most)s.") % {"most": MOST_AT_ONCE}]}
        )
    errors: dict[str, list[str]] = {}
    entries: dict[str, AnswerEntry] = {}
    for each in asked:
        path = each["path"]
        if path in entries:
            errors[path] = [_("Esta pregunta está dos veces.")]
        try:
            entries[path] = _entry(each)
        except ValueError as problem:
            errors[path] = [str(problem)]
    if errors:
        raise ValidationError(
            {"detail": _("No guardamos nada: hay respuestas para corregir."), "errors": errors}
        )
    return list(entries.values())


def _entry(each: dict[str, Any]) -> AnswerEntry:
    if each["not_applicable"]:
        if each.get("value") not in (None, "", []):
            raise ValueError(_("O va una respuesta, o no aplica: una de las dos cosas."))
        return AnswerEntry(each["path"], reason=each.get("reason", ""))
    return AnswerEntry(each["path"], value=_value(each.get("value")))


def _value(value: Any) -> Value:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return value
    raise ValueError(_("Una respuesta es un texto, un número o una lista de nombres de opciones."))
