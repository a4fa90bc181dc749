"""What is new in the library, as Atom."""

from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from inspire.models import Solution
from tests.inspire.factories import FIRST_DAY, SolutionFactory
from tests.portal.places_factories import CountryFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
FEED = "/inspirarme/novedades.atom"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client: Client, **query: object) -> ElementTree:
    response = client.get(FEED, query)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def titles(client: Client, **query: object) -> list[str]:
    return [found.text for found in feed(client, **query).findall("a:entry/a:title", ATOM)]


def test_an_entry_says_what_when_and_about_what(client: Client) -> None:
    solution = SolutionFactory(
        title="Agua & <luz>",
        summary="a < b",
        areas=[PolicyAreaFactory(slug="water", name_es="Agua y saneamiento")],
    )
    entry = feed(client).find("a:entry", ATOM)
    address = f"http://testserver{solution.get_absolute_url()}"
    assert entry.find("a:title", ATOM).text == "Agua & <luz>"
    assert entry.find("a:summary", ATOM).text == "a &lt; b"
    assert entry.find("a:link", ATOM).get("href") == entry.find("a:id", ATOM).text == address
    assert entry.find("a:published", ATOM).text == solution.published_at.isoformat()
    assert entry.find("a:category", ATOM).get("term") == "Agua y saneamiento"


def test_the_newest_come_first_and_no_more_than_fifty(client: Client) -> None:
    SolutionFactory.create_batch(52)
    newest = list(Solution.objects.newest().values_list("title", flat=True)[:50])
    assert titles(client) == newest


def test_what_was_changed_says_so(client: Client) -> None:
    solution = SolutionFactory()
    Solution.objects.filter(pk=solution.pk).update(updated_at=FIRST_DAY + timedelta(days=300))
    updated = feed(client).find("a:entry/a:updated", ATOM).text
    assert updated == (FIRST_DAY + timedelta(days=300)).isoformat()


def test_a_feed_has_the_filters_of_the_page_and_leads_back_to_it(client: Client) -> None:
    SolutionFactory(title="Uruguaya", country=CountryFactory(code="UY", name_es="Uruguay"))
    SolutionFactory(title="Argentina")
    assert titles(client, country="UY") == ["Uruguaya"]
    found = feed(client, country="UY", vista="mapa", cursor="x")
    links = {link.get("rel"): link.get("href") for link in found.findall("a:link", ATOM)}
    assert links["alternate"] == "http://testserver/inspirarme/?country=UY"
    assert links["self"].startswith("http://testserver/inspirarme/novedades.atom?country=UY")
    assert "Uruguay" in found.find("a:title", ATOM).text


def test_drafts_are_no_news(client: Client) -> None:
    SolutionFactory(draft=True)
    assert titles(client) == []


def test_titles_are_in_the_readers_language_where_they_can_be(client: Client) -> None:
    SolutionFactory(title="Compostaje", translations={"en": {"title": "Composting", "summary": "Families."}})
    client.cookies["django_language"] = "en"
    assert titles(client) == ["Composting"]


def test_a_sign_that_xml_has_no_way_to_write_does_not_break_the_feed(client: Client) -> None:
    SolutionFactory(title="a\x0bb")
    assert titles(client) == ["ab"]


def test_a_program_that_has_it_already_loads_nothing(client: Client) -> None:
    SolutionFactory()
    first = client.get(FEED)
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    assert client.get(FEED, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(FEED, headers={"If-Modified-Since": modified}).status_code == 304
    SolutionFactory()
    assert client.get(FEED, headers={"If-None-Match": tag}).status_code == 200
    assert not first.cookies


def test_queries_do_not_grow_with_entries(client: Client) -> None:
    def queries() -> int:
        SolutionFactory.create_batch(4, areas=[PolicyAreaFactory()])
        with CaptureQueriesContext(connection) as captured:
            client.get(FEED)
        return len(captured)

    few = queries()
    assert queries() <= few <= 3


@pytest.mark.parametrize("name", ["q", "country", "recognition"])
def test_what_xml_cannot_carry_is_left_out_of_what_was_asked_for(client: Client, name: str) -> None:
    assert "\x01" not in feed(client, **{name: "hue\x01rta\x0b"}).find("a:title", ATOM).text


def test_what_xml_cannot_carry_is_left_out_of_the_name_of_an_area(client: Client) -> None:
    SolutionFactory(areas=[PolicyAreaFactory(slug="water", name_es="Agua\x01 limpia")])
    assert feed(client).find("a:entry/a:category", ATOM).get("term") == "Agua limpia"
