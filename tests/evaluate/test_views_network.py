"""How the network stands, for staff."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluate.models import Evaluation
from tests.evaluate.factories import (
    current_result,
    municipal_evaluation,
    personal_evaluation,
    questionnaire_version,
)
from tests.evaluate.queries import counted_queries
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import TopicFactory

pytestmark = pytest.mark.django_db
PAGES = (
    "network-coverage",
    "network-criteria",
    "network-distribution",
    "network-under-way",
    "network-export",
)


@pytest.fixture
def staff(client):
    user = UserFactory(staff=True)
    client.force_login(user)
    return user


def page(client, name: str, **query: str) -> str:
    response = client.get(reverse(f"evaluate:{name}"), query)
    assert response.status_code == 200
    return response.content.decode()


def table(client, name: str, **query: str) -> list[list[str]]:
    response = client.get(reverse("evaluate:network-table", args=[name, "csv"]), query)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


@pytest.mark.parametrize("name", PAGES)
def test_the_network_is_for_staff(client, name):
    address = reverse(f"evaluate:{name}")
    assert client.get(address).status_code == 302
    for user in (UserFactory(), MembershipFactory(role="coordinator").user):
        client.force_login(user)
        assert client.get(address).status_code == 403
    client.force_login(UserFactory(staff=True))
    assert client.get(address).status_code == 200


def test_files_are_for_staff_and_only_those_that_there_are(client):
    address = reverse("evaluate:network-table", args=["en-curso", "csv"])
    client.force_login(MembershipFactory().user)
    assert client.get(address).status_code == 403
    client.force_login(UserFactory(staff=True))
    assert client.get(address).status_code == 200
    for table_name, ending in (("otra", "csv"), ("en-curso", "pdf")):
        other = reverse("evaluate:network-table", args=[table_name, ending])
        assert client.get(other).status_code == 404


def test_coverage_counts_each_town_once_with_a_result_under_way_or_none(client, staff):
    version = questionnaire_version()
    other = questionnaire_version(slug="agua")
    done = current_result(version).municipality
    # It began the other one and has a result in this one: in all it has a result.
    municipal_evaluation(other, municipality=done, user=MembershipFactory(municipality=done).user)
    municipal_evaluation(version, **going(region_code="14", region_name="Córdoba"))
    MembershipFactory()
    MunicipalityFactory(name="Fuera de la red")
    assert table(client, "cobertura-provincias") == [
        ["Buenos Aires", "1", "0", "1", "50"],
        ["Córdoba", "0", "1", "0", "0"],
    ]
    assert [row[2:5] for row in table(client, "cobertura-cuestionarios")] == [
        ["0", "1", "2"],
        ["1", "1", "1"],
    ]
    assert table(client, "cobertura-tamanos") == [["De 10.000 a 50.000 habitantes", "1", "1", "1", "33"]]


def going(**fields):
    member = MembershipFactory(municipality=MunicipalityFactory(**fields))
    return {"municipality": member.municipality, "user": member.user}


def test_a_town_that_answers_again_counts_as_one_with_a_result(client, staff):
    version = questionnaire_version()
    town = current_result(version).municipality
    municipal_evaluation(version, municipality=town, user=MembershipFactory(municipality=town).user)
    assert [row[2:5] for row in table(client, "cobertura-cuestionarios")] == [["1", "0", "0"]]


def test_filters_stand_in_the_address_and_hold_for_the_files(client, staff):
    version = questionnaire_version()
    current_result(version)
    current_result(version, MunicipalityFactory(region_code="14", region_name="Córdoba", population=900))
    assert [row[0] for row in table(client, "cobertura-provincias", provincia="AR-14")] == ["Córdoba"]
    assert [row[0] for row in table(client, "cobertura-provincias", tamano="2")] == ["Buenos Aires"]
    text = page(client, "network-coverage", provincia="AR-14")
    assert "Córdoba" in text
    assert "provincia=AR-14" in text
    for nonsense in ({"tamano": "99"}, {"provincia": "x\x00"}, {"cuestionario": "\x00"}, {"area": "'"}):
        page(client, "network-coverage", **nonsense)


def test_samples_are_looked_at_apart(client, staff):
    version = questionnaire_version()
    current_result(version, is_sample=True)
    assert [row[2] for row in table(client, "cobertura-cuestionarios")] == ["0"]
    assert [row[2] for row in table(client, "cobertura-cuestionarios", muestra="1")] == ["1"]


def test_the_weakest_criteria_come_first_with_what_the_catalogue_has(client, staff):
    TopicFactory(slug="agua-segura", name_es="Agua segura")
    survey = [
        {"type": "begin group", "name": "agua", "label": "Agua"},
        {"type": "select_one sino", "name": "mide", "label": "¿Se mide?", "topic": "agua-segura"},
        {"type": "select_one sino", "name": "avisa", "label": "¿Se avisa?"},
        {"type": "end group"},
    ]
    version = questionnaire_version(survey)
    for share in (0.0, 0.1, 0.5, 0.1, 0.3):
        current_result(version, criterion__mide=share, criterion__avisa=0.9)
    EntryFactory(kind="solution", topics=["agua-segura"])
    assert table(client, "criterios") == [
        ["¿Se mide?", "Ambiente", "20", "10", "5", "Agua segura", "1"],
        ["¿Se avisa?", "Ambiente", "90", "90", "5", "", ""],
    ]
    text = page(client, "network-criteria")
    assert text.index("¿Se mide?") < text.index("¿Se avisa?")


def test_totals_are_spread_by_size_and_by_province(client, staff):
    version = questionnaire_version()
    for share in (0.1, 0.2, 0.3, 0.4, 0.5):
        current_result(version, total=share)
    current_result(version, MunicipalityFactory(region_code="14", region_name="Córdoba"), total=1.0)
    assert table(client, "distribucion-provincias") == [
        ["Buenos Aires", "5", "20", "30", "40"],
        ["Córdoba", "1", "", "", ""],
    ]
    assert table(client, "distribucion-tamanos") == [["De 10.000 a 50.000 habitantes", "6", "23", "35", "48"]]
    text = page(client, "network-distribution")
    assert text.count("chart--columns") == 3
    assert "5 mun. · mediana 30 %" in text
    assert "1 mun. · mediana 100 %" in text


def test_a_file_goes_further_than_a_page_and_says_no_figures_of_fewer_than_five_towns(client, staff):
    version = questionnaire_version()
    for share in (0.1, 0.2, 0.3, 0.4):
        current_result(version, total=share, criterion__mide=share)
    assert table(client, "criterios") == []
    assert table(client, "distribucion-provincias") == [["Buenos Aires", "4", "", "", ""]]
    assert "¿Se mide la calidad" in page(client, "network-criteria")


def test_what_is_under_way_says_since_when_and_which_stand_still(client, staff):
    still = municipal_evaluation()
    Evaluation.objects.filter(pk=still.pk).update(started_at=timezone.now() - timedelta(days=40))
    lively = municipal_evaluation(still.version)
    text = page(client, "network-under-way")
    assert str(still.municipality) in text
    assert str(lively.municipality) in text
    assert text.count("parada hace más de un mes") == 1
    only = page(client, "network-under-way", paradas="1")
    assert str(still.municipality) in only
    assert str(lively.municipality) not in only
    assert len(table(client, "en-curso")) == 2


def test_personal_self_checks_are_a_count_of_five_or_nothing(client, staff):
    version = questionnaire_version()
    owners = [personal_evaluation(version).owner for _number in range(4)]
    assert "autoevaluaciones personales" not in page(client, "network-coverage")
    owners.append(personal_evaluation(version).owner)
    text = page(client, "network-coverage")
    assert "5 autoevaluaciones personales" in text
    assert not [owner for owner in owners if owner.name in text]
    assert table(client, "en-curso") == []


@pytest.mark.parametrize("name", PAGES)
def test_the_queries_do_not_grow_with_the_rows(client, staff, name):
    def grow(number: int) -> None:
        version = questionnaire_version(slug=f"cuestionario-{number}")
        for share in (0.1, 0.5, 0.9):
            town = MunicipalityFactory(region_code=str(number), region_name=f"Provincia {number}")
            current_result(version, town, total=share, criterion__mide=share)
        municipal_evaluation(version)

    grow(1)
    page(client, name)
    with counted_queries() as few:
        page(client, name)
    for number in range(2, 6):
        grow(number)
    page(client, name)
    with counted_queries() as many:
        page(client, name)
    assert len(many) <= len(few)
    assert len(many) <= 20
