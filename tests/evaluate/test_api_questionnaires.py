"""Questionnaires for other programs: what is asked, in every version that was published."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from drf_spectacular.generators import SchemaGenerator
from openpyxl import load_workbook

from evaluate.services.questionnaires import questionnaire_import
from tests.evaluate.factories import questionnaire, questionnaire_version
from tests.evaluate.form_workbooks import workbook

pytestmark = pytest.mark.django_db
LIST = "/api/v1/questionnaires/"
TWO_LANGUAGES = [
    {"type": "text", "name": "a", "label::Español (es)": "¿Quién?", "label::English (en)": "Who?"}
]


def slugs(client: Client, **query: object) -> list[str]:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return [row["slug"] for row in response.json()["results"]]


def test_anybody_reads_what_a_questionnaire_asks(client):
    version = questionnaire_version(area="environment")
    found = client.get(f"{LIST}ambiente/").json()
    assert (found["slug"], found["area"], found["is_open"]) == ("ambiente", "environment", True)
    assert found["version"]["signature"] == version.scoring_signature
    definition = found["version"]["definition"]
    assert definition["scoring"] == "points_over_maximum"
    separates = definition["items"][0]["items"][0]
    assert (separates["path"], separates["label"]) == ("/residuos/separa", "¿Se separan los residuos?")
    assert definition["choice_lists"]["sino"][0] == {"name": "si", "label": "Sí", "points": "2"}


def test_texts_come_in_the_language_that_is_asked_for_or_in_all(client):
    questionnaire_version(TWO_LANGUAGES, (), slug="idiomas")
    address = f"{LIST}idiomas/"

    def label(**query: str) -> object:
        return client.get(address, query).json()["version"]["definition"]["items"][0]["label"]

    assert (label(), label(idioma="en"), label(idioma="xx")) == ("¿Quién?", "Who?", "¿Quién?")
    assert label(todos="true") == {"es": "¿Quién?", "en": "Who?"}


def test_the_list_is_filtered_by_area_and_words_whatever_their_accents(client):
    questionnaire_version(
        area="environment", settings=[{"form_title": "Gestión del agua", "form_id": "agua"}]
    )
    questionnaire_version(slug="salud", settings=[{"form_title": "Salud", "form_id": "salud"}])
    assert slugs(client) == ["ambiente", "salud"]
    assert slugs(client, area="environment") == ["ambiente"]
    assert slugs(client, q="gestion AGUA") == ["ambiente"]
    assert slugs(client, q="agua salud") == []
    assert slugs(client, area="\x00") == []


def test_pages_follow_each_other_and_a_strange_cursor_is_not_found(client):
    made = [questionnaire(slug=f"c{number}").slug for number in range(5)]
    seen, address = [], f"{LIST}?page_size=2"
    while address:
        page = client.get(address).json()
        seen += [row["slug"] for row in page["results"]]
        address = page["next"]
    assert seen == made
    assert client.get(LIST, {"cursor": "x"}).status_code == 404
    assert len(slugs(client, page_size="0")) == 1


def test_a_draft_is_nowhere_and_an_old_version_stays_to_be_read(client):
    questionnaire_version()
    data = workbook(TWO_LANGUAGES, (), [{"form_title": "Otro", "form_id": "ambiente"}])
    questionnaire_import(data=data, filename="b.xlsx", slug="ambiente")
    numbers = [row["number"] for row in client.get(f"{LIST}ambiente/versions/").json()["results"]]
    assert numbers == [1]
    assert client.get(f"{LIST}ambiente/versions/2/").status_code == 404
    questionnaire_import(data=data, filename="b.xlsx", slug="ambiente", publish=True)
    rows = client.get(f"{LIST}ambiente/versions/").json()["results"]
    assert [(row["number"], row["status"]) for row in rows] == [(2, "published"), (1, "retired")]
    old = client.get(f"{LIST}ambiente/versions/1/").json()
    assert old["definition"]["items"][0]["name"] == "residuos"
    assert client.get(f"{LIST}ambiente/").json()["version"]["number"] == 2


def test_a_questionnaire_without_a_version_in_force_is_not_found(client):
    questionnaire_version(publish=False)
    assert slugs(client) == []
    for address in ("ambiente/", "ambiente/versions/", "ambiente/workbook/", "otro/"):
        assert client.get(LIST + address).status_code == 404


def test_the_workbook_is_taken_away_and_can_be_imported_again(client):
    version = questionnaire_version()
    response = client.get(f"{LIST}ambiente/workbook/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="ambiente-1.xlsx"'
    assert "survey" in load_workbook(BytesIO(response.content)).sheetnames
    again = questionnaire_import(data=response.content, filename="c.xlsx", slug="copia")
    assert again.version.scoring_signature == version.scoring_signature


def test_what_did_not_change_is_not_sent_again(client):
    questionnaire_version()
    for address in (LIST, f"{LIST}ambiente/"):
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_more_questionnaires_cost_no_more_queries(client):
    counts = []
    for first in (0, 2):
        for number in range(first, first + 2):
            questionnaire(slug=f"c{number}")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(LIST, {"q": "ambiente"})
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 3


def test_nobody_writes_questionnaires_here(admin_client):
    questionnaire_version()
    for method in ("post", "put", "patch", "delete"):
        assert getattr(admin_client, method)(f"{LIST}ambiente/").status_code == 405


def test_the_description_of_the_api_has_no_warnings(capsys):
    schema = SchemaGenerator().get_schema(request=None, public=True)
    assert f"{LIST}{{slug}}/" in schema["paths"]
    assert "/api/v1/evaluations/{public_id}/answers/" in schema["paths"]
    assert "arning" not in capsys.readouterr().err
