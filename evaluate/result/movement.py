"""What moved since an earlier run: criteria are matched by their keys, which live on through versions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluate.engine.definition import FormDefinition
from evaluate.engine.scoring import CriterionScore, GroupScore, Score
from evaluate.models import EvaluationRun
from evaluate.result.building import method_name, reader_language, score_of
from evaluate.result.numbers import percent_of, percent_text
from evaluate.result.parts import Result
from evaluate.result.words import Words
from evaluate.services.definitions import definition_of


class Direction(StrEnum):
    """Which way something moved; `unknown` where one of the two has no score."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    NEW = "new"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Change:
    """A share before and now; None where it had no score then, which is not zero."""

    key: str
    label: str
    before: Fraction | None
    now: Fraction | None
    direction: Direction

    @property
    def shown_before(self) -> str:
        """The earlier share as text."""
        return percent_text(self.before)

    @property
    def shown_now(self) -> str:
        """The share now as text."""
        return percent_text(self.now)

    @property
    def shown_difference(self) -> str:
        """How much it moved, in points of per cent with their sign; nothing where there is nothing to subtract."""
        difference = self.difference
        if difference is None:
            return ""
        points = percent_of(abs(difference)) or 0
        if not difference:
            return "0"
        # What moved less than half a point moved all the same.
        return f"{'+' if difference > 0 else '−'}{points or '<1'}"

    @property
    def difference(self) -> Fraction | None:
        """The exact difference."""
        if self.before is None or self.now is None:
            return None
        return self.now - self.before


@dataclass(frozen=True)
class Movement:
    """A result beside an earlier one of the same questionnaire."""

    run_id: int
    signed_at: datetime
    version_number: int
    is_same_evaluation: bool
    before_level: str
    is_comparable: bool
    differences: tuple[str, ...]
    total: Change
    areas: tuple[Change, ...]
    sections: tuple[Change, ...]
    criteria: tuple[Change, ...]

    def going(self, *directions: str) -> list[Change]:
        """The criteria that moved in one of these ways."""
        return [change for change in self.criteria if change.direction in directions]

    @property
    def up(self) -> list[Change]:
        """The criteria that rose, those that rose most first."""
        return sorted(self.going(Direction.UP), key=lambda each: -(each.difference or 0))

    @property
    def down(self) -> list[Change]:
        """The criteria that fell, those that fell most first."""
        return sorted(self.going(Direction.DOWN), key=lambda each: each.difference or 0)

    @property
    def same(self) -> list[Change]:
        """The criteria that stayed."""
        return self.going(Direction.SAME)

    @property
    def new(self) -> list[Change]:
        """The criteria that the questionnaire did not have then."""
        return self.going(Direction.NEW)

    @property
    def gone(self) -> list[Change]:
        """The criteria that the questionnaire has no more."""
        return self.going(Direction.GONE)

    @property
    def unknown(self) -> list[Change]:
        """The criteria that had a score only one of the two times."""
        return self.going(Direction.UNKNOWN)


def movement_since(result: Result, run: EvaluationRun, earlier: EvaluationRun) -> Movement | None:
    """Compare a result with an earlier run; None where that one was written in a format of before.

    Args:
        run: the result's own run.
        earlier: loaded with its evaluation and that one's version.
    """
    try:
        before = score_of(earlier)
    except ValueError:
        return None
    now = score_of(run)
    definition = definition_of(earlier.evaluation.version)
    words = Words(definition, reader_language())
    criteria = _criteria(result, before, words)
    return Movement(
        run_id=earlier.pk,
        signed_at=earlier.created_at,
        version_number=earlier.evaluation.version.number,
        is_same_evaluation=earlier.evaluation_id == run.evaluation_id,
        before_level=words.level(before.total.level),
        is_comparable=before.signature == now.signature,
        differences=tuple(
            _differences(before, now, criteria, definition, definition_of(run.evaluation.version))
        ),
        total=_change("total", result.total.label, before.share, now.share),
        areas=_groups(
            [(each.key, each.label, each.share) for each in result.areas], before.areas, words.area
        ),
        sections=_groups(
            [(each.group.key, each.group.label, each.group.share) for each in result.sections],
            before.sections,
            words.section,
        ),
        criteria=tuple(criteria),
    )


def _change(key: str, label: str, before: Fraction | None, now: Fraction | None) -> Change:
    if before is None or now is None:
        return Change(key, label, before, now, Direction.UNKNOWN)
    if before == now:
        return Change(key, label, before, now, Direction.SAME)
    return Change(key, label, before, now, Direction.UP if now > before else Direction.DOWN)


def _groups(
    now: Sequence[tuple[str, str, Fraction | None]], before: Sequence[GroupScore], named: Callable[[str], str]
) -> tuple[Change, ...]:
    earlier = {group.key: group for group in before}
    changes = [
        _change(key, label, earlier[key].share, share)
        if key in earlier
        else Change(key, label, None, share, Direction.NEW)
        for key, label, share in now
    ]
    known = {key for key, _label, _share in now}
    gone = [group for group in before if group.key not in known]
    return (*changes, *(Change(each.key, named(each.key), each.share, None, Direction.GONE) for each in gone))


def _criteria(result: Result, before: Score, words: Words) -> list[Change]:
    changes = []
    for each in result.criteria:
        earlier = before.by_key.get(each.key)
        if earlier is None:
            changes.append(Change(each.key, each.label, None, each.share, Direction.NEW))
        else:
            changes.append(_change(each.key, each.label, earlier.share, each.share))
    known = {each.key for each in result.criteria}
    for gone in before.criteria:
        if gone.key not in known:
            label = words.criterion([question.path for question in gone.questions])
            changes.append(Change(gone.key, label, gone.share, None, Direction.GONE))
    return changes


def _differences(
    before: Score, now: Score, criteria: Sequence[Change], then: FormDefinition, current: FormDefinition
) -> list[str]:
    """Say what is other than then, so that totals are read with care."""
    found = []
    if before.method != now.method:
        found.append(
            _("Antes se puntuaba de otra manera: %(before)s; ahora: %(now)s.")
            % {"before": method_name(before.method), "now": method_name(now.method)}
        )
    found += _counted_differences(before, now, criteria)
    if (then.level_thresholds, len(then.level_names)) != (current.level_thresholds, len(current.level_names)):
        found.append(_("Los niveles empiezan en otros puntajes."))
    if before.signature != now.signature and not found:
        found.append(_("Cambiaron los puntos o los pesos de algunas respuestas."))
    return found


def _counted_differences(before: Score, now: Score, criteria: Sequence[Change]) -> list[str]:
    new = sum(each.direction == Direction.NEW for each in criteria)
    gone = sum(each.direction == Direction.GONE for each in criteria)
    once = sum(
        each.direction == Direction.UNKNOWN and (each.before is None) != (each.now is None)
        for each in criteria
    )
    common = [(now.by_key[key], before.by_key[key]) for key in now.by_key if key in before.by_key]
    weighed = sum(_is_weighed_otherwise(one, other) for one, other in common)
    counts = (
        (new, ngettext("Hay %(n)s criterio nuevo.", "Hay %(n)s criterios nuevos.", new)),
        (gone, ngettext("Ya no está %(n)s criterio.", "Ya no están %(n)s criterios.", gone)),
        (
            weighed,
            ngettext(
                "%(n)s criterio pesa o puntúa distinto.", "%(n)s criterios pesan o puntúan distinto.", weighed
            ),
        ),
        (
            once,
            ngettext(
                "%(n)s criterio contó solo una de las dos veces.",
                "%(n)s criterios contaron solo una de las dos veces.",
                once,
            ),
        ),
    )
    return [text % {"n": count} for count, text in counts if count]


def _is_weighed_otherwise(one: CriterionScore, other: CriterionScore) -> bool:
    """Say whether weight or maximum differ by the questionnaire, not by how many cases were answered."""
    if not (one.counted and other.counted) or len(one.questions) != len(other.questions):
        return False
    return (one.weight, one.maximum) != (other.weight, other.maximum)
