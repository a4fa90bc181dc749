"""The page that compares a result with its peers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evaluate.models import CurrentResult, Evaluation, PeerGroup
from evaluate.services.answering import answer_save
from evaluate.services.scoring import evaluation_score
from evaluate.services.submission import evaluation_submit
from tests.evaluate.factories import (
    current_result,
    municipal_evaluation,
    personal_evaluation,
    questionnaire_version,
)
from tests.evaluate.queries import counted_queries
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def url_of(evaluation: Evaluation, group: str = "") -> str:
    address = reverse("evaluate:evaluation-benchmark", args=[evaluation.public_id])
    return f"{address}?grupo={group}" if group else address


def scored(evaluation: Evaluation, **answers: str) -> Evaluation:
    """Answer half of it well: a total of 50 %."""
    for path, value in ({"/residuos/separa": "si", "/agua/mide": "no"} | answers).items():
        answer_save(evaluation=evaluation, user=evaluation.owner, path=path, value=value)
    run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    evaluation_score(run_id=run.pk)
    evaluation.refresh_from_db()
    return evaluation


def peers(version, *totals: float, **fields) -> list[CurrentResult]:
    return [
        current_result(version, MunicipalityFactory(**fields), total=total, criterion__separa=total)
        for total in totals
    ]


def page(client: Client, evaluation: Evaluation, group: str = "", user=None) -> str:
    client.force_login(user or evaluation.owner)
    response = client.get(url_of(evaluation, group))
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def compared() -> Evaluation:
    """A town with 50 % among towns of its province with 10, 20, 30 and 40 %, and six elsewhere."""
    version = questionnaire_version()
    peers(version, 0.1, 0.2, 0.3, 0.4)
    peers(version, 0.6, 0.7, 0.8, 0.9, 1.0, 1.0, region_code="14", region_name="Córdoba", population=90_000)
    return scored(municipal_evaluation(version))


def test_it_shows_the_own_value_the_quartiles_and_the_quarter_in_words(client, compared):
    text = page(client, compared, "red")
    assert "11 municipios" in text
    assert "La mediana del grupo es 60 %" in text
    assert "entre 35 % y 85 %" in text
    assert "en el segundo cuarto, por debajo de la mediana" in text
    assert "nadie las verificó" in text


def test_the_group_is_chosen_in_the_address_and_says_who_is_in_it(client, compared):
    text = page(client, compared, "provincia")
    assert "5 municipios de Buenos Aires que firmaron este cuestionario." in text
    assert "en el cuarto más alto" in text
    for group in ("similares", "tamano", "red"):
        assert f'href="?grupo={group}"' in text


def test_no_peer_is_named(client, compared):
    names = CurrentResult.objects.exclude(municipality=compared.municipality).values_list(
        "municipality__name", flat=True
    )
    for group in ("similares", "tamano", "provincia", "red"):
        text = page(client, compared, group)
        assert not [name for name in names if name in text]


def test_an_unknown_group_shows_the_most_telling_one_that_has_figures(client, compared):
    assert "los más parecidos al tuyo" in page(client, compared, "ninguno")


def test_with_fewer_than_five_towns_it_explains_itself_and_offers_the_next_step(client):
    version = questionnaire_version()
    peers(version, 0.1, 0.2, 0.3)
    text = page(client, scored(municipal_evaluation(version)))
    assert "Todavía hay menos de cinco municipios" in text
    assert reverse("evaluate:questionnaire-detail", args=["ambiente"]) in text
    assert "mediana" not in text


def test_without_a_province_there_is_no_such_group_and_it_says_why(client, compared):
    town = compared.municipality
    town.region_code, town.region_name = "", ""
    town.save()
    assert "No sabemos en qué provincia está" in page(client, compared, "provincia")


def test_a_criterion_that_is_not_in_the_group_says_so(client, compared):
    text = page(client, compared, "red")
    assert "sin cifras: muy pocos municipios lo respondieron" in text


def test_how_few_left_a_criterion_out_is_not_told(client, compared):
    result = CurrentResult.objects.order_by("pk").first()
    del result.shares["criterion:separa"]
    result.save()
    PeerGroup.objects.all().delete()
    assert "7 o más" in page(client, compared, "red")


def test_a_personal_self_check_is_compared_and_is_in_no_group(client):
    version = questionnaire_version()
    peers(version, 0.1, 0.2, 0.3, 0.4, 0.6)
    member = MembershipFactory()
    own = scored(personal_evaluation(version, user=member.user))
    text = page(client, own, "red")
    assert "5 municipios" in text
    assert "en el cuarto más alto" in text
    assert "La tuya no entra en ningún grupo" in text


def test_a_personal_self_check_of_somebody_without_a_town_has_the_whole_network(client):
    version = questionnaire_version()
    peers(version, 0.1, 0.2, 0.3, 0.4, 0.6)
    text = page(client, scored(personal_evaluation(version)))
    assert "5 municipios de la red" in text
    assert "?grupo=provincia" not in text


def test_who_may_see_the_evaluation_may_compare_it_and_nobody_else(client, compared):
    colleague = MembershipFactory(municipality=compared.municipality).user
    elsewhere = MembershipFactory().user
    left = MembershipFactory(municipality=compared.municipality, status="left").user
    for user, status in ((colleague, 200), (UserFactory(staff=True), 200), (elsewhere, 404), (left, 404)):
        client.force_login(user)
        assert client.get(url_of(compared)).status_code == status
    client.logout()
    assert client.get(url_of(compared)).status_code == 302


def test_a_draft_has_nothing_to_compare_and_leads_to_its_questions(client):
    evaluation = municipal_evaluation()
    client.force_login(evaluation.owner)
    assert client.get(url_of(evaluation)).status_code == 302


def test_while_it_is_being_scored_it_says_so(client):
    evaluation = municipal_evaluation()
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/residuos/separa", value="si")
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/agua/mide", value="si")
    evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    assert "Todavía estamos calculando" in page(client, evaluation)


def test_the_page_asks_the_same_queries_whatever_the_size_of_the_group(client, compared):
    page(client, compared, "red")
    with counted_queries() as few:
        page(client, compared, "red")
    peers(compared.version, *[0.5] * 30)
    PeerGroup.objects.update(checked_at=timezone.now() - timedelta(hours=2))
    page(client, compared, "red")
    with counted_queries() as many:
        page(client, compared, "red")
    assert len(many) == len(few) <= 8
