"""A section saved at once, as a browser without JavaScript does."""

import pytest
from django.test import Client
from django.urls import reverse

from evaluate.models import Evaluation
from tests.evaluate.answer_page import HTMX, post_section, save, section_url, stored
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation(client: Client) -> Evaluation:
    evaluation = municipal_evaluation()
    client.force_login(evaluation.owner)
    return evaluation


def test_without_javascript_the_section_is_saved_and_the_next_one_follows(client, evaluation):
    response = post_section(
        client, evaluation, **{"/residuos/separa": "no", "/residuos/responsable": "Obras"}
    )
    assert response.url == section_url(evaluation, "agua")
    assert stored(evaluation) == {"/residuos/separa": "no", "/residuos/responsable": "Obras"}
    response = post_section(client, evaluation, "agua", **{"/agua/mide": "si"})
    assert response.url == reverse("evaluate:evaluation-review", args=[evaluation.public_id])


def test_without_javascript_new_questions_keep_one_on_the_section(client, evaluation):
    response = post_section(client, evaluation, **{"/residuos/separa": "si"})
    assert response.url.startswith(section_url(evaluation) + "#q")
    page = client.get(response.url).content.decode()
    assert "hay 1 pregunta más en esta sección" in page
    assert "¿En cuántos barrios?" in page


def test_without_javascript_an_error_shows_a_summary_with_links_and_keeps_what_was_typed(client, evaluation):
    save(client, evaluation, "/residuos/separa", "si")
    fields = {"/residuos/separa": "si", "/residuos/barrios": "muchos", "/residuos/responsable": "Obras"}
    response = post_section(client, evaluation, **fields)
    assert response.url == section_url(evaluation) + "?revisar=1#errores"
    page = client.get(response.url).content.decode()
    assert 'class="error-summary"' in page
    assert 'value="muchos"' in page
    assert 'value="Obras"' in page
    assert page.count('href="#q2"') == 1


def test_without_javascript_one_may_go_to_any_section_and_nothing_is_lost(client, evaluation):
    fields = {"accion": "ir:agua", "/residuos/responsable": "Obras"}
    assert post_section(client, evaluation, **fields).url == section_url(evaluation, "agua")
    assert stored(evaluation) == {"/residuos/responsable": "Obras"}
    response = post_section(client, evaluation, **{"accion": "ir:revisar"})
    assert response.url == reverse("evaluate:evaluation-review", args=[evaluation.public_id])


def test_without_javascript_an_answer_can_be_taken_back(client, evaluation):
    save(client, evaluation, "/agua/mide", "si")
    post_section(client, evaluation, "agua", **{"accion": "borrar:/agua/mide", "/agua/mide": "si"})
    assert stored(evaluation)["/agua/mide"] == ""


def test_questions_that_were_not_on_the_page_stay_as_they_are(client, evaluation):
    save(client, evaluation, "/residuos/responsable", "Obras")
    client.post(section_url(evaluation), {"shown": ["/residuos/separa"], "/residuos/separa": "no"})
    assert stored(evaluation) == {"/residuos/responsable": "Obras", "/residuos/separa": "no"}


REPEATED = [
    {"type": "begin repeat", "name": "obra", "label": "Obra"},
    {"type": "text", "name": "nombre", "label": "Nombre"},
    {"type": "end repeat"},
]


def test_cases_are_added_and_removed_on_the_page_with_and_without_javascript(client):
    evaluation = personal_evaluation(questionnaire_version(REPEATED, (), slug="obras"))
    client.force_login(evaluation.owner)
    url = section_url(evaluation, "obra")
    response = client.post(
        url,
        {
            "shown": "/obra[1]/nombre",
            "/obra:count": "1",
            "/obra[1]/nombre": "Plaza",
            "accion": "agregar:/obra",
        },
    )
    assert response.url.startswith(f"{url}#q")
    shown = {
        "shown": ["/obra[1]/nombre", "/obra[2]/nombre"],
        "/obra:count": "2",
        "/obra[1]/nombre": "Plaza",
        "/obra[2]/nombre": "Puente",
    }
    fragment = client.post(url, {**shown, "accion": "quitar:/obra[1]"}, headers=HTMX).content.decode()
    assert "<html" not in fragment
    assert 'value="Puente"' in fragment
    assert stored(evaluation) == {"/obra[1]/nombre": "Puente"}
    assert client.post(url, {"accion": "quitar:/obra[9]", "/obra:count": "1"}).status_code == 404
    assert client.post(url, {"accion": "quitar:/otra[1]"}).status_code == 404
    assert client.post(url, {"accion": "agregar:/otra"}).status_code == 404
