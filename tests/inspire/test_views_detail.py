"""The page of a solution: everything it tells, in its order, and nothing of what nobody told."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from inspire.models import Solution, SolutionPerson
from inspire.services import solution_publish
from portal.files.services import thumbnails_make
from tests.inspire.factories import SolutionFactory, with_attachment, with_photo
from tests.portal.accounts_factories import UserFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db

HEADINGS = {
    "problem": "El problema",
    "what_was_done": "Qué se hizo",
    "results": "Qué se logró",
    "what_failed": "Qué no funcionó",
    "conditions": "Qué hace falta para que funcione",
    "lessons": "Qué se aprendió",
    "novelty": "Qué tiene de nuevo",
    "partners": "Con quiénes se hizo",
    "beneficiaries": "Para quiénes es",
    "funding": "Cuánto costó y quién lo pagó",
}


def published(**fields: object) -> Solution:
    return solution_publish(solution=SolutionFactory(**fields))


def text_of(client: Client, solution: Solution, **query: str) -> str:
    answer = client.get(solution.get_absolute_url(), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def headings_of(page: str) -> list[str]:
    return re.findall(r'<h2 id="[\w-]+-title">\s*(.*?)\s*</h2>', page)


def test_every_chapter_stands_under_its_heading_and_in_its_order(client: Client) -> None:
    texts = {name: f"Lo que se cuenta de {name}." for name in HEADINGS}
    figures = [{"indicator": "Hogares", "before": "1", "after": "2", "unit": "", "date": ""}]
    page = text_of(client, published(**texts, figures=figures))
    told = headings_of(page)
    expected = list(HEADINGS.values())
    expected.insert(3, "Las cifras")
    assert [heading for heading in told if heading in expected] == expected
    for text in texts.values():
        assert f"<p>{text}</p>" in page


def test_what_nobody_told_has_no_heading(client: Client) -> None:
    page = text_of(client, published(what_was_done="", summary="Una sola frase."))
    assert "Una sola frase." in page
    assert headings_of(page) == ["Qué tan completo está"]


def test_a_long_page_begins_with_its_contents_and_a_short_one_does_not(client: Client) -> None:
    long = published(problem="a", results="b", lessons="c")
    assert '<a href="#what-was-done">Qué se hizo</a>' in text_of(client, long)
    assert "En esta página" not in text_of(client, published())


def test_each_entry_of_the_contents_leads_to_something(client: Client) -> None:
    solution = published(
        **dict.fromkeys(HEADINGS, "Texto."),
        links=[{"label": "Video", "url": "https://example.org/v"}],
        figures=[{"indicator": "Hogares", "after": "2"}],
        people=[("contact", "Ana Ejemplo")],
    )
    with_photo(solution)
    with_photo(solution)
    page = text_of(client, solution)
    targets = re.findall(r'<li> <a href="#([\w-]+)">', page)
    assert len(targets) == 14
    assert all(f'id="{target}"' in page for target in targets)


def test_facts_lead_to_others_like_it(client: Client) -> None:
    solution = published(
        areas=[PolicyAreaFactory(slug="agua")],
        topics=[TopicFactory(slug="cloacas")],
        tags=["agua & barro"],
        sdgs=[6],
        recognitions=["Premio «Ñandú»"],
        stage="pilot",
        cost_band="low",
        start_year=2015,
        end_year=2018,
    )
    page = text_of(client, solution)
    for query in (
        "country=AR",
        "level=local",
        "stage=pilot",
        "area=agua",
        "topic=cloacas",
        "q=agua%20%26%20barro",
        "sdg=6",
        "recognition=Premio%20%C2%AB%C3%91and%C3%BA%C2%BB",
    ):
        assert f'href="/inspirarme/?{query}"' in page
    assert "6. Agua limpia y saneamiento" in page
    assert "2015–2018" in page
    assert "Menos de 10.000 dólares" in page


def test_photos_come_with_their_words_terms_and_a_place_that_is_kept_free(client: Client) -> None:
    solution = published()
    first = with_photo(
        solution, alt="Una plaza con árboles", caption="La plaza", credit="Ana Ejemplo", licence="CC BY 4.0"
    )
    with_photo(solution, alt="La misma plaza, vacía")
    thumbnails_make(file_id=first.file_id)
    page = text_of(client, solution)
    small = f"{first.file.get_absolute_url()}320/"
    assert f"{small} 320w" in page
    for told in ("La plaza", "Foto: Ana Ejemplo.", "Licencia: CC BY 4.0.", 'alt="Una plaza con árboles"'):
        assert told in page
    pictures = re.findall(r"<img .*?>", page)
    assert len(pictures) == 2
    assert all('width="900" height="600"' in picture for picture in pictures)
    assert ['loading="lazy"' in picture for picture in pictures] == [False, True]


def test_documents_say_what_they_are_and_how_large(client: Client) -> None:
    solution = published(links=[{"label": "Video", "url": "https://www.example.org/v?a=1&b=2"}])
    attachment = with_attachment(solution, title="La ordenanza")
    page = text_of(client, solution)
    assert f'href="{attachment.file.get_absolute_url()}"' in page
    assert "La ordenanza" in page
    assert "texto simple (.txt), 21\xa0bytes" in page or "texto simple (.txt), 21 bytes" in page
    assert 'href="https://www.example.org/v?a=1&amp;b=2"' in page
    assert ">example.org<" in page


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://[x", ""]
)
def test_an_address_that_is_none_of_the_web_is_no_link(client: Client, url: str) -> None:
    solution = published(links=[{"label": "Tocá acá", "url": url}], source_name="Fuente", source_url=url)
    page = text_of(client, solution)
    assert "Tocá acá" not in page
    assert not url or f'href="{url}' not in page


def test_people_are_named_with_their_role_and_never_with_an_address(client: Client) -> None:
    account = UserFactory(name="Ana Como Firma Hoy", email="ana@example.org")
    blocked = UserFactory(name="Nombre Que No Va", email="bruno@example.org", is_active=False)
    solution = published(people=[("author", "Carla Prueba")])
    SolutionPerson.objects.create(
        solution=solution,
        role="contact",
        name="Ana Vieja",
        user=account,
        position="Directora",
        organisation="Tandil",
    )
    SolutionPerson.objects.create(solution=solution, role="implementer", name="Bruno Modelo", user=blocked)
    page = text_of(client, solution)
    told = ("A quién preguntarle", "Ana Como Firma Hoy", "Directora, Tandil", "Bruno Modelo", "Carla Prueba")
    assert all(text in page for text in told)
    for hidden in ("Ana Vieja", "Nombre Que No Va", "ana@example.org", "bruno@example.org"):
        assert hidden not in page


def test_a_translation_shows_what_was_not_translated_in_the_original_and_says_so(client: Client) -> None:
    english = {"title": "Composting", "what_was_done": "Bins given."}
    solution = published(problem="Sobraba basura.", translations={"en": english})
    page = text_of(client, solution, idioma="en")
    assert '<div class="stack" lang="en"><p>Bins given.</p></div>' in page
    assert '<div class="stack" lang="es"><p>Sobraba basura.</p></div>' in page
    assert page.count("Esta parte está sólo en el idioma original.") == 1


def test_figures_are_named_in_the_language_that_one_reads(client: Client) -> None:
    solution = published(
        figures=[{"indicator": "Hogares", "after": "30"}],
        translations={"en": {"title": "Composting", "figures": [{"indicator": "Homes", "after": "30"}]}},
    )
    assert ">Homes" in text_of(client, solution, idioma="en")
    assert ">Hogares" in text_of(client, solution)


def test_it_names_its_address_its_other_languages_and_what_a_message_shows_of_it(client: Client) -> None:
    solution = published(summary="Una frase «con» comillas", translations={"en": {"title": "Composting"}})
    with_photo(solution, alt="Una plaza")
    address = f"http://testserver{solution.get_absolute_url()}"
    page = text_of(client, solution)
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<link rel="alternate" hreflang="en" href="{address}?idioma=en">' in page
    assert f'<link rel="alternate" hreflang="es" href="{address}">' in page
    assert '<meta property="og:description" content="Una frase «con» comillas">' in page
    assert '<meta property="og:image" content="http://testserver/archivos/' in page
    assert f'<link rel="canonical" href="{address}?idioma=en">' in text_of(client, solution, idioma="en")


def test_a_draft_says_so_to_staff_and_asks_not_to_be_found(client: Client) -> None:
    solution = SolutionFactory(draft=True)
    client.force_login(UserFactory(staff=True))
    page = text_of(client, solution)
    assert "Todavía no está en la biblioteca" in page
    assert '<meta name="robots" content="noindex">' in page


def test_it_says_what_is_missing_and_why_that_would_help(client: Client) -> None:
    page = text_of(client, published())
    assert "Qué tan completo está" in page
    assert "Contá qué no funcionó: es lo que más ahorra a quien empieza." in page


def test_printing_needs_javascript_and_is_not_offered_without(client: Client) -> None:
    page = text_of(client, published())
    assert re.search(r"<button [^>]*data-print[^>]* hidden", page)
    assert "js/inspire/print.js" in page


def test_a_full_page_asks_the_database_as_often_as_a_fuller_one(client: Client) -> None:
    area = PolicyAreaFactory()
    solution = published(areas=[area], topics=[TopicFactory(area=area)], people=[("author", "Ana Ejemplo")])
    published(areas=[area])

    def grow() -> None:
        thumbnails_make(file_id=with_photo(solution).file_id)
        with_attachment(solution)
        SolutionPerson.objects.create(
            solution=solution, role="contact", name=f"Persona {solution.people.count()}", user=UserFactory()
        )

    def queries() -> int:
        client.get(solution.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            assert client.get(solution.get_absolute_url()).status_code == 200
        return len(captured)

    grow()
    few = queries()
    for _again in range(4):
        grow()
        published(areas=[area])
    assert queries() == few <= 12
