"""Where each municipality stands now: the last evaluation it signed, whoever scored it and in whatever order."""

import threading
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from evaluate.models import CurrentResult, Evaluation, EvaluationRun
from evaluate.services.answering import answer_save
from evaluate.services.current_results import current_results_rebuild
from evaluate.services.scoring import evaluation_score, evaluations_score
from evaluate.services.submission import evaluation_submit
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version
from tests.portal.accounts_factories import MembershipFactory

pytestmark = pytest.mark.django_db


def signed(evaluation: Evaluation, separates: str = "si", *, days_ago: int = 0) -> EvaluationRun:
    """Answer and hand in, as it was done some days ago."""
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/residuos/separa", value=separates)
    run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    assert run is not None
    if days_ago:
        at = timezone.now() - timedelta(days=days_ago)
        Evaluation.objects.filter(pk=evaluation.pk).update(submitted_at=at)
    return run


def of_one_town(*answers: tuple[str, int]) -> list[EvaluationRun]:
    """Evaluations of one town, handed in one after the other: what was answered, and how many days ago."""
    membership, version = MembershipFactory(), questionnaire_version()
    return [
        signed(
            municipal_evaluation(version, user=membership.user, municipality=membership.municipality),
            separates,
            days_ago=days_ago,
        )
        for separates, days_ago in answers
    ]


def standing() -> list[tuple[int, Decimal | None]]:
    return list(CurrentResult.objects.order_by("pk").values_list("run", "share"))


def test_a_town_stands_where_its_last_signed_evaluation_put_it():
    older, newer = of_one_town(("si", 9), ("no", 1))
    for run in (older, newer):
        evaluation_score(run_id=run.pk)
    assert standing() == [(newer.pk, Decimal(0))]


@pytest.mark.parametrize("together", [True, False])
def test_an_older_evaluation_that_is_scored_later_changes_nothing(together):
    older, newer = of_one_town(("si", 9), ("no", 1))
    for run_ids in [[newer.pk, older.pk]] if together else [[newer.pk], [older.pk]]:
        evaluations_score(run_ids=run_ids)
    assert standing() == [(newer.pk, Decimal(0))]
    assert EvaluationRun.objects.done().count() == 2


def test_an_invented_result_never_takes_the_place_of_a_real_one_but_gives_its_own_up():
    real, invented = of_one_town(("si", 9), ("no", 1))
    Evaluation.objects.filter(pk=invented.evaluation_id).update(is_sample=True)
    for run in (invented, real):
        evaluation_score(run_id=run.pk)
    assert standing() == [(real.pk, Decimal("0.5"))]
    assert CurrentResult.objects.filter(is_sample=False).exists()


def test_a_self_check_is_no_towns_result():
    evaluation_score(run_id=signed(personal_evaluation()).pk)
    assert standing() == []


def test_what_is_compared_is_kept_with_the_mark_of_what_decides_it():
    evaluation_score(run_id=of_one_town(("si", 0))[0].pk)
    kept = CurrentResult.objects.get()
    assert kept.signature == kept.run.evaluation.version.scoring_signature
    assert (kept.shares["total"], kept.shares["section:agua"], kept.shares["criterion:separa"]) == (0.5, 0, 1)


def test_with_its_evaluation_deleted_a_town_falls_back_to_its_result_before():
    older, newer = of_one_town(("si", 9), ("no", 1))
    evaluations_score(run_ids=[older.pk, newer.pk])
    newer.evaluation.delete()
    assert standing() == [(older.pk, Decimal("0.5"))]
    Evaluation.objects.filter(pk=older.evaluation_id).delete()
    assert standing() == []


def test_an_evaluation_that_is_open_again_stands_until_it_is_signed_anew():
    run = of_one_town(("si", 2))[0]
    evaluation_score(run_id=run.pk)
    Evaluation.objects.update(status="draft", submitted_at=None)
    assert standing() == [(run.pk, Decimal("0.5"))]
    current_results_rebuild()
    assert standing() == [(run.pk, Decimal("0.5"))]
    again = signed(Evaluation.objects.with_questionnaire().get(), "no")
    evaluation_score(run_id=again.pk)
    assert standing() == [(again.pk, Decimal(0))]


def test_the_current_results_are_rebuilt_as_they_were():
    older, newer = of_one_town(("si", 9), ("no", 1))
    other = signed(municipal_evaluation(older.evaluation.version))
    evaluations_score(run_ids=[older.pk, newer.pk, other.pk])
    fields = (
        "questionnaire",
        "municipality",
        "run",
        "signature",
        "share",
        "shares",
        "submitted_at",
        "is_sample",
    )
    before = list(CurrentResult.objects.order_by("run").values(*fields))
    assert [row["run"] for row in before] == [newer.pk, other.pk]
    CurrentResult.objects.filter(run=newer).delete()
    CurrentResult.objects.update(shares={}, share=None)
    call_command("rebuild_current_results", verbosity=0)
    assert list(CurrentResult.objects.order_by("run").values(*fields)) == before


def test_a_result_of_an_older_format_stands_for_nothing():
    run = of_one_town(("si", 0))[0]
    evaluation_score(run_id=run.pk)
    EvaluationRun.objects.update(result={"format": 1})
    assert current_results_rebuild() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_two_evaluations_of_one_town_leave_the_later_one():
    older, newer = of_one_town(("si", 9), ("no", 1))
    problems: list[BaseException] = []

    def score(run: EvaluationRun) -> None:
        try:
            evaluation_score(run_id=run.pk)
        except BaseException as problem:  # A thread's own; the test shows it.
            problems.append(problem)
        finally:
            connection.close()

    workers = [threading.Thread(target=score, args=[run]) for run in (newer, older)]
    with transaction.atomic():
        # Both must wait for these rows, so that they write at the same moment once they are free.
        list(Evaluation.objects.select_for_update())
        for worker in workers:
            worker.start()
        wait_for_both()
    for worker in workers:
        worker.join(30)
    assert problems == []
    assert standing() == [(newer.pk, Decimal(0))]
    assert EvaluationRun.objects.done().count() == 2


def wait_for_both() -> None:
    for _attempt in range(200):
        if _waiting() == 2:
            return
        threading.Event().wait(0.05)
    raise AssertionError("the workers never came to the rows")


def _waiting() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]
