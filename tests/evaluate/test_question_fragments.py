"""A question drawn before is shown again only where everything that it shows is the same."""

import re

import pytest

from evaluate.answering.question_fragments import Fragments, fragments
from evaluate.services.answering import answer_save
from tests.evaluate.factories import YES_NO, personal_evaluation, questionnaire_version
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db

SURVEY = [
    {"type": "begin group", "name": "agua", "label": "Agua"},
    {"type": "select_one sino", "name": "mide", "label": "¿Se mide?", "required": "yes"},
    {"type": "select_one sino", "name": "avisa", "label": "Dijiste ${mide}. ¿Se avisa?", "required": "yes"},
    {"type": "text", "name": "quien", "label": "¿Quién?"},
    {"type": "end group"},
]


@pytest.fixture(autouse=True)
def _nothing_drawn_yet():
    fragments.forget()


def section_page(client, evaluation):
    client.force_login(evaluation.owner)
    return client.get(f"/evaluarme/respuestas/{evaluation.public_id}/seccion/agua/").content.decode()


def without_what_differs(html):
    html = re.sub(r'csrfmiddlewaretoken" value="[^"]*"|X-CSRFToken[^}]*|nonce="[^"]*"', "", html)
    return re.sub(r"\s+", " ", html)


def test_a_page_from_what_was_drawn_before_is_the_page_drawn_anew(client):
    evaluation = personal_evaluation(questionnaire_version(SURVEY, YES_NO))
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/agua/mide", value="si")
    first = section_page(client, evaluation)
    assert without_what_differs(section_page(client, evaluation)) == without_what_differs(first)


def test_addresses_are_those_of_the_evaluation_that_is_read(client):
    version = questionnaire_version(SURVEY, YES_NO)
    one, other = (personal_evaluation(version, user=UserFactory()) for _person in range(2))
    section_page(client, one)
    page = section_page(client, other)
    assert str(other.public_id) in page
    assert str(one.public_id) not in page
    assert "--save_url--" not in page
    assert "--item_url--" not in page


def test_another_answer_is_drawn_as_such(client):
    evaluation = personal_evaluation(questionnaire_version(SURVEY, YES_NO))
    assert 'value="si" checked' not in without_what_differs(section_page(client, evaluation))
    for answer, other in (("si", "no"), ("no", "si")):
        answer_save(evaluation=evaluation, user=evaluation.owner, path="/agua/mide", value=answer)
        page = without_what_differs(section_page(client, evaluation))
        mide = page[page.index("¿Se mide?") : page.index("Dijiste")]
        assert f'value="{answer}" checked' in mide
        assert f'value="{other}" checked' not in mide


def test_a_question_that_mentions_an_answer_is_always_drawn_anew(client):
    evaluation = personal_evaluation(questionnaire_version(SURVEY, YES_NO))
    for answer in ("si", "no"):
        answer_save(evaluation=evaluation, user=evaluation.owner, path="/agua/mide", value=answer)
        assert f"Dijiste {answer}." in section_page(client, evaluation)


def test_what_people_write_is_kept_nowhere(client):
    evaluation = personal_evaluation(questionnaire_version(SURVEY, YES_NO))
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/agua/quien", value="La directora")
    assert "La directora" in section_page(client, evaluation)
    assert not any("La directora" in html for html in fragments)


def test_what_is_sent_by_hand_instead_of_a_choice_is_kept_nowhere(client):
    evaluation = personal_evaluation(questionnaire_version(SURVEY, YES_NO))
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/agua/mide", value="x" * 20_000)
    section_page(client, evaluation)
    assert len(list(fragments)) == 0


def test_the_least_used_is_thrown_away_when_there_is_too_much():
    small = Fragments(most_characters=10)
    small.keep("a", "12345")
    small.keep("b", "12345")
    assert small.get("a") == "12345"
    small.keep("c", "1")
    assert (small.get("a"), small.get("b"), small.get("c")) == ("12345", None, "1")
