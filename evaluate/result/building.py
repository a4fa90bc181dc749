"""A result from a run: the score's numbers beside the version's words."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evaluate.engine.definition import (
    MINIMUM,
    POINTS_OVER_MAXIMUM,
    STAGED,
    SUM,
    WEIGHTED_MEAN,
    Question,
)
from evaluate.engine.paths import template_path
from evaluate.engine.scoring import CriterionScore, GroupScore, QuestionScore, Score
from evaluate.engine.state import FormState
from evaluate.models import Evaluation, EvaluationRun
from evaluate.result.climbing import Climb, Ladder, step_up
from evaluate.result.exclusions import exclusion_text
from evaluate.result.next_level import Way, way_up, worth
from evaluate.result.parts import (
    NextLevel,
    NextStep,
    Result,
    ResultCriterion,
    ResultGroup,
    ResultQuestion,
    ResultSection,
    Signature,
    Stage,
    Target,
)
from evaluate.result.words import Words
from evaluate.services.definitions import definition_of


def result_of(evaluation: Evaluation, run: EvaluationRun, *, state: FormState | None = None) -> Result:
    """Put a finished run in words for the people of the evaluation.

    Args:
        evaluation: loaded with its version, and with `submitted_by` where the name is to be shown.
        state: its answers, for texts that mention them; without it such texts show "…" in their place.
    """
    words = Words(definition_of(evaluation.version), reader_language(), state)
    name = str(evaluation.submitted_by) if evaluation.submitted_by_id and evaluation.submitted_by else ""
    # Of an earlier run: the evaluation was signed anew since then, perhaps by somebody else.
    is_earlier = evaluation.submitted_at is not None and run.signed_at < evaluation.submitted_at
    signature = Signature(run.signed_at, "" if is_earlier else name)
    return _Builder(words, score_of(run), is_private=True).result(evaluation, run, signature)


def public_result_of(evaluation: Evaluation, run: EvaluationRun) -> Result:
    """Put a finished run in words for everybody: no name, and nothing that people wrote."""
    words = Words(definition_of(evaluation.version), reader_language())
    signature = Signature(run.signed_at)
    return _Builder(words, score_of(run), is_private=False).result(evaluation, run, signature)


def score_of(run: EvaluationRun) -> Score:
    """Read the exact score that a finished run holds.

    Raises:
        ValueError: it was written in a format of before; the evaluation has to be scored again.
    """
    return Score.from_json(cast(dict[str, Any], run.result))


def reader_language() -> str:
    """The reader's language without its country."""
    return (get_language() or "es").split("-")[0]


def method_name(method: str) -> str:
    """Say how a score comes from its criteria, in a few words."""
    return {
        POINTS_OVER_MAXIMUM: _("puntos sobre el máximo"),
        WEIGHTED_MEAN: _("promedio ponderado"),
        SUM: _("suma de puntos"),
        MINIMUM: _("el criterio más bajo"),
        STAGED: _("por etapas"),
    }[method]


def by_impact(method: str, criteria: Iterable[CriterionScore]) -> list[CriterionScore]:
    """Order criteria by what reaching everything in each would add: weight times what is missing.

    For the minimum the lowest come first, and for stages those of the first unmet stage.
    """

    def order(each: CriterionScore) -> tuple[Fraction, Fraction, Fraction]:
        share = each.share if each.share is not None else Fraction(1)
        if method == STAGED:
            return (Fraction(bool(each.is_met)), Fraction(each.stage or 0), -_gap(method, each))
        if method == MINIMUM:
            return (share, -each.weight, Fraction(0))
        return (-_gap(method, each), share, Fraction(0))

    return sorted(criteria, key=order)


def _gap(method: str, criterion: CriterionScore) -> Fraction:
    if method in {POINTS_OVER_MAXIMUM, SUM}:
        return criterion.maximum - criterion.points
    return criterion.weight * (1 - (criterion.share or 0))


class _Builder:
    """Builds the parts of one result, each criterion once."""

    def __init__(self, words: Words, score: Score, *, is_private: bool) -> None:
        self.words = words
        self.definition = words.definition
        self.ladder = Ladder(words.definition, words.state)
        self.score = score
        self.is_private = is_private
        self.criteria = {
            each.key: self._criterion(number, each) for number, each in enumerate(score.criteria, start=1)
        }

    def result(self, evaluation: Evaluation, run: EvaluationRun, signature: Signature) -> Result:
        scored_at: datetime | None = run.finished_at
        return Result(
            title=self.words.title,
            method=self.score.method,
            method_name=method_name(self.score.method),
            levels=self.words.levels,
            total=self._group(self.score.total, _("Total")),
            areas=tuple(self._group(each, self.words.area(each.key)) for each in self.score.areas),
            sections=self._sections(),
            stages=self._stages(),
            next_level=self._next_level(),
            strengths=self._strengths(),
            opportunities=self._opportunities(),
            version_number=evaluation.version.number,
            scoring_signature=self.score.signature,
            run_id=run.pk,
            scored_at=scored_at,
            signature=signature,
            place_name=str(evaluation.municipality or ""),
            is_sample=evaluation.is_sample,
        )

    def _sections(self) -> tuple[ResultSection, ...]:
        by_section: dict[str, list[ResultCriterion]] = {}
        for each in self.criteria.values():
            by_section.setdefault(each.section, []).append(each)
        return tuple(
            ResultSection(
                number, self._group(group, self.words.section(group.key)), tuple(by_section[group.key])
            )
            for number, group in enumerate(self.score.sections, start=1)
        )

    def _group(self, group: GroupScore, label: str) -> ResultGroup:
        return ResultGroup(
            kind=group.kind,
            key=group.key,
            label=label,
            points=group.points,
            maximum=group.maximum,
            share=group.share,
            level=group.level,
            level_name=self.words.level(group.level),
            counted=group.counted,
            answered=group.answered,
            excluded=group.excluded,
            method=self.score.method,
        )

    def _criterion(self, number: int, score: CriterionScore) -> ResultCriterion:
        paths = [question.path for question in score.questions]
        return ResultCriterion(
            key=score.key,
            number=number,
            label=self.words.criterion(paths),
            section=score.section,
            section_label=self.words.section(score.section),
            area=score.area,
            topic=score.topic,
            topic_label=self.words.topic(score.topic) if score.topic else "",
            weight=score.weight,
            points=score.points,
            maximum=score.maximum,
            share=score.share,
            answer=self._answer(score.questions),
            answered=score.answered,
            following=self._following(score),
            excluded_because=score.excluded_because,
            exclusion=exclusion_text(score.excluded_because),
            questions=tuple(self._question(question) for question in score.questions),
            stage=score.stage,
            is_met=score.is_met,
            good=self._good(score),
        )

    def _question(self, question: QuestionScore) -> ResultQuestion:
        return ResultQuestion(
            path=question.path,
            label=self.words.question(question.path),
            answer=self._answer([question]),
            points=question.points,
            maximum=question.maximum,
            weight=question.weight,
            excluded_because=question.excluded_because,
            reason=question.reason if self.is_private else "",
        )

    def _answer(self, questions: Sequence[QuestionScore]) -> str:
        """Put the answers of a criterion in words; of several questions, each different one once."""
        answers = (self.words.answer(each.path, each.answer.split()) for each in questions)
        return " · ".join(dict.fromkeys(filter(None, answers)))

    def _following(self, score: CriterionScore) -> str:
        if not score.counted:
            return ""
        after = step_up(self.ladder, score)
        if after is None:
            return ""
        return " ".join(self._target_text(each) for each in self._targets(Climb(score, after, 1)))

    def _target_text(self, target: Target) -> str:
        return f"{target.question}: {target.description}" if target.question else target.description

    def _targets(self, climb: Climb) -> tuple[Target, ...]:
        is_alone = len(climb.before.questions) == 1
        return tuple(
            Target(
                "" if is_alone else self.words.question(question.path),
                self.words.answer(question.path, question.answer.split()),
            )
            for question in climb.raised
        )

    def _good(self, score: CriterionScore) -> str:
        item = self.definition.by_path.get(template_path(score.questions[0].path))
        return self.words.text(item.good) if isinstance(item, Question) else ""

    def _strengths(self) -> tuple[ResultCriterion, ...]:
        strong = [each for each in self.score.criteria if self.criteria[each.key].is_strong]
        strong.sort(key=lambda each: (-each.weight * (each.share or 0), -(each.share or 0)))
        return tuple(self.criteria[each.key] for each in strong)

    def _opportunities(self) -> tuple[ResultCriterion, ...]:
        weak = [each for each in self.score.criteria if self.criteria[each.key].is_weak]
        return tuple(self.criteria[each.key] for each in by_impact(self.score.method, weak))

    def _stages(self) -> tuple[Stage, ...]:
        if self.score.method != STAGED:
            return ()
        by_stage: dict[int, list[ResultCriterion]] = {}
        for each in self.criteria.values():
            if each.counted and each.stage is not None:
                by_stage.setdefault(each.stage, []).append(each)
        reached, stages = True, []
        for number in sorted(by_stage):
            unmet = tuple(each for each in by_stage[number] if not each.is_met)
            reached = reached and not unmet
            met = tuple(each for each in by_stage[number] if each.is_met)
            stages.append(Stage(number, self.words.stage(number), reached, met, unmet))
        return tuple(stages)

    def _next_level(self) -> NextLevel | None:
        way = way_up(self.definition, self.score, self.words.state)
        if way is None:
            return None
        name = self.words.stage(way.place) if self.score.method == STAGED else self.words.level(way.place)
        return NextLevel(name, way.missing, way.unit, self._steps(way), way.is_reachable)

    def _steps(self, way: Way) -> tuple[NextStep, ...]:
        method = self.score.method
        steps = [
            NextStep(
                criterion=self.criteria[climb.before.key],
                times=climb.times,
                gain=worth(method, climb.after) - worth(method, climb.before),
                share_after=climb.after.share,
                targets=self._targets(climb),
            )
            for climb in way.climbs
        ]
        return tuple(sorted(steps, key=lambda step: (-step.gain, step.criterion.number)))
