"""A score in one line, in its method's own unit: for the head of a report and for lists of results."""

from fractions import Fraction
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from evaluate.engine.definition import STAGED, SUM, text_in
from evaluate.result.numbers import decimal_text, percent_text


def score_text(method: str, points: Fraction, maximum: Fraction, share: Fraction | None) -> str:
    """Say what was reached: points where they are added up, stages where there are some, else per cent.

    Nothing for no score, which is not zero.
    """
    if share is None:
        return ""
    values = {"points": decimal_text(points), "maximum": decimal_text(maximum)}
    if method == SUM:
        return _("%(points)s de %(maximum)s puntos") % values
    if method == STAGED:
        return (
            ngettext("%(points)s de %(maximum)s etapa", "%(points)s de %(maximum)s etapas", int(maximum))
            % values
        )
    return percent_text(share)


def last_score_text(evaluation: Any) -> str:
    """Say the score and the level of an evaluation's last result.

    Args:
        evaluation: as `EvaluationQuerySet.with_last_result` brings it.
    """
    total = evaluation.last_total
    if not total or total["share"] is None:
        return ""
    share, points, maximum = (Fraction(total[name]) for name in ("share", "points", "maximum"))
    reached = score_text(evaluation.last_method, points, maximum, share)
    return " · ".join(filter(None, [reached, _level(evaluation, total["level"])]))


def _level(evaluation: Any, place: int | None) -> str:
    names = evaluation.last_level_names or []
    if place is None or place >= len(names):
        return ""
    return text_in(names[place], get_language() or "es", evaluation.version.default_language)
