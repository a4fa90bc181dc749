"""Every number of a result worked out again, step by step, from what each question gave.

Nothing here reads the groups' stored numbers but to say whether they agree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from evaluate.engine.definition import (
    MINIMUM,
    STAGED,
    SUM,
    WEIGHTED_MEAN,
    FormDefinition,
    Question,
)
from evaluate.engine.paths import template_path
from evaluate.engine.scoring.levels import level_beginnings
from evaluate.result.numbers import decimal_text, fraction_text, percent_text
from evaluate.result.parts import Result, ResultCriterion, ResultGroup, lowest_of
from evaluate.result.words import Words

NOTHING = Fraction(0)
SHOWN_TERMS = 12


@dataclass(frozen=True)
class CriterionWork:
    """How a criterion got its points: a line for each question, and the sum."""

    criterion: ResultCriterion
    formula: str
    points: Fraction
    maximum: Fraction

    @property
    def share(self) -> Fraction | None:
        """The share worked out here."""
        return self.points / self.maximum if self.criterion.counted and self.maximum > 0 else None


@dataclass(frozen=True)
class GroupWork:
    """How a group got its share: the formula in numbers, the exact result, the rounded one, and the level."""

    group: ResultGroup
    formula: str
    share: Fraction | None
    level_text: str

    @property
    def exact(self) -> str:
        """The exact share, as a fraction."""
        return "" if self.share is None else fraction_text(self.share)

    @property
    def rounded(self) -> str:
        """The share with four decimals."""
        return "" if self.share is None else decimal_text(self.share, 4)

    @property
    def shown(self) -> str:
        """The share in whole per cent, as the result shows it."""
        return percent_text(self.share)

    @property
    def agrees(self) -> bool:
        """Whether it is the number that the result shows."""
        return self.share == self.group.share


@dataclass(frozen=True)
class Explanation:
    """A result's method in words, and the work behind the total, each area, each section and each criterion."""

    method_text: str
    not_applicable_text: str
    levels: tuple[str, ...]
    total: GroupWork
    areas: tuple[GroupWork, ...]
    sections: tuple[tuple[GroupWork, tuple[CriterionWork, ...]], ...]


def explanation_of(result: Result, definition: FormDefinition, language: str) -> Explanation:
    """Work a result out again from its questions."""
    work = {each.key: _criterion_work(each) for each in result.criteria}
    words = Words(definition, language)
    explainer = _Explainer(definition, words, work)
    return Explanation(
        method_text=method_text(result.method),
        not_applicable_text=_not_applicable_text(result.criteria),
        levels=explainer.levels(),
        total=explainer.group(result.total, result.criteria),
        areas=tuple(
            explainer.group(area, [each for each in result.criteria if each.area == area.key])
            for area in result.areas
        ),
        sections=tuple(
            (explainer.group(each.group, each.criteria), tuple(work[one.key] for one in each.criteria))
            for each in result.sections
        ),
    )


def method_text(method: str) -> str:
    """Say in a sentence or two how a score comes from its criteria."""
    texts = {
        SUM: _(
            "Se suman los puntos de todos los criterios que cuentan, cada uno multiplicado por su peso. "
            "Al lado se muestra qué parte del máximo posible es esa suma."
        ),
        WEIGHTED_MEAN: _(
            "De cada criterio se toma la parte de sus puntos que se alcanzó, y el puntaje es el promedio: "
            "cada parte cuenta tanto como pesa su criterio."
        ),
        MINIMUM: _(
            "De cada criterio se toma la parte de sus puntos que se alcanzó, y el puntaje es la más baja: "
            "se está tan bien como en el criterio más débil."
        ),
        STAGED: _(
            "Los criterios están ordenados en etapas. Una etapa se alcanza cuando se cumplen todos sus criterios y "
            "los de todas las etapas anteriores; el puntaje es cuántas etapas se alcanzaron."
        ),
    }
    return texts.get(
        method,
        _(
            "Se suman los puntos de todos los criterios que cuentan, cada uno multiplicado por su peso, y se divide "
            "por el máximo que esos mismos criterios podían dar."
        ),
    )


def _not_applicable_text(criteria: Iterable[ResultCriterion]) -> str:
    if all(each.counted for each in criteria):
        return ""
    return _(
        "Lo que no cuenta queda afuera de los dos lados: no suma puntos ni máximo. "
        "Una pregunta que corresponde y quedó sin responder sí cuenta, con cero puntos."
    )


def _criterion_work(criterion: ResultCriterion) -> CriterionWork:
    counted = [each for each in criterion.questions if each.counted]
    points = sum((each.weight * each.points for each in counted), NOTHING)
    maximum = sum((each.weight * each.maximum for each in counted), NOTHING)
    terms = [
        each.shown_points if each.weight == 1 else f"{each.shown_weight} × {_signed(each.points)}"
        for each in counted
    ]
    of_maximum = [
        each.shown_maximum if each.weight == 1 else f"{each.shown_weight} × {each.shown_maximum}"
        for each in counted
    ]
    formula = ""
    if counted:
        formula = _("%(points)s, de un máximo de %(maximum)s") % {
            "points": _sum_text(terms, points),
            "maximum": _sum_text(of_maximum, maximum),
        }
    return CriterionWork(criterion, formula, points, maximum)


def _sum_text(terms: Sequence[str], total: Fraction) -> str:
    """Write a sum with its terms; a long one without those in its middle, which the table lists."""
    shown = [*terms]
    if len(shown) > SHOWN_TERMS:
        shown = [*shown[: SHOWN_TERMS - 2], "…", shown[-1]]
    result = decimal_text(total)
    if len(terms) == 1 and terms[0] == result:
        return result
    return f"({' + '.join(shown)}) = {result}" if len(terms) > 1 else f"{terms[0]} = {result}"


def _signed(number: Fraction) -> str:
    written = decimal_text(number)
    return f"({written})" if number < 0 else written


class _Explainer:
    """Works groups out by the questionnaire's method."""

    def __init__(self, definition: FormDefinition, words: Words, work: dict[str, CriterionWork]) -> None:
        self.definition = definition
        self.words = words
        self.work = work

    def group(self, group: ResultGroup, criteria: Iterable[ResultCriterion]) -> GroupWork:
        counted = [each for each in criteria if each.counted]
        share, formula = self._worked(group.method, counted)
        return GroupWork(group, formula, share, self._level_text(group))

    def levels(self) -> tuple[str, ...]:
        """Say where each level begins."""
        if self.definition.scoring == STAGED or not self.words.levels:
            return ()
        in_points = self.definition.scoring == SUM and bool(self.definition.level_thresholds)
        begins = level_beginnings(self.definition)
        return tuple(
            _("%(level)s: desde %(begin)s puntos") % {"level": name, "begin": decimal_text(begin)}
            if in_points
            else _("%(level)s: desde %(begin)s %% del máximo")
            % {"level": name, "begin": decimal_text(begin * 100)}
            for name, begin in zip(self.words.levels, begins, strict=False)
        )

    def _worked(self, method: str, counted: Sequence[ResultCriterion]) -> tuple[Fraction | None, str]:
        if method == WEIGHTED_MEAN:
            return self._mean(counted)
        if method == MINIMUM:
            return self._minimum(counted)
        if method == STAGED:
            return self._staged(counted)
        return self._points(counted)

    def _points(self, counted: Sequence[ResultCriterion]) -> tuple[Fraction | None, str]:
        points = sum((self.work[each.key].points for each in counted), NOTHING)
        maximum = sum((self.work[each.key].maximum for each in counted), NOTHING)
        if maximum <= 0:
            return None, ""
        above = _sum_text([_signed(self.work[each.key].points) for each in counted], points)
        below = _sum_text([decimal_text(self.work[each.key].maximum) for each in counted], maximum)
        return points / maximum, _("%(points)s puntos, de %(maximum)s posibles") % {
            "points": above,
            "maximum": below,
        }

    def _mean(self, counted: Sequence[ResultCriterion]) -> tuple[Fraction | None, str]:
        shares = [
            (each.weight, share) for each in counted if (share := self.work[each.key].share) is not None
        ]
        weights = sum((weight for weight, _share in shares), NOTHING)
        if not weights:
            return None, ""
        points = sum((weight * share for weight, share in shares), NOTHING)
        above = _sum_text(
            [f"{decimal_text(weight)} × {fraction_text(share)}" for weight, share in shares], points
        )
        below = _sum_text([decimal_text(weight) for weight, _share in shares], weights)
        return points / weights, _("%(points)s, sobre los pesos: %(weights)s") % {
            "points": above,
            "weights": below,
        }

    def _minimum(self, counted: Sequence[ResultCriterion]) -> tuple[Fraction | None, str]:
        shares = [share for each in counted if (share := self.work[each.key].share) is not None]
        if not shares:
            return None, ""
        names = ", ".join(f"«{each.label}»" for each in lowest_of(counted)[:3])
        return min(shares), _("El más bajo de %(count)s criterios: %(names)s") % {
            "count": len(shares),
            "names": names,
        }

    def _staged(self, counted: Sequence[ResultCriterion]) -> tuple[Fraction | None, str]:
        stages = sorted({each.stage for each in counted if each.stage is not None})
        if not stages:
            return None, ""
        reached = 0
        for stage in stages:
            if not all(self._is_met(each) for each in counted if each.stage == stage):
                break
            reached += 1
        return Fraction(reached, len(stages)), _("%(reached)s de %(count)s etapas alcanzadas") % {
            "reached": reached,
            "count": len(stages),
        }

    def _is_met(self, criterion: ResultCriterion) -> bool:
        leading = next((each for each in criterion.questions if each.counted), None)
        item = self.definition.by_path.get(template_path(leading.path)) if leading else None
        share = self.work[criterion.key].share
        return isinstance(item, Question) and share is not None and share >= Fraction(item.met_at)

    def _level_text(self, group: ResultGroup) -> str:
        if not group.level_name:
            return ""
        return _("Nivel: %(level)s") % {"level": group.level_name}
