"""Which earlier runs there are to compare a result with."""

from django.db.models import Q, QuerySet

from evaluate.models import Evaluation, EvaluationRun

SHOWN_RUNS = 12


def earlier_runs(evaluation: Evaluation, run: EvaluationRun) -> list[EvaluationRun]:
    """Return the earlier finished runs of the same questionnaire by the same town or person, the latest first.

    Without their results, which are long. A run of the same evaluation counts where it was signed before, not where
    the same answers were only scored again; invented evaluations stand beside invented ones.
    """
    return list(
        _of_the_same(evaluation)
        .filter(~Q(evaluation=evaluation) | Q(created_at__lt=evaluation.submitted_at), pk__lt=run.pk)
        .select_related("evaluation__version")
        .defer("result", "evaluation__version__definition")
        .order_by("-pk")[:SHOWN_RUNS]
    )


def with_result(run: EvaluationRun) -> EvaluationRun:
    """Load a run with what it holds and the questions of its version."""
    return EvaluationRun.objects.select_related("evaluation__version").get(pk=run.pk)


def _of_the_same(evaluation: Evaluation) -> QuerySet[EvaluationRun]:
    runs = EvaluationRun.objects.done().filter(
        evaluation__questionnaire=evaluation.questionnaire_id, evaluation__is_sample=evaluation.is_sample
    )
    if evaluation.municipality_id is None:
        return runs.filter(evaluation__municipality__isnull=True, evaluation__owner=evaluation.owner_id)
    return runs.filter(evaluation__municipality=evaluation.municipality_id)
