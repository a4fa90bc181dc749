import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from inspire.services import solution_publish
from tests.inspire.factories import SolutionFactory
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import CountryFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db

ENGLISH = {"title": "Composting", "summary": "Families sort.", "what_was_done": "Bins given.", "results": ""}


def published(**fields: object) -> object:
    return solution_publish(solution=SolutionFactory(**fields))


def text_of(client: Client, url: str, **query: str) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200
    return answer.content.decode()


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_map_is_a_list_without_javascript_and_says_what_its_outlines_imply(client: Client) -> None:
    published(title="Huerta en Tandil", on_map=True)
    published(title="Plan nacional")
    page = text_of(client, "/inspirarme/", vista="mapa")
    assert "El mapa necesita JavaScript" in page
    assert "Huerta en Tandil" in page
    assert "Plan nacional" not in page
    assert "no implican ninguna posición" in page


def test_a_map_without_points_sends_to_the_list(client: Client) -> None:
    published()
    assert "Ninguna de estas soluciones tiene un punto" in text_of(client, "/inspirarme/", vista="mapa")


def test_a_page_tells_what_is_known_and_nothing_of_what_is_not(client: Client) -> None:
    solution = published(source_name="Municipio de Tandil", licence="CC BY 4.0", start_year=2019)
    page = text_of(client, solution.get_absolute_url())
    assert solution.title in page
    assert "Qué se hizo" in page
    assert 'id="results"' not in page
    assert "Municipio de Tandil" in page
    assert "CC BY 4.0" in page
    assert "<svg viewBox" not in page


def test_results_and_place_are_shown_when_they_are_known(client: Client) -> None:
    page = text_of(client, published(results="Bajó la basura.", on_map=True).get_absolute_url())
    assert "Qué se logró" in page
    assert "Tandil en el mapa" in page


def test_what_is_a_whole_countrys_says_so_and_shows_no_place_of_its_own(client: Client) -> None:
    page = text_of(client, published(country_wide=True).get_absolute_url())
    assert "Alcance nacional" in page
    assert "en el mapa" not in page
    assert "<svg viewBox" not in page
    assert "Alcance nacional" not in text_of(client, published(on_map=True).get_absolute_url())


def test_the_map_without_javascript_says_what_is_a_whole_countrys(client: Client) -> None:
    published(title="Plan nacional", country_wide=True)
    page = " ".join(text_of(client, "/inspirarme/", vista="mapa").split())
    assert "Argentina</span> · todo el país" in page
    assert "El anillo marca soluciones de alcance nacional" in page


def test_a_sample_says_that_it_is_one(client: Client) -> None:
    solution = published(is_sample=True)
    assert "Muestra" in text_of(client, solution.get_absolute_url())
    assert "Muestra" in text_of(client, "/inspirarme/")


def test_one_reads_in_ones_language_and_can_choose_the_other(client: Client) -> None:
    solution = published(translations={"en": ENGLISH})
    spanish = text_of(client, solution.get_absolute_url())
    assert f'<h1 lang="es">{solution.title}</h1>' in spanish
    assert "Leer en inglés" in spanish
    english = text_of(client, solution.get_absolute_url(), idioma="en")
    assert '<h1 lang="en">Composting</h1>' in english
    assert "el original está en español" in english
    assert solution.title in text_of(client, solution.get_absolute_url(), idioma="zz")


def test_a_solution_in_a_language_that_is_not_the_readers_says_so(client: Client) -> None:
    page = text_of(client, published(language="fr").get_absolute_url())
    assert "Está sólo en francés" in page


def test_related_solutions_come_with_the_reason(client: Client) -> None:
    area = PolicyAreaFactory(name_es="Agua y cloacas")
    solution = published(areas=[area])
    other = published(areas=[area], title="Desagüe abierto")
    page = text_of(client, solution.get_absolute_url())
    assert other.title in page
    assert "Misma área: Agua y cloacas" in page


def test_a_draft_is_for_staff_only(client: Client) -> None:
    url = SolutionFactory(draft=True).get_absolute_url()
    assert client.get(url).status_code == 404
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    client.force_login(UserFactory(staff=True))
    assert "Borrador" in text_of(client, url)


def test_a_draft_that_staff_read_is_shown_to_nobody_else_while_pages_are_kept(
    client: Client, settings
) -> None:
    settings.VISITOR_CACHE_SECONDS = 60
    url = SolutionFactory(draft=True, title="Todavía en secreto").get_absolute_url()
    staff, other_staff, member = Client(), Client(), Client()
    staff.force_login(UserFactory(staff=True))
    other_staff.force_login(UserFactory(staff=True))
    member.force_login(MembershipFactory().user)
    client.force_login(UserFactory())
    for _again in range(2):
        assert "Todavía en secreto" in text_of(staff, url)
        for other in (client, member, Client()):
            assert other.get(url).status_code == 404
    assert "Todavía en secreto" in text_of(other_staff, url)
    assert "Todavía en secreto" not in text_of(staff, "/inspirarme/")


@pytest.mark.parametrize("path", ["/inspirarme/", "/inspirarme/?vista=mapa", "/inspirarme/mapa.json", "page"])
def test_signed_in_readers_share_what_one_of_them_had_made(client: Client, settings, path: str) -> None:
    settings.VISITOR_CACHE_SECONDS = 60
    solution = published(title="Compostaje compartido", on_map=True, areas=[PolicyAreaFactory()])
    url = solution.get_absolute_url() if path == "page" else path
    first, second = UserFactory(name="Ana Ejemplo"), UserFactory(name="Bruno Modelo")
    client.force_login(first)
    own = text_of(client, url)
    assert "Compostaje compartido" in own
    other = Client()
    other.force_login(second)
    with CaptureQueriesContext(connection) as captured:
        theirs = text_of(other, url)
    assert not [query for query in captured if "inspire_" in query["sql"] or "catalog_" in query["sql"]]
    assert "Compostaje compartido" in theirs
    assert "Ana" not in theirs
    assert ("Bruno" in theirs) == ("Ana" in own)


def test_what_a_source_wrote_is_text_and_never_markup(client: Client) -> None:
    evil = "<script>alert(1)</script>"
    solution = published(
        title=evil, summary=evil, what_was_done=evil, place_name=evil, tags=[evil], on_map=False
    )
    for url in ("/inspirarme/", solution.get_absolute_url(), f"/inspirarme/?q={evil}"):
        assert evil not in text_of(client, url)


@pytest.mark.parametrize("url", ["/inspirarme/", "/inspirarme/?vista=mapa"])
def test_the_number_of_queries_does_not_grow_with_the_rows(client: Client, url: str) -> None:
    area = PolicyAreaFactory()
    published(areas=[area], on_map=True)
    client.get(url)
    few = queries_of(client, url)
    for _ in range(18):
        published(areas=[area], on_map=True, country=CountryFactory(code="ES"))
    client.get(url)
    assert queries_of(client, url) == few <= 12


def test_a_page_asks_the_database_at_most_twelve_times(client: Client) -> None:
    areas = PolicyAreaFactory.create_batch(2)
    solution = published(areas=areas, on_map=True)
    for _ in range(6):
        published(areas=areas)
    client.get(solution.get_absolute_url())
    assert queries_of(client, solution.get_absolute_url()) <= 12


def test_visitors_pages_set_no_cookie_and_hold_no_token(client: Client) -> None:
    solution = published(on_map=True)
    for url in ("/inspirarme/", "/inspirarme/?vista=mapa", solution.get_absolute_url()):
        answer = client.get(url)
        assert not answer.cookies
        assert "csrf" not in answer.content.decode().lower()


def test_a_tile_server_that_the_installation_chose_takes_the_place_of_the_outline(
    client: Client, settings
) -> None:
    settings.LEAFLET_CONFIG = settings.LEAFLET_CONFIG | {
        "TILES": [("Calles", "https://tiles.example.org/{z}/{x}/{y}.png", {"attribution": "© Ejemplo"})]
    }
    published(on_map=True)
    page = text_of(client, "/inspirarme/", vista="mapa")
    assert "https://tiles.example.org/{z}/{x}/{y}.png" in page
    assert "Natural Earth" not in page
