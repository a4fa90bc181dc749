"""Exactly the filtered set: list, files, API and database agree, whatever is asked."""

import csv
import io
import json
import random
from collections.abc import Iterable

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from inspire.exporting import batches
from inspire.filters import SolutionFilter
from inspire.models import Solution
from portal.places.models import Municipality
from tests.inspire.factories import SolutionFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
WORDS = ["compost", "bicicleta", "huerta"]
COUNTRIES = ["AR", "UY", "JP"]
AREAS = ["agua", "salud"]


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty solutions of all kinds in small batches; some are drafts, some have no position."""
    monkeypatch.setattr(batches, "IDS", 9)
    monkeypatch.setattr(batches, "ROWS", 4)
    chance = random.Random(20261122)
    areas = [PolicyAreaFactory(slug=slug) for slug in AREAS]
    towns = [MunicipalityFactory(country=CountryFactory(code=code), population=size) for code, size in
             (("AR", 3_000), ("AR", 3_500), ("UY", 90_000))]  # fmt: skip
    for number in range(40):
        position = {"latitude": chance.uniform(-80, 80), "longitude": chance.uniform(-170, 170)}
        SolutionFactory(
            title=f"{chance.choice(WORDS)} {number}",
            country=CountryFactory(code=chance.choice(COUNTRIES)),
            municipality=chance.choice([*towns, None]),
            stage=chance.choice(["", "pilot", "running"]),
            start_year=chance.choice([None, 1999, 2021]),
            sdgs=chance.sample([3, 6, 11], chance.randint(0, 2)),
            areas=chance.sample(areas, chance.randint(0, 2)),
            people=[("contact", "Rosa Ejemplo")] if number % 4 == 0 else [],
            results=chance.choice(["", "Menos basura."]),
            **(position if number % 3 else {}),
            **({"draft": True} if number % 7 == 0 else {}),
        )


def some(values: Iterable[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([*values, "ninguno"]), max_size=3)


QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sampled_from([*WORDS, "compost -huerta", "nada", "%", "'", "\x00"]),
        "country": some(COUNTRIES),
        "area": some(AREAS),
        "stage": some(["pilot", "running"]),
        "years": some(["1995", "2020"]),
        "sdg": some(["3", "6", "11"]),
        "level": some(["local", "national"]),
        "language": some(["es", "en"]),
        "population": some(["0", "1", "2", "3"]),
        "has_results": some(["yes"]),
        "has_contact": some(["yes"]),
        "like": st.sampled_from(["", "x", "0", "9" * 30, "a town"]),
        "positioned": st.sampled_from(["", "true", "on"]),
        "box": st.sampled_from(["", "mal", "-90,-60,0,20", "170,-80,190,80"]),
        "orden": st.sampled_from(["relevancia", "nuevas", "lugar", "otro"]),
    },
)


def of_csv(client: Client, query: dict) -> list[str]:
    text = client.get("/inspirarme/exportar.csv", query).getvalue().decode("utf-8-sig")
    return [row["source_id"] for row in csv.DictReader(io.StringIO(text, newline=""))]


def of_workbook(client: Client, query: dict) -> list[str]:
    content = client.get("/inspirarme/exportar.xlsx", query).getvalue()
    titles, *rows = load_workbook(io.BytesIO(content)).active.values
    return [row[titles.index("source_id")] for row in rows]


def of_geojson(client: Client, query: dict) -> list[str]:
    features = json.loads(client.get("/inspirarme/exportar.geojson", query).getvalue())["features"]
    return [feature["properties"]["source_id"] for feature in features]


def of_api(client: Client, query: dict) -> list[str]:
    page = client.get("/api/v1/solutions/", {**query, "page_size": 7}).json()
    seen = [row["source_id"] for row in page["results"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += [row["source_id"] for row in page["results"]]
    assert (page["count"], page["count_is_least"]) == (len(seen), False)
    return seen


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
def test_files_api_list_and_database_have_the_same_rows(library: None, query: dict) -> None:
    cache.clear()  # what the API remembers of earlier walks, so that none is stopped for asking too much
    if query.get("like") == "a town":
        query = query | {"like": Municipality.objects.earliest("pk").pk}
    client = Client()
    page = client.get("/inspirarme/", query)
    found = SolutionFilter(page.wsgi_request.GET, queryset=Solution.objects.published()).found
    expected = sorted(found.values_list("source_id", flat=True))
    assert f'data-total="{len(expected)}"' in page.content.decode()
    for rows in (of_csv, of_workbook, of_geojson, of_api):
        assert sorted(rows(client, query)) == expected
