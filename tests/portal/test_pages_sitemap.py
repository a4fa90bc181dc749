"""What search engines find: everything that anybody may read, and nothing else."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils.dateparse import parse_datetime

from inspire.models import Solution
from inspire.services import solution_publish, solution_withdraw
from portal.pages import sitemap
from tests.inspire.factories import SolutionFactory
from tests.portal.catalog_factories import EntryFactory

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def read(client: Client, path: str) -> ElementTree.Element:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    return ElementTree.fromstring(answer.content)  # noqa: S314 what the portal itself has just made


def locations(client: Client, path: str) -> list[str]:
    found = read(client, path).iterfind(".//s:loc", NAMES)
    return [(location.text or "").removeprefix("http://testserver") for location in found]


def everything(client: Client) -> list[str]:
    return [path for part in locations(client, "/sitemap.xml") for path in locations(client, part)]


def test_an_empty_portal_names_its_own_pages(client: Client) -> None:
    assert locations(client, "/sitemap.xml") == ["/sitemap-paginas.xml"]
    assert {"/", "/inspirarme/", "/evaluarme/"} <= set(everything(client))


def test_every_public_thing_of_every_kind_is_named_once(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(sitemap, "PART_IDS", 3)
    made = [EntryFactory(kind=kind).url for kind in ["solution", "questionnaire", "course"] * 4]
    found = [path for path in everything(client) if path.startswith("/ejemplo/")]
    assert sorted(found) == sorted(made)
    assert len(locations(client, "/sitemap.xml")) > 4


def test_what_is_for_members_or_not_published_is_not_named(client: Client) -> None:
    EntryFactory(visibility="members", url="/ejemplo/secreto/")
    draft = SolutionFactory(draft=True)
    withdrawn = solution_publish(solution=SolutionFactory())
    solution_withdraw(solution=withdrawn)
    shown = solution_publish(solution=SolutionFactory())
    found = everything(client)
    assert shown.get_absolute_url() in found
    assert not {"/ejemplo/secreto/", draft.get_absolute_url(), withdrawn.get_absolute_url()} & set(found)


def test_each_page_says_when_it_last_changed(client: Client) -> None:
    solution = solution_publish(solution=SolutionFactory())
    changed = datetime(2026, 5, 4, 12, tzinfo=UTC)
    Solution.objects.filter(pk=solution.pk).update(updated_at=changed)
    other = EntryFactory(kind="course", published_at=datetime(2026, 2, 1, tzinfo=UTC))
    part = locations(client, "/sitemap.xml")[-1]
    urls = read(client, part).iterfind("s:url", NAMES)
    said = {
        url.findtext("s:loc", "", NAMES): parse_datetime(url.findtext("s:lastmod", "", NAMES)) for url in urls
    }
    assert said[f"http://testserver{solution.get_absolute_url()}"] == changed
    assert said[f"http://testserver{other.url}"] == other.published_at


def test_an_address_with_signs_of_markup_stays_an_address(client: Client) -> None:
    EntryFactory(url="/ejemplo/?a=1&b=<2>")
    assert "/ejemplo/?a=1&b=<2>" in everything(client)


@pytest.mark.parametrize("part", ["999999", "9" * 40])
def test_a_part_that_does_not_exist_is_not_found(client: Client, part: str) -> None:
    EntryFactory()
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_a_part_costs_the_same_however_much_is_in_it(client: Client, django_assert_num_queries) -> None:
    for _each in range(12):
        solution_publish(solution=SolutionFactory())
    part = locations(client, "/sitemap.xml")[-1]
    # First and last id, the part, and the dates of its solutions.
    with django_assert_num_queries(4) as captured:
        client.get(part)
    assert not any("OFFSET" in query["sql"] or "COUNT" in query["sql"] for query in captured)


def test_robots_are_led_to_the_sitemap_and_away_from_combinations_of_filters(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /*?" in lines
    assert "Allow: /*?idioma=" in lines


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/sitemap-paginas.xml"])
def test_programs_may_keep_it_for_an_hour(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert not answer.cookies
