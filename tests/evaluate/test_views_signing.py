"""Signing, reopening and publishing, as the people of a municipality do it."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from evaluate.models import Evaluation, EvaluationRun
from evaluate.services.assignments import sections_assign
from evaluate.services.reopening import evaluation_reopen
from tests.evaluate.factories import municipal_evaluation, personal_evaluation
from tests.evaluate.team import ANSWERS, Team, team
from tests.portal.accounts_factories import MembershipFactory

pytestmark = pytest.mark.django_db
PATIENCE_SECONDS = 30


@pytest.fixture
def ours(client) -> Team:
    ours = team()
    client.force_login(ours.coordinator)
    return ours


def url(evaluation: Evaluation, name: str) -> str:
    return reverse(f"evaluate:{name}", args=[evaluation.public_id])


def read(client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_the_review_says_what_is_missing_who_has_it_and_offers_to_remind(client, ours):
    sections_assign(evaluation=ours.evaluation, user=ours.coordinator, added=[("residuos", ours.ana.pk)])
    page = read(client, url(ours.evaluation, "evaluation-review"))
    assert "Antes de firmar falta esto" in page
    assert "La tiene Ana Agua" in page
    assert f'value="{ours.ana.public_id}"' in page
    assert "Sin nadie a cargo" in page


def test_a_colleague_sees_what_is_missing_and_who_signs_but_has_no_button(client, ours):
    ours.answer()
    client.force_login(ours.ana)
    page = read(client, url(ours.evaluation, "evaluation-review"))
    assert "La firma Coco Coordina" in page
    assert "Firmar y ver el resultado" not in page
    assert client.post(url(ours.evaluation, "evaluation-review")).status_code == 403
    ours.evaluation.refresh_from_db()
    assert ours.evaluation.is_draft


def test_the_coordinator_signs_and_is_told_what_that_means(client, ours):
    ours.answer()
    page = read(client, url(ours.evaluation, "evaluation-review"))
    assert "Al firmar decís que estas son las respuestas de Villa Nuestra" in page
    response = client.post(url(ours.evaluation, "evaluation-review"))
    assert response.url == url(ours.evaluation, "evaluation-result")
    ours.evaluation.refresh_from_db()
    assert (ours.evaluation.status, ours.evaluation.submitted_by) == ("submitted", ours.coordinator)
    assert "Firmada el" in read(client, url(ours.evaluation, "evaluation"))


def test_a_self_check_is_finished_and_not_signed(client, ours):
    check = personal_evaluation(ours.evaluation.version, user=ours.coordinator)
    ours.evaluation = check
    ours.answer(
        ours.coordinator, **{path.strip("/").replace("/", "__"): each for path, each in ANSWERS.items()}
    )
    page = read(client, url(check, "evaluation-review"))
    assert "Terminar y ver el resultado" in page
    assert "irmar" not in page.split("<main")[1].split("</main>")[0]
    client.post(url(check, "evaluation-review"))
    check.refresh_from_db()
    assert check.status == "submitted"
    for name in ("evaluation-reopen", "result-publish"):
        assert client.get(url(check, name)).status_code == 403
        assert client.post(url(check, name), {"reason": "x", "publico": "si"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_sign_at_once_one_signs_and_the_other_is_led_to_the_result():
    ours = team()
    ours.answer()
    second = MembershipFactory(municipality=ours.town, coordinator=True).user
    barrier = threading.Barrier(2)
    answers: list[int] = []

    def sign(user) -> None:
        browser = Client()
        browser.force_login(user)
        barrier.wait(PATIENCE_SECONDS)
        answers.append(browser.post(url(ours.evaluation, "evaluation-review")).status_code)
        connection.close()

    threads = [threading.Thread(target=sign, args=[user]) for user in (ours.coordinator, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    assert sorted(answers) in ([302, 302], [302, 403])
    assert EvaluationRun.objects.count() == 1
    assert ours.evaluation.changes.filter(to_status="submitted").count() == 1


def test_reopening_needs_a_reason_and_shows_it_to_the_team(client, ours):
    evaluation = ours.sign()
    reopen = url(evaluation, "evaluation-reopen")
    assert "El resultado firmado se sigue viendo" in read(client, reopen)
    for reason in ("", "   ", "x" * 301):
        page = client.post(reopen, {"reason": reason}).content.decode()
        assert "Revisá lo siguiente" in page
    evaluation.refresh_from_db()
    assert not evaluation.is_draft
    response = client.post(reopen, {"reason": "Faltaba el dato de obras"})
    assert response.url == url(evaluation, "evaluation")
    page = read(client, response.url)
    assert "reabrió la autoevaluación: Faltaba el dato de obras" in page
    assert "Ver el resultado firmado" in page
    again = client.post(reopen, {"reason": "Otra vez"})
    assert again.url == url(evaluation, "evaluation")
    assert evaluation.changes.filter(to_status="draft").count() == 2


def test_a_colleague_who_does_not_lead_cannot_reopen(client, ours):
    evaluation = ours.sign()
    client.force_login(ours.ana)
    assert client.post(url(evaluation, "evaluation-reopen"), {"reason": "Quiero"}).status_code == 403
    assert "Reabrir" not in read(client, url(evaluation, "evaluation"))


def test_when_another_one_is_open_the_page_leads_to_it_and_keeps_the_reason(client, ours):
    evaluation = ours.sign()
    other = municipal_evaluation(evaluation.version, user=ours.ana, municipality=ours.town)
    page = client.post(url(evaluation, "evaluation-reopen"), {"reason": "Faltaba algo"}).content.decode()
    assert "ya tiene otra autoevaluación de este cuestionario en curso" in page
    assert url(other, "evaluation") in page
    assert "Faltaba algo" in page


def test_publishing_shows_what_everybody_would_read_and_is_taken_back_at_once(client, ours):
    ours.answer(residuos__responsable="Jefa Secreta")
    evaluation = ours.sign()
    publish = url(evaluation, "result-publish")
    page = read(client, publish)
    assert "¿Se separan los residuos?" in page
    assert "Jefa Secreta" not in page
    assert "Coco Coordina" not in page.split("<main")[1].split("</main>")[0]
    client.post(publish, {"publico": "si"})
    client.post(publish, {"publico": "si"})
    evaluation.refresh_from_db()
    assert evaluation.is_published
    assert Client().get(url(evaluation, "published-result")).status_code == 200
    assert "Retirarlo ahora" in read(client, publish)
    client.post(publish, {"publico": "no"})
    client.post(publish, {"publico": "no"})
    evaluation.refresh_from_db()
    assert not evaluation.is_published
    assert Client().get(url(evaluation, "published-result")).status_code == 404
    assert list(evaluation.changes.values_list("to_status", flat=True))[-2:] == ["published", "withdrawn"]


def test_what_is_public_can_be_taken_back_while_it_is_corrected(client, ours):
    evaluation = ours.sign()
    publish = url(evaluation, "result-publish")
    client.post(publish, {"publico": "si"})
    evaluation_reopen(evaluation=evaluation, user=ours.coordinator, reason="Un error")
    assert Client().get(url(evaluation, "published-result")).status_code == 200
    assert "está reabierta" in read(client, publish)
    client.post(publish, {"publico": "no"})
    assert Client().get(url(evaluation, "published-result")).status_code == 404
    assert client.post(publish, {"publico": "si"}).status_code == 403


def test_what_has_no_result_yet_is_not_published(client, ours):
    publish = url(ours.evaluation, "result-publish")
    assert "todavía no lo tiene" in read(client, publish)
    assert client.post(publish, {"publico": "si"}).status_code == 403


def test_only_those_who_lead_publish(client, ours):
    evaluation = ours.sign()
    for user in (ours.ana, MembershipFactory(municipality=ours.town).user):
        client.force_login(user)
        assert client.post(url(evaluation, "result-publish"), {"publico": "si"}).status_code == 403
    evaluation.refresh_from_db()
    assert not evaluation.is_published
