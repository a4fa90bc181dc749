"""Gathering what a report is made of, for its own people and for everybody."""

from typing import Any

from django.urls import reverse

from evaluate.benchmark.benchmark import benchmark_of
from evaluate.engine.state import FormState
from evaluate.models import Evaluation, EvaluationRun, PlanStep
from evaluate.plan.filters import in_order
from evaluate.reporting.document import ReportParts
from evaluate.result.building import public_result_of, reader_language, result_of
from evaluate.result.earlier_runs import earlier_runs, with_result
from evaluate.result.explanation import explanation_of
from evaluate.result.movement import Movement, movement_since
from evaluate.result.parts import Result
from evaluate.result.suggestions import suggestions_for
from evaluate.services.definitions import definition_of

MOST_STEPS = 60


def own_report(
    evaluation: Evaluation, run: EvaluationRun, state: FormState | None, *, user: Any, family: str = ""
) -> ReportParts:
    """Gather the report for whoever may see the evaluation.

    Args:
        family: the peer group to stand beside, as `benchmark_of` knows it; without one the most telling.
    """
    result = result_of(evaluation, run, state=state)
    benchmark = None
    if evaluation.municipality:
        benchmark = benchmark_of(evaluation, run, municipality=evaluation.municipality, family=family)
    return ReportParts(
        result=result,
        explanation=explanation_of(result, definition_of(evaluation.version), reader_language()),
        path=reverse("evaluate:evaluation-result", args=[evaluation.public_id]),
        is_personal=evaluation.is_personal,
        movement=_movement(evaluation, run, result),
        benchmark=benchmark,
        suggestions=suggestions_for(result, evaluation, user),
        steps=_steps(evaluation, user),
    )


def public_report(evaluation: Evaluation, run: EvaluationRun) -> ReportParts:
    """Gather the report for everybody: no names, nothing that people wrote, no plan."""
    result = public_result_of(evaluation, run)
    return ReportParts(
        result=result,
        explanation=explanation_of(result, definition_of(evaluation.version), reader_language()),
        path=reverse("evaluate:published-result", args=[evaluation.public_id]),
    )


def _movement(evaluation: Evaluation, run: EvaluationRun, result: Result) -> Movement | None:
    earlier = earlier_runs(evaluation, run)
    if not earlier:
        return None
    run.evaluation = evaluation
    return movement_since(result, run, with_result(earlier[0]))


def _steps(evaluation: Evaluation, user: Any) -> list[PlanStep]:
    """The plan of the evaluation's town, or of its owner, about the questionnaire; what was dropped is not in it."""
    steps = PlanStep.objects.filter(
        questionnaire=evaluation.questionnaire_id, municipality=evaluation.municipality_id
    ).exclude(status=PlanStep.Status.DROPPED)
    if evaluation.is_personal:
        steps = steps.filter(owner=user)
    return list(in_order(steps, user).select_related("responsible")[:MOST_STEPS])
