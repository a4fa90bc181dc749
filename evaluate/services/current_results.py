"""Where each municipality stands now in each questionnaire: what its results are compared by."""

from evaluate.engine.scoring import Score
from evaluate.models import CurrentResult, Evaluation, EvaluationRun


def current_result_note(*, run: EvaluationRun, evaluation: Evaluation, score: Score) -> None:
    """Make a finished run its municipality's result, unless a later evaluation already is.

    A person's self-check is nobody's result, and an invented one never takes the place of a real one.
    """
    if evaluation.municipality_id is None or evaluation.submitted_at is None:
        return
    standing = CurrentResult.objects.select_for_update().filter(
        questionnaire=evaluation.questionnaire_id, municipality=evaluation.municipality_id
    )
    earlier = standing.first()
    if earlier is not None and not _replaces(evaluation, earlier):
        return
    values = {
        "run": run,
        "signature": score.signature,
        "share": run.score,
        "shares": score.shares(),
        "submitted_at": evaluation.submitted_at,
        "is_sample": evaluation.is_sample,
    }
    CurrentResult.objects.update_or_create(
        questionnaire_id=evaluation.questionnaire_id,
        municipality_id=evaluation.municipality_id,
        defaults=values,
    )


def _replaces(evaluation: Evaluation, earlier: CurrentResult) -> bool:
    if evaluation.is_sample != earlier.is_sample:
        return earlier.is_sample
    return bool(evaluation.submitted_at and evaluation.submitted_at >= earlier.submitted_at)
