"""Who may answer, and when."""

import pytest
from django.test import Client
from django.urls import reverse

from evaluate.models import Evaluation
from tests.evaluate.answer_page import post_section, save, section_url, stored
from tests.evaluate.factories import municipal_evaluation
from tests.portal.accounts_factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation(client: Client) -> Evaluation:
    evaluation = municipal_evaluation()
    client.force_login(evaluation.owner)
    return evaluation


def test_what_was_handed_in_takes_no_more_answers(client, evaluation):
    Evaluation.objects.filter(pk=evaluation.pk).update(status="submitted", submitted_at=evaluation.started_at)
    assert save(client, evaluation, "/residuos/separa", "si").status_code == 403
    assert post_section(client, evaluation).status_code == 403
    assert client.get(section_url(evaluation)).url.endswith("/resultado/")
    assert stored(evaluation) == {}


def test_for_everybody_else_there_is_no_such_evaluation(client, evaluation):
    others = [
        MembershipFactory().user,
        MembershipFactory(municipality=evaluation.municipality, left=True).user,
    ]
    for person in [*others, UserFactory()]:
        client.force_login(person)
        assert client.get(section_url(evaluation)).status_code == 404
        assert save(client, evaluation, "/residuos/separa", "si").status_code == 404
        assert post_section(client, evaluation).status_code == 404
    assert stored(evaluation) == {}


def test_staff_look_and_do_not_answer(client, evaluation):
    client.force_login(UserFactory(staff=True))
    assert client.get(section_url(evaluation)).status_code == 403
    assert save(client, evaluation, "/residuos/separa", "si").status_code == 403


def test_a_visitor_is_asked_to_sign_in(client, evaluation):
    client.logout()
    for url in (section_url(evaluation), reverse("evaluate:evaluation", args=[evaluation.public_id])):
        assert client.get(url).url.startswith("/cuenta/login/")


def test_someone_whose_session_ended_is_not_shown_a_page_to_sign_in_as_if_it_were_saved(client, evaluation):
    client.logout()
    assert save(client, evaluation, "/residuos/separa", "si").status_code == 401
    assert stored(evaluation) == {}
