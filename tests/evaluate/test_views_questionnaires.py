"""The list of questionnaires, their pages, and beginning one."""

import pytest
from django.urls import reverse

from evaluate.models import Evaluation, Questionnaire
from evaluate.services.assignments import sections_assign
from evaluate.services.questionnaires import version_retire
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version
from tests.evaluate.queries import counted_queries
from tests.evaluate.team import team
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db
LIST = "/evaluarme/"
DETAIL = "/evaluarme/ambiente/"
START = "/evaluarme/ambiente/empezar/"


def test_a_visitor_reads_the_list_and_gets_no_cookie_and_no_token(client):
    questionnaire_version(area="environment")
    response = client.get(LIST)
    page = response.content.decode()
    assert response.status_code == 200
    assert not response.cookies
    assert "csrf" not in page
    assert "1 cuestionario para responder" in page
    assert "2 criterios" in page
    assert "Área environment" in page


def test_an_empty_list_explains_itself(client):
    assert "Todavía no hay cuestionarios publicados." in client.get(LIST).content.decode()


def test_drafts_closed_and_retired_questionnaires_are_not_in_the_list(client):
    questionnaire_version(slug="borrador", publish=False)
    version_retire(version=questionnaire_version(slug="retirado"))
    questionnaire_version(slug="cerrado")
    Questionnaire.objects.filter(slug="cerrado").update(is_open=False)
    assert "Todavía no hay cuestionarios publicados." in client.get(LIST).content.decode()


def test_the_queries_of_the_list_do_not_grow_with_questionnaires_or_evaluations(client):
    counts = []
    user = MembershipFactory().user
    client.force_login(user)
    for number in range(3):
        version = questionnaire_version(slug=f"c{number}", area=f"area-{number}")
        personal_evaluation(version, user=user)
        with counted_queries() as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 8


def test_what_one_has_begun_stands_above_the_list(client):
    evaluation = municipal_evaluation()
    client.force_login(evaluation.owner)
    page = client.get(LIST).content.decode()
    assert page.index("Tus autoevaluaciones") < page.index("cuestionario para responder")
    assert evaluation.get_absolute_url() in page
    assert str(evaluation.municipality) in page


def test_nobody_sees_another_persons_evaluations_in_the_list(client):
    municipal_evaluation()
    client.force_login(MembershipFactory().user)
    assert "Tus autoevaluaciones" not in client.get(LIST).content.decode()


def test_a_visitor_reads_about_a_questionnaire_and_is_told_to_sign_in(client):
    questionnaire_version()
    response = client.get(DETAIL)
    page = response.content.decode()
    assert not response.cookies
    assert "csrf" not in page
    assert "Residuos" in page
    assert "Agua" in page
    assert "/cuenta/login/?next=/evaluarme/ambiente/" in page


def test_a_draft_has_no_page(client):
    questionnaire_version(publish=False)
    assert client.get(DETAIL).status_code == 404


def test_a_member_may_begin_for_her_town_or_for_herself(client):
    questionnaire_version()
    membership = MembershipFactory()
    client.force_login(membership.user)
    page = client.get(DETAIL).content.decode()
    assert f"Empezar por {membership.municipality.name}" in page
    assert "Probarlo a título personal" in page
    client.post(START, {"municipality": membership.municipality.pk})
    evaluation = Evaluation.objects.get()
    assert evaluation.municipality == membership.municipality
    page = client.get(DETAIL).content.decode()
    assert f"Seguir con {membership.municipality.name}" in page
    assert evaluation.get_absolute_url() in page


def test_someone_without_a_town_begins_for_herself(client):
    questionnaire_version()
    user = UserFactory()
    client.force_login(user)
    assert "primero pedí sumarte" in client.get(DETAIL).content.decode()
    response = client.post(START)
    evaluation = Evaluation.objects.get()
    assert evaluation.is_personal
    assert response.url == reverse("evaluate:evaluation", args=[evaluation.public_id])


def test_nobody_begins_for_a_town_where_she_does_not_work(client):
    questionnaire_version()
    client.force_login(MembershipFactory().user)
    response = client.post(START, {"municipality": MunicipalityFactory().pk})
    assert response.status_code == 403
    assert "Por un municipio responde quien trabaja ahí" in response.content.decode()
    assert client.post(START, {"municipality": "abc"}).status_code == 404
    assert client.post(START, {"municipality": "999999"}).status_code == 404
    assert not Evaluation.objects.exists()


def test_beginning_needs_an_account_and_a_post(client):
    questionnaire_version()
    assert client.post(START).url.startswith("/cuenta/login/")
    client.force_login(UserFactory())
    assert client.get(START).status_code == 405


@pytest.mark.parametrize("change", ["closed", "retired"])
def test_a_questionnaire_that_is_closed_or_retired_is_not_begun(change, client):
    version = questionnaire_version()
    if change == "closed":
        Questionnaire.objects.update(is_open=False)
    else:
        version_retire(version=version)
    client.force_login(UserFactory())
    assert client.post(START).status_code == 403
    assert not Evaluation.objects.exists()


def test_a_title_in_two_languages_follows_the_reader(client):
    settings = [{"form_title": "Ambiente", "form_id": "ambiente", "default_language": "Español (es)"}]
    survey = [
        {"type": "text", "name": "a", "label::Español (es)": "¿Quién?", "label::English (en)": "Who?"},
    ]
    evaluation = personal_evaluation(questionnaire_version(survey, (), settings=settings))
    client.force_login(evaluation.owner)
    url = reverse("evaluate:evaluation-answer", args=[evaluation.public_id, "general-1"])
    assert "¿Quién?" in client.get(url).content.decode()
    client.cookies["django_language"] = "en"
    assert "Who?" in client.get(url).content.decode()


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 18, "-1", "uno"])
def test_a_municipality_that_cannot_be_is_not_found(number, client):
    version = questionnaire_version()
    client.force_login(UserFactory())
    url = reverse("evaluate:evaluation-start", args=[version.questionnaire.slug])
    assert client.post(url, {"municipality": number}).status_code == 404


def test_the_list_is_searched_by_words_without_accents_and_narrowed_to_an_area(client):
    settings = {"agua": "Gestión del agua", "tasas": "Tasas y recaudación"}
    for slug, title in settings.items():
        questionnaire_version(
            slug=slug, area=f"area-{slug}", settings=[{"form_title": title, "form_id": slug}]
        )
    page = client.get(LIST, {"q": "gestion AGUA"}).content.decode()
    assert "1 cuestionario para responder" in page
    assert "Gestión del agua" in page
    assert "Tasas y recaudación" not in page
    page = client.get(LIST, {"area": "area-tasas"}).content.decode()
    assert "Tasas y recaudación" in page
    assert "Gestión del agua" not in page
    page = client.get(LIST, {"q": "nada de esto"}).content.decode()
    assert "Ningún cuestionario tiene esas palabras" in page
    assert "0 cuestionarios para responder" in page


@pytest.mark.parametrize("query", ["\0", "%", "'", "x" * 5000, "<script>alert(1)</script>"])
def test_odd_words_find_nothing_and_break_nothing(query, client):
    questionnaire_version()
    response = client.get(LIST, {"q": query, "area": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_card_says_what_each_of_her_towns_has_of_it(client):
    ours = team()
    other_town = MembershipFactory(user=ours.ana).municipality
    MembershipFactory(municipality=other_town, coordinator=True)
    ours.sign()
    draft = municipal_evaluation(ours.evaluation.version, user=ours.ana, municipality=other_town)
    sections_assign(evaluation=draft, user=None, added=[("agua", ours.ana.pk)])
    client.force_login(ours.ana)
    page = " ".join(client.get(LIST).content.decode().split())
    card = page[page.index("cuestionario para responder") :]
    assert "50 %" in card
    assert other_town.name in card
    assert "te toca 1 sección" in card
    detail = client.get(DETAIL).content.decode()
    assert f"Empezar por {ours.town.name}" in detail
    assert f"Seguir con {other_town.name}" in detail
    assert "Resultados anteriores" in detail


def test_the_list_of_who_has_begun_nothing_says_how_to_begin(client):
    questionnaire_version()
    client.force_login(UserFactory())
    assert "Todavía no empezaste ninguna autoevaluación" in client.get(LIST).content.decode()


def test_a_second_person_of_the_town_joins_what_is_open(client):
    evaluation = municipal_evaluation()
    colleague = MembershipFactory(municipality=evaluation.municipality).user
    client.force_login(colleague)
    response = client.post(START, {"municipality": evaluation.municipality.pk})
    assert response.url == evaluation.get_absolute_url()
    assert Evaluation.objects.count() == 1
