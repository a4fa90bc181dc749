"""Results that municipalities made public: who reads what, for how long, and what the catalogue says."""

import uuid

import pytest
from django.core.cache import cache
from django.urls import reverse

from evaluate.entries import RESULT_KIND, result_drafts
from evaluate.models import Evaluation
from evaluate.services.publishing import result_publish, result_withdraw
from evaluate.services.reopening import evaluation_reopen
from portal.catalog.models import Entry
from portal.catalog.services import catalog_rebuild
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version
from tests.evaluate.queries import counted_queries
from tests.evaluate.test_views_result_page import CHOICES, answer, scored, sign, survey
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db
LIST = "/evaluarme/resultados/"


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def public_url(evaluation: Evaluation) -> str:
    return reverse("evaluate:published-result", args=[evaluation.public_id])


def published(picked: str = "330110") -> Evaluation:
    evaluation = scored(picked)
    result_publish(evaluation=evaluation, user=evaluation.owner)
    return evaluation


def test_a_result_is_public_only_while_the_municipality_says_so(client, django_capture_on_commit_callbacks):
    evaluation = scored()
    assert client.get(public_url(evaluation)).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        result_publish(evaluation=evaluation, user=evaluation.owner)
    page = client.get(public_url(evaluation))
    assert page.status_code == 200
    assert "39 %" in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        result_withdraw(evaluation=evaluation, user=evaluation.owner)
    assert client.get(public_url(evaluation)).status_code == 404


@pytest.mark.parametrize("role", ["visitor", "colleague", "elsewhere", "left", "staff"])
def test_everybody_reads_the_same_page_with_nothing_personal_on_it(client, role):
    version = questionnaire_version(
        [
            {"type": "text", "name": "who", "label": "¿Quién?"},
            *survey(),
            {"type": "select_one n", "name": "c6", "label": "¿Qué hace ${who}?"},
        ],
        CHOICES,
        settings=[{"form_title": "Agua", "form_id": "agua", "not_applicable": "excluded"}],
        slug="agua",
    )
    evaluation = municipal_evaluation(version)
    answer(evaluation, "330110")
    evaluation.answers.create(path="/who", value="Marta Gómez", answered_at=evaluation.started_at)
    evaluation.answers.filter(path__endswith="c0").update(
        is_not_applicable=True, reason="Lo lleva Pedro Páramo"
    )
    sign(evaluation)
    result_publish(evaluation=evaluation, user=evaluation.owner)
    town = evaluation.municipality
    person = {
        "visitor": lambda: None,
        "colleague": lambda: MembershipFactory(municipality=town).user,
        "elsewhere": lambda: MembershipFactory().user,
        "left": lambda: MembershipFactory(municipality=town, left=True).user,
        "staff": lambda: UserFactory(staff=True),
    }[role]()
    if person:
        client.force_login(person)
    page = client.get(public_url(evaluation)).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    for private in ("Marta", "Pedro", evaluation.owner.name, evaluation.owner.email, "Sumar al plan"):
        assert private not in main
    assert "¿Qué hace …?" in main
    assert "Criterio 3" in main
    assert town.name in main
    assert "nadie de afuera las verificó" in main


def test_reopened_it_stays_what_was_signed_until_it_is_signed_anew(
    client, django_capture_on_commit_callbacks
):
    evaluation = published("330110")
    evaluation_reopen(evaluation=evaluation, user=evaluation.owner, reason="Corregimos un dato")
    evaluation.refresh_from_db()
    answer(evaluation, "333333")
    page = client.get(public_url(evaluation)).content.decode()
    assert "está corrigiendo" in page
    assert "44 %" in page
    assert "Corregimos un dato" not in page
    with django_capture_on_commit_callbacks(execute=True):
        sign(evaluation)
    assert "100 %" in client.get(public_url(evaluation)).content.decode()
    assert "100 %" in Entry.objects.get(kind=RESULT_KIND).summary


def test_the_catalogue_knows_town_area_and_strong_topics_exactly_as_long_as_it_is_public():
    area = PolicyAreaFactory(slug="environment")
    TopicFactory(slug="agua-segura", name_es="Agua segura", area=area)
    evaluation = published("333")
    entry = Entry.objects.get(kind=RESULT_KIND)
    assert entry.url == public_url(evaluation)
    assert entry.title == f"{evaluation.municipality}: resultado en «Ambiente»"
    assert entry.municipality == evaluation.municipality
    assert (entry.areas, entry.topics) == (["environment"], ["agua-segura"])
    assert "Alcanzó: 100 %" in entry.summary
    assert evaluation.owner.name not in f"{entry.title} {entry.summary} {entry.body} {entry.translations}"
    catalog_rebuild()
    assert Entry.objects.get(kind=RESULT_KIND).title == entry.title
    result_withdraw(evaluation=evaluation, user=evaluation.owner)
    assert not Entry.objects.filter(kind=RESULT_KIND).exists()
    assert list(result_drafts()) == []


def test_a_weak_result_is_no_model_for_its_topic():
    published("000")
    assert Entry.objects.get(kind=RESULT_KIND).topics == []


def test_deleting_an_evaluation_takes_its_entry_away():
    evaluation = published()
    evaluation.delete()
    assert not Entry.objects.filter(kind=RESULT_KIND).exists()


def test_samples_are_marked_wherever_they_are_shown(client):
    evaluation = scored()
    Evaluation.objects.update(is_sample=True)
    evaluation.refresh_from_db()
    result_publish(evaluation=evaluation, user=evaluation.owner)
    assert Entry.objects.get(kind=RESULT_KIND).is_sample
    for url in (public_url(evaluation), LIST):
        assert "badge--sample" in client.get(url).content.decode()


def test_the_list_filters_by_questionnaire_and_by_municipality(client):
    mine = published()
    version = questionnaire_version(survey(), CHOICES, slug="otro")
    other = sign(answer(municipal_evaluation(version), "333333"))
    result_publish(evaluation=other, user=other.owner)
    hidden = sign(answer(municipal_evaluation(version), "000000"))

    def shown(query: str = "") -> set[Evaluation]:
        page = client.get(f"{LIST}{query}").content.decode()
        return {each for each in (mine, other, hidden) if public_url(each) in page}

    assert shown() == {mine, other}
    assert shown("?cuestionario=otro") == {other}
    assert shown(f"?municipio={mine.municipality_id}") == {mine}
    assert shown(f"?municipio={hidden.municipality_id}") == set()
    for nonsense in (
        "?municipio=x",
        "?municipio=99999999999999",
        "?cuestionario=no-hay",
        "?cuestionario=a%00b",
    ):
        assert client.get(f"{LIST}{nonsense}").status_code == 404
    assert client.get(f"{LIST}?cursor=roto").status_code == 200


def test_an_empty_list_explains_itself(client):
    assert "Todavía ningún municipio publicó" in client.get(LIST).content.decode()


def test_an_address_that_nobody_published_is_not_found(client):
    assert client.get(reverse("evaluate:published-result", args=[uuid.uuid4()])).status_code == 404


def test_a_self_check_is_never_public(client):
    version = questionnaire_version(survey(), CHOICES, slug="agua")
    own = sign(answer(personal_evaluation(version), "310210"))
    client.force_login(own.owner)
    assert client.get(public_url(own)).status_code == 404


def test_the_queries_of_the_list_and_of_a_page_do_not_grow(client):
    counts = []
    for towns in (1, 8):
        version = questionnaire_version(survey(), CHOICES, slug=f"agua-{towns}", area="environment")
        for _town in range(towns):
            evaluation = sign(answer(municipal_evaluation(version), "330110"))
            result_publish(evaluation=evaluation, user=evaluation.owner)
        client.get(LIST)
        cache.clear()
        with counted_queries() as listed:
            client.get(LIST)
        cache.clear()
        client.get(public_url(evaluation))
        cache.clear()
        with counted_queries() as page:
            client.get(public_url(evaluation))
        counts.append((len(listed), len(page)))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 8, counts


@pytest.mark.parametrize(
    ("method", "picked", "shown"),
    [("sum", "310", "4 de 9 puntos"), ("weighted_mean", "310", "44 %"), ("staged", "330", "1 de 2 etapas")],
)
def test_lists_and_catalogue_say_the_score_in_the_method_s_own_unit_and_the_level(
    client, method, picked, shown
):
    rows = survey(len(picked))
    for row in (row for row in rows if row["type"].startswith("select_one")):
        row |= {"stage": 1 if row["name"] != "c2" else 2} if method == "staged" else {}
    settings = {
        "form_title": "Agua",
        "form_id": "agua",
        "scoring": method,
        "level_names": "Inicial|Medio|Alto",
    }
    version = questionnaire_version(rows, CHOICES, settings=[settings], slug="agua")
    evaluation = sign(answer(municipal_evaluation(version), picked))
    result_publish(evaluation=evaluation, user=evaluation.owner)
    expected = f"{shown} · Medio"
    assert expected in client.get(LIST).content.decode()
    assert f"Alcanzó: {expected}." in Entry.objects.get(kind=RESULT_KIND).summary
    client.force_login(evaluation.owner)
    assert expected in client.get("/evaluarme/mi-resultado/").content.decode()
