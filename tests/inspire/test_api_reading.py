"""The library for partner systems: reading."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from inspire.models import TEXT_FIELDS, Solution
from portal.files.models import StoredFile
from tests.inspire.factories import SolutionFactory
from tests.inspire.test_exporting import whole_solution
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import CountryFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/solutions/"


def results(client: Client, **query: object) -> list[dict]:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return response.json()["results"]


def walk(client: Client, address: str) -> list[str]:
    """The slugs of all pages, following `next`."""
    seen: list[str] = []
    while address:
        page = client.get(address).json()
        seen += [row["slug"] for row in page["results"]]
        address = page["next"]
    return seen


def test_anybody_reads_everything_of_a_solution(client: Client) -> None:
    solution = whole_solution()
    found = client.get(f"{LIST}{solution.slug}/").json()
    assert found["title"] == "Compostaje; con ñandúes"
    assert set(TEXT_FIELDS) <= set(found)
    assert found["figures"] == [
        {"indicator": "Hogares | casas", "before": "10", "after": "80", "unit": "", "date": "2024"}
    ]
    assert found["links"] == [{"label": "Ordenanza", "url": "https://ejemplo.org/o"}]
    assert found["people"] == [
        {"role": "contact", "name": "Rosa Ejemplo", "position": "", "organisation": ""}
    ]
    assert (found["country"], found["municipality"]) == ("AR", solution.municipality_id)
    assert (found["municipality_name"], found["place_name"]) == ("Tandil", "Tandil")
    assert (found["latitude"], found["longitude"], found["position_precision"]) == (-37.32, -59.13, "exact")
    assert (found["areas"], found["topics"]) == (["environment", "health"], ["compost"])
    assert (found["tags"], found["sdgs"], found["recognitions"]) == (
        ["agua; y sed", "compost"],
        [11, 12],
        ["Premio"],
    )
    assert (found["language"], found["languages"], found["shown_language"]) == ("es", ["es", "en"], "es")
    assert (found["status"], found["is_sample"], found["licence"]) == ("published", False, "CC BY 4.0")
    assert found["url"].endswith(solution.get_absolute_url())


def test_texts_come_in_the_language_that_is_asked_for_where_there_is_such(client: Client) -> None:
    solution = whole_solution(
        translations={"en": {"title": "Composting", "figures": [{"indicator": "Homes", "after": "80"}]}}
    )
    english = client.get(f"{LIST}{solution.slug}/", {"idioma": "en"}).json()
    assert (english["title"], english["shown_language"]) == ("Composting", "en")
    assert english["figures"][0]["indicator"] == "Homes"
    assert client.get(f"{LIST}{solution.slug}/", {"idioma": "pt"}).json()["shown_language"] == "es"
    assert results(client, idioma="en")[0]["title"] == "Composting"


def test_the_filters_of_the_page_hold(client: Client) -> None:
    SolutionFactory(title="Uruguaya", country=CountryFactory(code="UY"))
    SolutionFactory(title="Argentina", on_map=True)
    assert [row["title"] for row in results(client, country="UY")] == ["Uruguaya"]
    assert [row["title"] for row in results(client, positioned="true")] == ["Argentina"]
    assert [row["title"] for row in results(client, box="-60,-40,-50,-30")] == ["Argentina"]
    assert len(results(client, country=["UY", "AR"])) == 2
    assert results(client, country="XX") == []


def test_drafts_are_for_staff_and_only_by_their_address(client: Client) -> None:
    draft = SolutionFactory(draft=True)
    assert client.get(f"{LIST}{draft.slug}/").status_code == 404
    client.force_login(UserFactory(staff=True))
    assert client.get(f"{LIST}{draft.slug}/").json()["status"] == "draft"
    assert results(client) == []


@pytest.mark.parametrize("order", ["nuevas", "lugar", "relevancia", "otra"])
def test_pages_follow_each_other_to_the_end_in_every_order(client: Client, order: str) -> None:
    made = SolutionFactory.create_batch(
        7, published_at=SolutionFactory.build().published_at, country=CountryFactory()
    )
    seen = walk(client, f"{LIST}?page_size=2&orden={order}")
    assert sorted(seen) == sorted(solution.slug for solution in made)


def test_a_page_leads_back_to_the_one_before(client: Client) -> None:
    SolutionFactory.create_batch(5)
    first = client.get(LIST, {"page_size": 2}).json()
    second = client.get(first["next"]).json()
    assert first["previous"] is None
    assert client.get(second["previous"]).json()["results"] == first["results"]


def test_a_page_is_never_larger_than_allowed(client: Client) -> None:
    SolutionFactory.create_batch(3)
    for size in ("0", "-1", "x", "٣", "9" * 5000, "1000"):
        assert len(results(client, page_size=size)) in {1, 3}
    assert len(results(client, page_size=2)) == 2


@pytest.mark.parametrize("cursor", ["x", "WzAsMV0", "%00", "a" * 3000])
def test_a_cursor_that_is_none_of_ours_is_not_found(client: Client, cursor: str) -> None:
    response = client.get(LIST, {"cursor": cursor})
    assert response.status_code == 404
    assert "cursor" in response.json()["detail"]


def test_a_list_says_how_many_there_are(client: Client) -> None:
    SolutionFactory.create_batch(3)
    page = client.get(LIST, {"page_size": 2}).json()
    assert (page["count"], page["count_is_least"]) == (3, False)
    assert client.get(LIST, {"country": "UY"}).json()["count"] == 0


def test_what_did_not_change_is_not_sent_again(client: Client) -> None:
    solution = whole_solution()
    for address in (LIST, f"{LIST}{solution.slug}/", f"{LIST}clusters/", f"{LIST}?format=geojson"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert {"Accept", "Cookie"} <= set(first.headers["Vary"].split(", "))
    Solution.objects.update(place_name="Azul")
    for address in (LIST, f"{LIST}{solution.slug}/", f"{LIST}clusters/"):
        assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_change_of_a_part_is_a_change(client: Client) -> None:
    solution = whole_solution()
    tag = client.get(f"{LIST}{solution.slug}/").headers["ETag"]
    solution.people.update(position="Directora")
    assert client.get(f"{LIST}{solution.slug}/", headers={"If-None-Match": tag}).status_code == 200


def test_a_solution_says_when_it_changed_and_a_list_which_loses_rows_does_not(client: Client) -> None:
    solution = SolutionFactory()
    found = client.get(f"{LIST}{solution.slug}/")
    modified = found.headers["Last-Modified"]
    assert client.get(f"{LIST}{solution.slug}/", headers={"If-Modified-Since": modified}).status_code == 304
    assert "Last-Modified" not in client.get(LIST).headers


def test_visitors_answers_may_be_kept_by_anyone_and_others_by_nobody(client: Client) -> None:
    response = client.get(LIST)
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert not response.cookies
    client.force_login(UserFactory())
    assert client.get(LIST).headers["Cache-Control"] == "private, no-cache"


def test_a_page_comes_as_geojson(client: Client) -> None:
    whole_solution()
    SolutionFactory()
    response = client.get(LIST, {"format": "geojson", "page_size": 1})
    assert response.headers["Content-Type"] == "application/geo+json"
    page = response.json()
    assert page["type"] == "FeatureCollection"
    assert page["features"][0]["geometry"] is None
    second = client.get(page["next"]).json()["features"][0]
    assert second["geometry"]["coordinates"] == [-59.13, -37.32]
    accepted = client.get(LIST, headers={"Accept": "application/geo+json"})
    assert accepted.json()["type"] == "FeatureCollection"


def test_one_solution_comes_as_a_feature(client: Client) -> None:
    solution = whole_solution()
    assert client.get(f"{LIST}{solution.slug}/", {"format": "geojson"}).json()["type"] == "Feature"


def test_clusters_are_those_of_the_map(client: Client) -> None:
    SolutionFactory.create_batch(3, on_map=True)
    query = {"bbox": "-60,-40,-50,-30", "zoom": "5", "country": "AR"}
    clusters = client.get(f"{LIST}clusters/", query).json()
    assert sum(point["properties"]["count"] for point in clusters["features"]) == 3
    assert clusters == client.get("/inspirarme/mapa.json", query).json()


def test_queries_do_not_grow_with_rows(client: Client) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    whole_solution()
    addresses = (LIST, f"{LIST}?format=geojson", f"{LIST}?country=AR&orden=lugar")
    few = [queries(address) for address in addresses]
    for number in range(6):
        whole_solution(source_id=f"otra-{number}")
    assert [queries(address) for address in addresses] == few
    assert max(few) <= 7


def stored(name: str) -> StoredFile:
    return StoredFile.objects.create(
        use="prueba", name=name, content=name, content_type="image/webp", size=7, sha256="0" * 64
    )


def test_pictures_and_documents_are_told_with_their_addresses_in_their_order(client: Client) -> None:
    solution = SolutionFactory()
    second, first = stored("b.webp"), stored("a.webp")
    solution.photos.create(file=second, alt="Después", order=1)
    solution.photos.create(file=first, alt="Antes", credit="Rosa", licence="CC BY 4.0", order=0)
    ordinance = stored("o.pdf")
    solution.attachments.create(file=ordinance, title="La ordenanza")
    found = client.get(f"{LIST}{solution.slug}/").json()
    assert [photo["alt"] for photo in found["photos"]] == ["Antes", "Después"]
    assert found["photos"][0]["url"].endswith(first.get_absolute_url())
    assert (found["photos"][0]["credit"], found["photos"][0]["licence"]) == ("Rosa", "CC BY 4.0")
    (document,) = found["attachments"]
    assert (document["title"], document["size"]) == ("La ordenanza", 7)
    assert document["url"].endswith(ordinance.get_absolute_url())
    properties = client.get(f"{LIST}{solution.slug}/", {"format": "geojson"}).json()["properties"]
    assert properties["attachments"].endswith(f"{ordinance.get_absolute_url()} | La ordenanza")
    assert "\n" in properties["photos"]
