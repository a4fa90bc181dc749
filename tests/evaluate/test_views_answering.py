"""The answer page, saved answer by answer."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from evaluate.models import Evaluation
from evaluate.services.answering import answer_save
from tests.evaluate.answer_page import save, section_url, stored
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version
from tests.evaluate.queries import counted_queries
from tests.portal.accounts_factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation(client: Client) -> Evaluation:
    evaluation = municipal_evaluation()
    client.force_login(evaluation.owner)
    return evaluation


def test_only_the_section_in_view_is_on_the_page(client, evaluation):
    page = client.get(section_url(evaluation)).content.decode()
    assert "¿Se separan los residuos?" in page
    assert "¿Se mide la calidad del agua?" not in page
    assert "¿En cuántos barrios?" not in page
    assert "Sección 1 de 2" in page


def test_an_answer_brings_the_question_that_it_makes_relevant(client, evaluation):
    fragments = save(client, evaluation, "/residuos/separa", "si").content.decode()
    assert "¿En cuántos barrios?" in fragments
    assert 'hx-swap-oob="true"' in fragments
    assert "Guardado" in fragments
    assert "¿Quién está a cargo?" not in fragments
    fragments = save(client, evaluation, "/residuos/separa", "no").content.decode()
    assert "¿En cuántos barrios?" not in fragments
    assert re.search(r'hidden\s+hx-swap-oob="true"', fragments)


def test_the_question_that_was_answered_is_not_drawn_anew(client, evaluation):
    fragments = save(client, evaluation, "/residuos/responsable", "Obras").content.decode()
    assert "¿Quién está a cargo?" not in fragments
    assert 'name="/residuos/responsable"' not in fragments


def test_a_wrong_answer_gets_its_message_and_stays_as_typed(client, evaluation):
    save(client, evaluation, "/residuos/separa", "si")
    fragments = save(client, evaluation, "/residuos/barrios", "99").content.decode()
    assert "Tiene que ser un número entre 1 y 50." in fragments
    assert stored(evaluation)["/residuos/barrios"] == "99"
    page = client.get(section_url(evaluation)).content.decode()
    assert 'value="99"' in page
    assert "Tiene que ser un número entre 1 y 50." in page


def test_a_text_that_mentions_another_answer_follows_it(client, evaluation):
    save(client, evaluation, "/residuos/responsable", "Ana de Obras")
    page = client.get(section_url(evaluation, "agua")).content.decode()
    assert "Contesta Ana de Obras." in page


def test_the_texts_of_authors_and_answers_are_escaped(client, evaluation):
    save(client, evaluation, "/residuos/responsable", "<script>alert(1)</script>")
    page = client.get(section_url(evaluation, "agua")).content.decode()
    assert "<script>alert" not in page


def test_an_answer_is_shown_as_it_was_typed_and_not_as_an_authors_text(client, evaluation):
    save(client, evaluation, "/residuos/responsable", "**Obras**\ny agua")
    Evaluation.objects.filter(pk=evaluation.pk).update(status="submitted", submitted_at=evaluation.started_at)
    page = client.get(reverse("evaluate:evaluation-result", args=[evaluation.public_id])).content.decode()
    assert "**Obras**<br>y agua" in page


def test_saving_one_answer_takes_at_most_six_queries(client, evaluation):
    save(client, evaluation, "/residuos/responsable", "Obras")
    with counted_queries() as queries:
        save(client, evaluation, "/residuos/separa", "si")
    assert len(queries) <= 6, "\n".join(queries)


def test_the_queries_of_a_section_do_not_grow_with_its_questions(client):
    counts = []
    for size in (5, 60):
        survey = [{"type": "text", "name": f"p{number}", "label": f"P{number}"} for number in range(size)]
        evaluation = personal_evaluation(questionnaire_version(survey, (), slug=f"largo-{size}"))
        client.force_login(evaluation.owner)
        url = section_url(evaluation, "general-1")
        client.get(url)
        with counted_queries() as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


CHAPTERS = [
    {"type": "begin group", "name": "uno", "label": "Uno"},
    {"type": "select_one sino", "name": "sigue", "label": "¿Hay más?"},
    {"type": "note", "name": "eco", "label": "Elegiste ${sigue}"},
    {"type": "end group"},
    {"type": "begin group", "name": "dos", "label": "Capítulo dos"},
    {"type": "text", "name": "que", "label": "¿Qué?", "relevant": "${sigue} = 'si'"},
    {"type": "end group"},
]


def test_a_section_with_nothing_to_ask_is_not_there_until_there_is(client):
    evaluation = personal_evaluation(questionnaire_version(CHAPTERS, slug="capitulos"))
    client.force_login(evaluation.owner)
    assert "Capítulo dos" not in client.get(section_url(evaluation, "uno")).content.decode()
    assert client.get(section_url(evaluation, "dos")).status_code == 404
    fragments = save(client, evaluation, "/uno/sigue", "si").content.decode()
    assert "Capítulo dos" in fragments
    assert client.get(section_url(evaluation, "dos")).status_code == 200
    assert "Capítulo dos" not in save(client, evaluation, "/uno/sigue", "no").content.decode()


def test_a_note_that_mentions_an_answer_follows_it_and_asks_for_nothing(client):
    evaluation = personal_evaluation(questionnaire_version(CHAPTERS, slug="capitulos"))
    client.force_login(evaluation.owner)
    fragments = save(client, evaluation, "/uno/sigue", "si").content.decode()
    assert "Elegiste si" in fragments
    assert "(opcional)" not in fragments


def test_a_colleague_goes_on_where_the_other_left(client, evaluation):
    save(client, evaluation, "/residuos/responsable", "Obras")
    client.force_login(MembershipFactory(municipality=evaluation.municipality).user)
    assert 'value="Obras"' in client.get(section_url(evaluation)).content.decode()
    save(client, evaluation, "/residuos/separa", "no")
    assert stored(evaluation) == {"/residuos/responsable": "Obras", "/residuos/separa": "no"}


def test_saved_answers_survive_a_service_call_beside_the_page(client, evaluation):
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/agua/mide", value="no")
    save(client, evaluation, "/residuos/separa", "no")
    assert stored(evaluation) == {"/agua/mide": "no", "/residuos/separa": "no"}
