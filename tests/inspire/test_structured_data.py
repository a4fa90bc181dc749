"""What programs read of a solution, and that no text in it can break out."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from inspire.models import Solution
from inspire.services import solution_publish
from inspire.structured_data import ld_json
from tests.inspire.factories import SolutionFactory, with_photo
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
HOSTILE = [
    '</script><script>alert("x")</script>',
    "<!--<script>",
    '"}, "x": {"y": "',
    "\\u003C/script\\u003E",
    "]]> & 'comillas' \u2028 \u2029 ¡Ñandú!",
]


class Scripts(HTMLParser):
    """Counts scripts as a browser's parser sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self.found.append(dict(attrs))


def published(**fields: object) -> Solution:
    return solution_publish(solution=SolutionFactory(**fields))


def page_of(client: Client, solution: Solution, **query: str) -> str:
    return client.get(solution.get_absolute_url(), query).content.decode()


def data_of(client: Client, solution: Solution, **query: str) -> dict:
    (block,) = BLOCK.findall(page_of(client, solution, **query))
    return json.loads(block)


def test_it_says_what_where_when_and_on_which_terms(client: Client) -> None:
    solution = published(
        on_map=True,
        areas=[PolicyAreaFactory(name_es="Agua y cloacas")],
        sdgs=[6],
        tags=["agua"],
        start_year=2015,
        end_year=2018,
        licence="CC BY 4.0",
        source_name="Municipio",
        source_url="https://example.org/caso",
    )
    photo = with_photo(solution)
    data = data_of(client, solution)
    address = f"http://testserver{solution.get_absolute_url()}"
    assert data["@context"] == "https://schema.org"
    assert (data["@type"], data["headline"], data["url"]) == ("Article", solution.title, address)
    assert data["inLanguage"] == "es"
    assert data["datePublished"] == f"{solution.published_at:%Y-%m-%d}"
    assert data["license"] == "CC BY 4.0"
    assert data["isBasedOn"] == "https://example.org/caso"
    assert data["author"] == [{"@type": "Organization", "name": "Municipio"}]
    assert data["publisher"]["@type"] == "Organization"
    assert [subject["name"] for subject in data["about"]] == [
        "Agua y cloacas",
        "ODS 6: Agua limpia y saneamiento",
    ]
    assert data["temporalCoverage"] == "2015/2018"
    assert data["spatialCoverage"]["address"] == {
        "@type": "PostalAddress",
        "addressCountry": "AR",
        "addressLocality": "Tandil",
    }
    assert data["spatialCoverage"]["geo"]["latitude"] == -37.32
    assert data["image"] == [f"http://testserver{photo.file.get_absolute_url()}?ver=1"]


def test_what_nobody_told_is_left_out(client: Client) -> None:
    data = data_of(client, published(summary=""))
    unknown = ("license", "isBasedOn", "image", "about", "keywords", "temporalCoverage", "description")
    assert not set(unknown) & set(data)
    assert "geo" not in data["spatialCoverage"]


def test_a_whole_country_is_no_point(client: Client) -> None:
    assert "geo" not in data_of(client, published(country_wide=True))["spatialCoverage"]


@pytest.mark.parametrize(
    ("fields", "years"),
    [
        ({"start_year": 2019}, "2019/.."),
        ({"start_year": 2019, "stage": "ended"}, "2019/2019"),
        ({"end_year": 2018}, None),
    ],
)
def test_years_are_a_span_that_may_stay_open(client: Client, fields: dict, years: str | None) -> None:
    assert data_of(client, published(**fields)).get("temporalCoverage") == years


def test_who_tells_it_is_its_author(client: Client) -> None:
    solution = published(people=[("author", "Ana Ejemplo"), ("contact", "Bruno Modelo")])
    assert data_of(client, solution)["author"] == [{"@type": "Person", "name": "Ana Ejemplo"}]


def test_each_language_is_described_in_its_own(client: Client) -> None:
    solution = published(translations={"en": {"title": "Composting", "summary": "Families sort."}})
    data = data_of(client, solution, idioma="en")
    assert (data["headline"], data["inLanguage"]) == ("Composting", "en")
    assert data["url"].endswith("?idioma=en")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_ends_the_block_or_changes_it(client: Client, text: str) -> None:
    solution = published(
        title=text,
        summary=text,
        place_name=text,
        tags=[text],
        recognitions=[text],
        source_name=text,
        licence=text,
        people=[("author", text)],
    )
    page = page_of(client, solution)
    data = data_of(client, solution)
    assert data["headline"] == text
    assert data["keywords"] == data["award"] == [text]
    assert data["author"] == [{"@type": "Person", "name": text}]
    scripts = Scripts()
    scripts.feed(page)
    assert all("src" in script or script["type"] == "application/ld+json" for script in scripts.found)
    assert len(scripts.found) == 3


def test_nothing_that_html_reads_is_left_in_the_data() -> None:
    inner = ld_json({"a": "<>&\u2028\u2029"}).removeprefix('<script type="application/ld+json">')
    assert not set("<>&\u2028\u2029") & set(inner.removesuffix("</script>"))


def test_the_policy_of_the_page_still_forbids_scripts_in_it(client: Client) -> None:
    policy = client.get(published().get_absolute_url())["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
