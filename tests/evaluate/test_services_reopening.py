"""Signing, reopening and signing anew: what stays, what is cancelled, and what is written down."""

import threading

import pytest
from django.db import connection, transaction

from evaluate.models import CurrentResult, Evaluation, EvaluationRun
from evaluate.services.assignments import sections_assign
from evaluate.services.publishing import PUBLISHED, WITHDRAWN, result_publish, result_withdraw
from evaluate.services.reopening import REOPENED_NOTICE, CannotReopen, evaluation_reopen
from evaluate.services.scoring import evaluation_score
from evaluate.services.submission import evaluation_submit
from portal.audit.models import AuditEvent
from portal.notices.models import Notification
from tests.evaluate.factories import municipal_evaluation
from tests.evaluate.team import Team, team

pytestmark = pytest.mark.django_db
PATIENCE_SECONDS = 30


@pytest.fixture
def ours() -> Team:
    return team()


def reopen(ours: Team, reason: str = "Faltó el dato de obras") -> Evaluation:
    ours.evaluation = evaluation_reopen(evaluation=ours.evaluation, user=ours.coordinator, reason=reason)
    return ours.evaluation


def test_reopening_says_who_and_why_and_keeps_what_was_signed(ours):
    signed = ours.sign()
    signed_at, result = signed.submitted_at, CurrentResult.objects.get()
    reopened = reopen(ours)
    assert (reopened.is_draft, reopened.is_reopened) == (True, True)
    assert (reopened.submitted_at, reopened.submitted_by) == (signed_at, ours.coordinator)
    change = reopened.changes.last()
    assert (change.from_status, change.to_status, change.actor, change.reason) == (
        "scored",
        "draft",
        ours.coordinator,
        "Faltó el dato de obras",
    )
    assert AuditEvent.objects.filter(action="evaluation.reopened", target_id=str(reopened.pk)).exists()
    assert CurrentResult.objects.get() == result
    assert EvaluationRun.objects.get().status == "done"


def test_what_is_signed_anew_takes_the_place_of_what_was_signed(ours):
    first = ours.sign().submitted_at
    before = CurrentResult.objects.get().share
    reopen(ours)
    ours.answer(agua__mide="si")
    run = evaluation_submit(evaluation=ours.evaluation, user=ours.coordinator)
    evaluation_score(run_id=run.pk)
    now = CurrentResult.objects.get()
    assert (now.run_id, now.share > before, now.submitted_at > first) == (run.pk, True, True)
    assert EvaluationRun.objects.done().count() == 2
    assert AuditEvent.objects.filter(action="evaluation.signed").count() == 2


def test_a_scoring_that_was_not_finished_is_cancelled_and_never_done(ours):
    ours.answer()
    run = evaluation_submit(evaluation=ours.evaluation, user=ours.coordinator)
    reopen(ours)
    run.refresh_from_db()
    assert run.status == "cancelled"
    assert evaluation_score(run_id=run.pk) is None
    ours.evaluation.refresh_from_db()
    assert ours.evaluation.is_draft
    assert not CurrentResult.objects.exists()


def test_those_who_answer_it_are_told_and_nobody_else(ours):
    sections_assign(
        evaluation=ours.evaluation,
        user=ours.coordinator,
        added=[("agua", ours.ana.pk), ("residuos", ours.coordinator.pk)],
    )
    ours.sign()
    reopen(ours)
    notice = Notification.objects.get(kind=REOPENED_NOTICE)
    assert notice.user == ours.ana
    assert "Faltó el dato de obras" in notice.text


def test_it_stays_signed_while_the_town_has_another_one_open(ours):
    ours.sign()
    other = municipal_evaluation(ours.evaluation.version, user=ours.ana, municipality=ours.town)
    with pytest.raises(CannotReopen) as problem:
        reopen(ours)
    assert problem.value.other == other
    ours.evaluation.refresh_from_db()
    assert ours.evaluation.status == "scored"
    assert not ours.evaluation.changes.filter(reason__gt="").exists()


def test_what_is_open_is_not_opened_again(ours):
    ours.sign()
    reopen(ours)
    with pytest.raises(CannotReopen):
        reopen(ours)
    assert ours.evaluation.changes.filter(to_status="draft").count() == 2


def test_publishing_and_taking_back_are_written_down(ours):
    evaluation = ours.sign()
    result_publish(evaluation=evaluation, user=ours.coordinator)
    evaluation.refresh_from_db()
    assert (evaluation.is_published, evaluation.published_by) == (True, ours.coordinator)
    result_withdraw(evaluation=evaluation, user=ours.coordinator)
    evaluation.refresh_from_db()
    assert (evaluation.published_at, evaluation.published_by) == (None, None)
    steps = evaluation.changes.values_list("from_status", "to_status", "actor")
    assert list(steps)[-2:] == [
        ("scored", PUBLISHED, ours.coordinator.pk),
        (PUBLISHED, WITHDRAWN, ours.coordinator.pk),
    ]
    actions = AuditEvent.objects.filter(action__startswith="result.").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == ["result.published", "result.withdrawn"]


def test_a_public_result_stays_public_while_it_is_corrected(ours):
    result_publish(evaluation=ours.sign(), user=ours.coordinator)
    assert reopen(ours).is_published


def in_thread(work) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_reopening_while_a_worker_has_the_run_in_hand_ends_one_way_or_the_other():
    for number in range(4):
        ours = team()
        ours.answer()
        run = evaluation_submit(evaluation=ours.evaluation, user=ours.coordinator)
        barrier = threading.Barrier(2)

        def work(barrier=barrier, run=run) -> None:
            barrier.wait(PATIENCE_SECONDS)
            evaluation_score(run_id=run.pk)

        worker = in_thread(work)
        barrier.wait(PATIENCE_SECONDS)
        reopen(ours, f"Corrección {number}")
        worker.join(PATIENCE_SECONDS)
        assert not worker.is_alive()
        run.refresh_from_db()
        ours.evaluation.refresh_from_db()
        assert ours.evaluation.is_draft
        assert run.status in {"done", "cancelled"}
        assert CurrentResult.objects.filter(run=run).exists() == (run.status == "done")
        ours.evaluation.questionnaire.evaluations.update(status="scored")


@pytest.mark.django_db(transaction=True)
def test_reopening_waits_for_a_worker_that_holds_the_evaluation():
    ours = team()
    ours.answer()
    run = evaluation_submit(evaluation=ours.evaluation, user=ours.coordinator)
    done = threading.Event()
    with transaction.atomic():
        Evaluation.objects.select_for_update().get(pk=ours.evaluation.pk)
        thread = in_thread(lambda: (reopen(ours), done.set()))
        assert not done.wait(0.5)
        EvaluationRun.objects.filter(pk=run.pk).update(status="failed")
    thread.join(PATIENCE_SECONDS)
    assert done.is_set()
    assert EvaluationRun.objects.get(pk=run.pk).status == "failed"
