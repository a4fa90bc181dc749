"""Several people on the same evaluation at the same moment, each with a browser of her own."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluate.models import Answer, Evaluation
from tests.evaluate.factories import municipal_evaluation
from tests.portal.accounts_factories import MembershipFactory

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 30


def browser_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def in_thread(work) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_two_colleagues_who_save_at_once_lose_no_answer():
    evaluation = municipal_evaluation()
    colleague = MembershipFactory(municipality=evaluation.municipality).user
    url = reverse("evaluate:answer-save", args=[evaluation.public_id])
    answers = {
        "/residuos/separa": (evaluation.owner, "si"),
        "/residuos/responsable": (colleague, "Obras"),
        "/agua/mide": (evaluation.owner, "no"),
        "/residuos/barrios": (colleague, "12"),
    }
    browsers = {path: browser_of(user) for path, (user, _value) in answers.items()}
    barrier = threading.Barrier(len(answers))
    statuses: list[int] = []

    def save(path: str, value: str) -> None:
        barrier.wait(PATIENCE_SECONDS)
        statuses.append(browsers[path].post(url, {"path": path, path: value}).status_code)

    threads = [
        in_thread(lambda path=path, value=given[1]: save(path, value)) for path, given in answers.items()
    ]
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert statuses == [200] * len(answers)
    stored = dict(Answer.objects.filter(evaluation=evaluation).values_list("path", "value"))
    assert stored == {path: value for path, (_user, value) in answers.items()}


def test_an_answer_that_arrives_while_it_is_handed_in_is_not_slipped_in_afterwards():
    evaluation = municipal_evaluation()
    browser = browser_of(MembershipFactory(municipality=evaluation.municipality).user)
    url = reverse("evaluate:answer-save", args=[evaluation.public_id])
    statuses: list[int] = []
    with transaction.atomic():
        Evaluation.objects.select_for_update().get(pk=evaluation.pk)
        thread = in_thread(
            lambda: statuses.append(
                browser.post(url, {"path": "/residuos/separa", "/residuos/separa": "si"}).status_code
            )
        )
        wait_for_a_waiting_query()
        Evaluation.objects.filter(pk=evaluation.pk).update(status="submitted", submitted_at=timezone.now())
    thread.join(PATIENCE_SECONDS)
    assert statuses == [403]
    assert not Answer.objects.exists()


def wait_for_a_waiting_query() -> None:
    """Wait until another connection stands still at a lock."""
    end = time.monotonic() + PATIENCE_SECONDS
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            assert time.monotonic() < end, "nothing waits for the row"
            time.sleep(0.05)
