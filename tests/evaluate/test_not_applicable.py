"""Saying that a question does not apply, with a reason."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from evaluate.models import Answer, Evaluation
from evaluate.services.states import evaluation_state
from evaluate.services.submission import evaluation_review
from tests.evaluate.answer_page import post_section, save, section_url
from tests.evaluate.factories import criteria_version, municipal_evaluation
from tests.evaluate.queries import counted_queries

pytestmark = pytest.mark.django_db
PATH = "/riego/riego_1"
MARKED = {f"{PATH}:na": "1"}
MISSING = "Contá en una línea por qué no aplica en tu municipio."


@pytest.fixture
def evaluation(client: Client) -> Evaluation:
    evaluation = municipal_evaluation(criteria_version())
    client.force_login(evaluation.owner)
    return evaluation


def because(reason: str) -> dict[str, str]:
    return {**MARKED, f"{PATH}:motivo": reason}


def kept(evaluation: Evaluation) -> tuple[object, bool, str]:
    answer = Answer.objects.get(evaluation=evaluation, path=PATH)
    return answer.value, answer.is_not_applicable, answer.reason


def test_it_is_offered_where_the_version_allows_it(client, evaluation):
    page = client.get(section_url(evaluation, "riego")).content.decode()
    assert page.count("No aplica en nuestro municipio") == 2
    other = municipal_evaluation(user=evaluation.owner, municipality=evaluation.municipality)
    assert "No aplica" not in client.get(section_url(other)).content.decode()


def test_the_answer_of_before_stays_and_comes_back(client, evaluation):
    save(client, evaluation, PATH, "2")
    save(client, evaluation, PATH, **because("No hay riego"))
    assert kept(evaluation) == ("2", True, "No hay riego")
    assert evaluation_state(evaluation).value(PATH) == ""
    fragments = save(client, evaluation, PATH).content.decode()
    assert kept(evaluation) == ("2", False, "")
    assert re.search(r'value="2"\s+checked', fragments)


def test_whoever_answers_says_that_it_applies(client, evaluation):
    save(client, evaluation, PATH, **because("No hay riego"))
    save(client, evaluation, PATH, "3")
    assert kept(evaluation) == ("3", False, "")


def test_the_reason_is_saved_as_it_is_typed_and_the_field_being_typed_in_is_not_drawn_anew(
    client, evaluation
):
    save(client, evaluation, PATH, **MARKED)
    fragments = save(client, evaluation, PATH, **because("No hay")).content.decode()
    assert kept(evaluation) == ("", True, "No hay")
    assert ":motivo" not in fragments
    assert "1 de 2" in fragments


def test_a_missing_reason_is_called_so_at_the_item_and_keeps_it_from_being_signed(client, evaluation):
    fragments = save(client, evaluation, PATH, **MARKED).content.decode()
    assert MISSING not in fragments, "whoever just ticked the box is about to write it"
    assert MISSING in client.get(section_url(evaluation, "riego")).content.decode()
    assert evaluation_review(evaluation=evaluation).invalid == {PATH: (MISSING,)}
    page = client.get(reverse("evaluate:evaluation-review", args=[evaluation.public_id])).content.decode()
    assert MISSING in page
    assert "Falta el motivo" in page
    save(client, evaluation, PATH, **because("   "))
    assert PATH in evaluation_review(evaluation=evaluation).invalid


def test_it_satisfies_what_is_required_and_is_read_with_its_reason(client, evaluation):
    for path in ("/riego/riego_1", "/riego/riego_2", "/juegos/juegos_1", "/juegos/juegos_2"):
        save(client, evaluation, path, **{f"{path}:na": "1", f"{path}:motivo": "No tenemos plazas"})
    assert evaluation_review(evaluation=evaluation).is_ready
    review = client.get(reverse("evaluate:evaluation-review", args=[evaluation.public_id])).content.decode()
    assert review.count("No tenemos plazas") == 4
    Evaluation.objects.filter(pk=evaluation.pk).update(status="scored", submitted_at=evaluation.started_at)
    result = client.get(reverse("evaluate:evaluation-result", args=[evaluation.public_id])).content.decode()
    assert result.count("No aplica: No tenemos plazas") == 4


def test_without_javascript_too(client, evaluation):
    post_section(client, evaluation, "riego", **{PATH: "1", **because("Lo lleva la provincia")})
    assert kept(evaluation) == ("1", True, "Lo lleva la provincia")
    post_section(client, evaluation, "riego", **because("Lo lleva la provincia entera"))
    assert kept(evaluation) == ("1", True, "Lo lleva la provincia entera")
    response = post_section(client, evaluation, "riego", **because(""))
    assert response.url.endswith("#errores")
    post_section(client, evaluation, "riego")
    assert kept(evaluation) == ("1", False, "")
    post_section(client, evaluation, "riego", **because("Otra vez"))
    post_section(client, evaluation, "riego", **{PATH: "3", **because("Otra vez")})
    assert kept(evaluation) == ("3", False, ""), (
        "an answer chosen on a page that showed none is the newer word"
    )


def test_saving_a_mark_takes_at_most_six_queries(client, evaluation):
    save(client, evaluation, PATH, "2")
    with counted_queries() as queries:
        save(client, evaluation, PATH, **because("No hay"))
    assert len(queries) <= 6, "\n".join(queries)
