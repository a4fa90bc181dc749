"""Her own latest results, beside a solution of the same area, and nobody else's."""

import pytest
from django.test import RequestFactory

from evaluate.panels import questionnaires_panel
from evaluate.services.answering import evaluation_start
from portal.catalog.models import Entry
from portal.catalog.reading_level import ReadingLevel, SharedReader
from tests.evaluate.factories import personal_evaluation, questionnaire_version
from tests.evaluate.test_views_result_page import CHOICES, answer, page_url, scored, sign, survey
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
URL = "/evaluarme/mi-resultado/"
HTMX = {"HX-Request": "true"}


def test_the_latest_result_of_each_questionnaire_and_the_draft_after_it(client):
    first = scored("310210")
    options = {"user": first.owner, "questionnaire": first.questionnaire, "municipality": first.municipality}
    second, _is_new = evaluation_start(**options)
    sign(answer(second, "333333"))
    draft, _is_new = evaluation_start(**options)
    client.force_login(first.owner)
    page = client.get(f"{URL}?area=environment").content.decode()
    assert page_url(second) in page
    assert "100 %" in page
    assert page_url(first) not in page
    assert f"/respuestas/{draft.public_id}/" in page


def test_only_what_she_takes_part_in_and_only_of_the_area(client):
    municipal = scored("310210")
    own = sign(answer(personal_evaluation(municipal.version, user=municipal.owner), "333333"))
    for person, found in (
        (municipal.owner, {municipal, own}),
        (MembershipFactory(municipality=municipal.municipality).user, {municipal}),
        (MembershipFactory(municipality=municipal.municipality, left=True).user, set()),
        (MembershipFactory().user, set()),
        (UserFactory(staff=True), set()),
    ):
        client.force_login(person)
        page = client.get(f"{URL}?area=environment").content.decode()
        assert {each for each in (municipal, own) if page_url(each) in page} == found


def test_a_panel_shows_the_latest_three_and_leads_to_all(client):
    first = scored("31")
    evaluations = [first]
    for number in range(3):
        version = questionnaire_version(survey(2), CHOICES, slug=f"otro-{number}", area="environment")
        evaluation, _is_new = evaluation_start(
            user=first.owner, questionnaire=version.questionnaire, municipality=first.municipality
        )
        evaluations.append(sign(answer(evaluation, "33")))
    client.force_login(first.owner)
    url = f"{URL}?area=environment"
    panel, page = client.get(url, headers=HTMX).content.decode(), client.get(url).content.decode()
    assert [page_url(each) in panel for each in evaluations] == [False, True, True, True]
    assert f'href="{url}"' in panel
    assert all(page_url(each) in page for each in evaluations)


def test_another_area_shows_nothing_and_an_unknown_one_is_none(client):
    evaluation = scored()
    client.force_login(evaluation.owner)
    PolicyAreaFactory(slug="salud")
    assert "Todavía no tenés resultados" in client.get(f"{URL}?area=salud").content.decode()
    assert page_url(evaluation) in client.get(f"{URL}?area=no-hay").content.decode()


def test_htmx_gets_the_list_alone_and_a_visitor_signs_in_first(client):
    evaluation = scored()
    assert client.get(URL).status_code == 302
    client.force_login(evaluation.owner)
    part = client.get(URL, headers=HTMX)
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part.headers["Vary"]
    assert part.headers["Cache-Control"].startswith("private") or "no-" in part.headers["Cache-Control"]


def test_the_panel_beside_a_solution_is_made_without_a_person(django_assert_max_num_queries):
    questionnaire_version(survey(), CHOICES, slug="agua", area="environment")
    request = RequestFactory().get("/")
    request.user = SharedReader(ReadingLevel.MEMBER)  # type: ignore[assignment]
    with django_assert_max_num_queries(1):
        panel = questionnaires_panel(request, Entry(areas=["environment", "salud"]))
    assert panel is not None
    assert panel["own_query"] == "area=environment&area=salud"
    assert questionnaires_panel(request, Entry(areas=["salud"])) is None
    assert questionnaires_panel(request, Entry(areas=[])) is None
