"""The library as files."""

import csv
import io
import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from inspire.exporting import batches
from inspire.exporting.columns import COLUMNS, TITLES
from inspire.models import Solution
from inspire.views import exporting
from tests.inspire.factories import SolutionFactory
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db
ADDRESSES = ["/inspirarme/exportar.csv", "/inspirarme/exportar.xlsx", "/inspirarme/exportar.geojson"]


def csv_rows(client: Client, **query: object) -> list[dict[str, str]]:
    response = client.get("/inspirarme/exportar.csv", query)
    assert response.status_code == 200
    assert response.streaming
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def workbook_rows(client: Client, **query: object) -> list[dict[str, object]]:
    content = client.get("/inspirarme/exportar.xlsx", query).getvalue()
    titles, *rows = load_workbook(io.BytesIO(content)).active.values
    return [dict(zip(titles, row, strict=True)) for row in rows]


def features(client: Client, **query: object) -> list[dict]:
    collection = json.loads(client.get("/inspirarme/exportar.geojson", query).getvalue())
    assert collection["type"] == "FeatureCollection"
    return collection["features"]


def whole_solution(**fields: object) -> Solution:
    """A solution that says something in every field."""
    town = MunicipalityFactory(name="Tandil", region_name="Buenos Aires", latitude=-37.32, longitude=-59.13)
    return SolutionFactory(
        **{
            "title": "Compostaje; con ñandúes",
            "summary": "=1+1",
            "problem": "Basura.\n\nMucha.",
            "results": "Menos basura.",
            "figures": [
                {"indicator": "Hogares | casas", "before": "10", "after": "80", "unit": "", "date": "2024"}
            ],
            "what_failed": "La lluvia.",
            "cost_band": "low",
            "stage": "running",
            "country": town.country,
            "municipality": town,
            "place_name": "Tandil",
            "latitude": -37.32,
            "longitude": -59.13,
            "start_year": 2019,
            "end_year": 2024,
            "areas": [PolicyAreaFactory(slug="environment"), PolicyAreaFactory(slug="health")],
            "topics": [TopicFactory(slug="compost")],
            "tags": ["agua; y sed", "compost"],
            "sdgs": [11, 12],
            "recognitions": ["Premio"],
            "links": [{"label": "Ordenanza", "url": "https://ejemplo.org/o"}],
            "people": [("contact", "Rosa Ejemplo")],
            "translations": {"en": {"title": "Composting"}},
            "source_name": "Banco de ejemplos",
            "source_url": "https://ejemplo.org/caso",
            "licence": "CC BY 4.0",
            **fields,
        }
    )


def test_a_csv_says_everything_that_a_solution_says(client: Client) -> None:
    solution = whole_solution()
    (row,) = csv_rows(client)
    assert list(row) == TITLES
    assert row["title"] == "Compostaje; con ñandúes"
    assert row["summary"] == "'=1+1"
    assert row["problem"] == "Basura.\n\nMucha."
    assert row["description"] == "Se entregaron composteras."
    assert row["figures"] == "Hogares \\| casas | 10 | 80 |  | 2024"
    assert (row["country"], row["region"], row["city"]) == ("AR", "Buenos Aires", "Tandil")
    assert (row["lat"], row["lon"], row["year"]) == ("-37.32", "-59.13", "2019")
    assert (row["areas"], row["topics"]) == ("environment; health", "compost")
    assert (row["tags"], row["sdgs"]) == ("agua\\; y sed; compost", "11; 12")
    assert row["links"] == "Ordenanza | https://ejemplo.org/o"
    assert row["people"] == "contact | Rosa Ejemplo"
    assert json.loads(row["translations"]) == {"en": {"title": "Composting"}}
    assert (row["source_name"], row["url"], row["licence"]) == (
        "Banco de ejemplos",
        "https://ejemplo.org/caso",
        "CC BY 4.0",
    )
    assert row["portal_url"].endswith(solution.get_absolute_url())
    assert row["is_sample"] == "FALSE"


def test_a_workbook_has_the_same_cells_with_numbers_and_dates_as_such(client: Client) -> None:
    whole_solution(is_sample=True)
    (row,) = workbook_rows(client)
    assert list(row) == TITLES
    assert (row["lat"], row["year"], row["is_sample"]) == (-37.32, 2019, True)
    assert row["published_at"].date() == date(2026, 2, 28)
    assert row["summary"] == "'=1+1"
    assert row["tags"] == "agua\\; y sed; compost"


def test_geojson_has_positions_as_geometry_and_null_where_there_is_none(client: Client) -> None:
    whole_solution()
    SolutionFactory()
    nowhere, somewhere = features(client)
    assert nowhere["geometry"] is None
    assert somewhere["geometry"] == {"type": "Point", "coordinates": [-59.13, -37.32]}
    assert set(somewhere["properties"]) == set(TITLES) - {"lat", "lon"}
    assert somewhere["properties"]["summary"] == "=1+1"
    assert somewhere["properties"]["sdgs"] == "11; 12"


def test_a_file_has_no_rows_when_nothing_was_found(client: Client) -> None:
    assert csv_rows(client, q="inexistente") == []
    assert workbook_rows(client, q="inexistente") == []
    assert features(client, q="inexistente") == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_file_is_an_attachment_with_the_day_in_its_name(client: Client, address: str) -> None:
    response = client.get(address)
    ending = address.rpartition(".")[2]
    today = timezone.localdate().isoformat()
    assert response.headers["Content-Disposition"] == f'attachment; filename="inspirarme-{today}.{ending}"'
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_files_say_what_they_are(client: Client) -> None:
    kinds = [client.get(address).headers["Content-Type"] for address in ADDRESSES]
    assert kinds == [
        "text/csv; charset=utf-8",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/geo+json",
    ]


def test_a_workbook_is_not_compressed_twice_and_a_csv_once(client: Client) -> None:
    accepting = {"Accept-Encoding": "gzip"}
    assert client.get(ADDRESSES[0], headers=accepting).headers["Content-Encoding"] == "gzip"
    assert client.get(ADDRESSES[1], headers=accepting).headers["Content-Encoding"] == "identity"


@pytest.mark.parametrize("address", ADDRESSES)
def test_asking_for_the_head_makes_no_file(client: Client, address: str) -> None:
    SolutionFactory()
    response = client.head(address)
    assert response.status_code == 200
    assert response.getvalue() == b""


def test_the_filters_of_the_page_hold(client: Client) -> None:
    SolutionFactory(title="Uruguaya", country=CountryFactory(code="UY"))
    SolutionFactory(title="Argentina")
    assert [row["title"] for row in csv_rows(client, country="UY")] == ["Uruguaya"]
    assert len(csv_rows(client, country=["UY", "AR"])) == 2
    assert csv_rows(client, orden="lugar", cursor="x", vista="mapa", country="UY")


def test_drafts_are_exported_for_nobody(client: Client) -> None:
    SolutionFactory(draft=True)
    SolutionFactory(status=Solution.Status.ARCHIVED)
    client.force_login(UserFactory(superuser=True))
    assert csv_rows(client) == []


def test_a_set_of_many_batches_is_whole_and_in_order(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "IDS", 7)
    monkeypatch.setattr(batches, "ROWS", 3)
    made = [solution.source_id for solution in SolutionFactory.create_batch(21)]
    assert [row["source_id"] for row in csv_rows(client)] == made[::-1]


def test_what_is_withdrawn_while_it_is_sent_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "ROWS", 1)
    first, second = SolutionFactory.create_batch(2)
    rows = batches.exported(Solution.objects.published())
    assert next(rows) == second
    Solution.objects.filter(pk=first.pk).update(status=Solution.Status.DRAFT)
    assert list(rows) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_queries_do_not_grow_with_rows(client: Client, address: str) -> None:
    whole_solution()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address).getvalue()
        return len(captured)

    few = queries()
    for number in range(8):
        whole_solution(source_id=f"otra-{number}")
    assert queries() <= few <= 9


def test_a_visitor_takes_large_sets_away_only_so_often(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "SMALL", 1)
    monkeypatch.setattr(exporting.LargeExportThrottle, "rate", "1/hour")
    SolutionFactory.create_batch(2)
    assert client.get(ADDRESSES[0]).status_code == 200
    refused = client.get(ADDRESSES[0])
    assert refused.status_code == 429
    assert client.get(ADDRESSES[0], {"q": "nada"}).status_code == 200
    client.force_login(UserFactory())
    assert client.get(ADDRESSES[0]).status_code == 200


def test_columns_are_read_in_the_same_way_by_everyone() -> None:
    assert len(set(TITLES)) == len(COLUMNS)


def test_the_list_offers_what_it_shows_as_files_and_as_a_feed(client: Client) -> None:
    SolutionFactory(stage="pilot")
    page = client.get("/inspirarme/?stage=pilot&vista=tabla&orden=lugar").content.decode()
    for address in (*ADDRESSES, "/inspirarme/novedades.atom"):
        assert f'href="{address}?stage=pilot"' in page
    assert '<link rel="alternate"\n        type="application/atom+xml"' in page


def test_nothing_found_is_nothing_to_take_away(client: Client) -> None:
    page = client.get("/inspirarme/?q=inexistente").content.decode()
    assert "exportar.csv" not in page
