"""A result bears the date of the signature that it comes from, whatever was signed since."""

from datetime import timedelta

import pytest
from django.utils import timezone

from evaluate.entries import public_runs
from evaluate.models import CurrentResult, Evaluation, EvaluationRun
from evaluate.result.building import public_result_of, result_of
from evaluate.services.current_results import current_results_rebuild
from evaluate.services.publishing import result_publish
from evaluate.services.reopening import evaluation_reopen
from evaluate.services.scoring import evaluation_score
from evaluate.services.submission import evaluation_submit
from tests.evaluate.team import Team, team

pytestmark = pytest.mark.django_db
LAST_MONTH = timezone.now() - timedelta(days=30)


@pytest.fixture
def ours() -> Team:
    """A public result that was signed a month ago, opened since and signed anew just now, but not yet scored."""
    ours = team()
    ours.sign()
    Evaluation.objects.update(submitted_at=LAST_MONTH)
    EvaluationRun.objects.update(created_at=LAST_MONTH, finished_at=LAST_MONTH)
    current_results_rebuild()
    ours.evaluation.refresh_from_db()
    result_publish(evaluation=ours.evaluation, user=ours.coordinator)
    ours.evaluation = evaluation_reopen(evaluation=ours.evaluation, user=ours.coordinator, reason="Faltaba")
    ours.answer(agua__mide="si")
    evaluation_submit(evaluation=ours.evaluation, user=ours.coordinator)
    return ours


def test_until_the_new_score_is_there_everybody_reads_the_old_one_with_its_own_date(ours):
    run = public_runs().get()
    assert public_result_of(run.evaluation, run).signature.signed_at == LAST_MONTH
    assert result_of(run.evaluation, run).signature.signed_at == LAST_MONTH
    listed = Evaluation.objects.published().with_last_score().get()
    assert listed.last_signed_at == LAST_MONTH


def test_what_is_compared_keeps_its_date_also_when_all_of_it_is_made_anew(ours):
    current_results_rebuild()
    assert CurrentResult.objects.get().submitted_at == LAST_MONTH
    run = EvaluationRun.objects.unfinished().get()
    evaluation_score(run_id=run.pk)
    now = CurrentResult.objects.get()
    assert (now.run, now.submitted_at) == (run, ours.evaluation.submitted_at)
    current_results_rebuild()
    assert CurrentResult.objects.get().submitted_at == now.submitted_at


def test_the_new_score_bears_the_new_date(ours):
    evaluation_score(run_id=EvaluationRun.objects.unfinished().get().pk)
    run = public_runs().get()
    assert public_result_of(run.evaluation, run).signature.signed_at == ours.evaluation.submitted_at


def test_what_is_only_scored_again_keeps_the_date_of_its_signature():
    ours = team()
    ours.sign()
    Evaluation.objects.update(submitted_at=LAST_MONTH)
    again = evaluation_score(run_id=EvaluationRun.objects.create(evaluation=ours.evaluation).pk)
    again = EvaluationRun.objects.select_related("evaluation__version").get(pk=again.pk)
    assert again.signed_at == LAST_MONTH
    assert public_result_of(again.evaluation, again).signature.signed_at == LAST_MONTH
    assert Evaluation.objects.with_last_score().get().last_signed_at == LAST_MONTH
