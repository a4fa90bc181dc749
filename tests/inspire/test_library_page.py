import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from inspire.services import solution_publish
from portal.catalog.services import lexicon_rebuild
from portal.facets import counts
from tests.inspire.factories import SolutionFactory
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db
PAGE = "/inspirarme/"


def published(**fields: object) -> object:
    return solution_publish(solution=SolutionFactory(**fields))


def text_of(client: Client, url: str = PAGE, **query: object) -> str:
    answer = client.get(url, query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def choice_in(page: str, name: str, value: str) -> str:
    """Return a facet's value as it is shown, without its markup."""
    found = re.search(rf'<input type="checkbox" id="[^"]+" name="{name}" value="{value}".*?</label>', page)
    heard = re.sub(r'<span [^>]*aria-hidden="true">[^<]*</span>', "", found.group()) if found else ""
    return " ".join(re.sub(r"<[^>]+>", " ", heard).split())


def test_the_list_says_how_many_there_are_and_how_many_are_on_the_map(client: Client) -> None:
    published(on_map=True)
    published()
    page = text_of(client)
    assert "2 soluciones" in page
    assert "1 con ubicación en el mapa" in page
    assert 'data-total="2" data-positioned="1"' in page
    assert re.search(r'<div role="status"> <h2[^>]*> 2 soluciones', page)


def test_an_empty_library_explains_itself(client: Client) -> None:
    assert "Todavía no hay soluciones" in text_of(client)


def test_filters_that_find_nothing_say_what_to_try(client: Client) -> None:
    published()
    page = text_of(client, q="acueducto")
    assert "Probá con menos palabras" in page
    assert "Ver todas las soluciones" in page


@pytest.mark.parametrize("view", ["lista", "tabla", "mapa"])
def test_filters_survive_the_change_between_list_table_and_map(client: Client, view: str) -> None:
    published(title="Huerta", on_map=True)
    page = text_of(client, q="huerta", country="AR", vista=view)
    kept = "?q=huerta&amp;country=AR"
    for link in (kept, f"{kept}&amp;vista=tabla", f"{kept}&amp;vista=mapa"):
        assert f'href="{link}"' in page
    assert re.search(r'name="country" value="AR" checked', page)
    assert 'value="huerta"' in page


def test_each_facet_is_a_group_with_a_name_and_each_value_says_how_many_there_are(client: Client) -> None:
    area = PolicyAreaFactory(slug="agua", name_es="Agua y cloacas")
    published(areas=[area])
    published(areas=[area])
    page = text_of(client)
    assert "Área de gestión, con cuántos resultados tiene cada opción </legend>" in page
    assert choice_in(page, "area", "agua") == "Agua y cloacas 2"


def test_counts_show_what_another_value_of_the_same_facet_would_bring(client: Client) -> None:
    published()
    published(country=CountryFactory(code="PT", name_es="Portugal"))
    published(country=CountryFactory(code="PT"), level="regional")
    page = text_of(client, country="AR")
    assert choice_in(page, "country", "PT") == "Portugal 2"
    assert choice_in(page, "level", "regional") == ""
    assert "1 solución" in page


def test_each_chosen_value_can_be_taken_off_alone(client: Client) -> None:
    PolicyAreaFactory(slug="agua", name_es="Agua y cloacas")
    answer = client.get(PAGE, {"q": "huerta", "area": ["agua", "no-existe"], "has_results": "yes"})
    assert answer.context["chips"] == [
        ("«huerta»", "/inspirarme/?area=agua&area=no-existe&has_results=yes"),
        ("Agua y cloacas", "/inspirarme/?q=huerta&has_results=yes&area=no-existe"),
        ("no-existe", "/inspirarme/?q=huerta&has_results=yes&area=agua"),
        ("Cuentan qué lograron", "/inspirarme/?q=huerta&area=agua&area=no-existe"),
    ]
    assert answer.context["chosen_count"] == 3


def test_a_value_that_does_not_exist_finds_nothing_and_can_be_taken_off(client: Client) -> None:
    published()
    answer = client.get(PAGE, {"area": "no-existe"})
    assert answer.context["total"].number == 0
    assert answer.context["chips"] == [("no-existe", "/inspirarme/")]
    page = " ".join(answer.content.decode().split())
    assert "Quitar el filtro:" in page
    assert choice_in(page, "area", "no-existe") == "no-existe 0"


def test_values_to_choose_from_are_those_with_published_solutions(client: Client) -> None:
    published()
    CountryFactory(code="ES")
    SolutionFactory(draft=True, country=CountryFactory(code="PT"))
    page = text_of(client)
    assert choice_in(page, "country", "AR")
    assert not choice_in(page, "country", "ES")
    assert not choice_in(page, "country", "PT")


def test_a_long_facet_shows_the_most_frequent_values_and_keeps_the_others_a_click_away(
    client: Client,
) -> None:
    area = PolicyAreaFactory()
    topics = [TopicFactory(area=area, name_es=f"Tema {number}") for number in range(9)]
    for number, topic in enumerate(topics):
        for _row in range(9 - number):
            published(topics=[topic])
    facet = next(one for one in client.get(PAGE).context["facets"] if one.facet.id == "topic")
    assert [choice.count.number for choice in facet.first] == [9, 8, 7, 6, 5, 4]
    assert [choice.label for choice in facet.rest] == ["Tema 6", "Tema 7", "Tema 8"]
    assert "Ver 3 más" in text_of(client)


def test_what_is_chosen_stands_among_the_first_whatever_its_count(client: Client) -> None:
    for number in range(9):
        published(recognitions=[f"Premio {number}"])
        published(recognitions=[f"Premio {number}"] if number != 8 else [])
    facets = client.get(PAGE, {"recognition": "Premio 8"}).context["facets"]
    facet = next(one for one in facets if one.facet.id == "recognition")
    assert facet.first[0].value == "Premio 8"
    assert facet.is_open


@pytest.mark.parametrize("order", ["nuevas", "lugar", "relevancia", "otro", ""])
def test_pages_follow_each_other_without_gaps_or_repeats(client: Client, order: str) -> None:
    countries = [CountryFactory(code=code) for code in ("AR", "PT", "BR")]
    made = {
        published(country=countries[number % 3], place_name=f"Ála {number % 7}").get_absolute_url()
        for number in range(45)
    }
    query = {"orden": order, "q": "compostaje"} if order == "relevancia" else {"orden": order}
    seen: list[str] = []
    cursor = ""
    for _ in range(3):
        page = client.get(PAGE, query | {"cursor": cursor}).context["page"]
        seen += [row.get_absolute_url() for row in page.rows]
        cursor = page.next_cursor
    assert cursor == ""
    assert (len(seen), set(seen)) == (45, made)
    back = client.get(PAGE, query | {"cursor": page.previous_cursor}).context["page"]
    assert [row.get_absolute_url() for row in back.rows] == seen[20:40]


def test_words_put_the_best_match_first_unless_another_order_is_asked_for(client: Client) -> None:
    best = published(title="Huerta, huerta y más huerta")
    other = published(title="Compostaje", what_was_done="También hay una huerta.")
    rows = client.get(PAGE, {"q": "huerta"}).context["page"].rows
    assert [row.pk for row in rows] == [best.pk, other.pk]
    newest = client.get(PAGE, {"q": "huerta", "orden": "nuevas"}).context["page"].rows
    assert [row.pk for row in newest] == [other.pk, best.pk]


def test_places_are_sorted_by_the_countrys_name_and_without_regard_to_accents(client: Client) -> None:
    germany = CountryFactory(code="DE", name_es="Alemania")
    spain = CountryFactory(code="ES", name_es="España")
    names = [(spain, "Zamora"), (spain, "ávila"), (germany, "Ulm"), (spain, "Burgos")]
    for country, place in names:
        published(country=country, place_name=place)
    rows = client.get(PAGE, {"orden": "lugar"}).context["page"].rows
    assert [row.place_name for row in rows] == ["Ulm", "ávila", "Burgos", "Zamora"]


def test_an_extract_shows_where_the_words_were_found_and_nothing_else_as_markup(client: Client) -> None:
    published(title="Otra cosa", summary="<b>Negrita</b> y una huerta escolar.")
    page = text_of(client, q="huerta")
    assert "<mark>huerta</mark> escolar" in page
    assert "<b>Negrita" not in page


def test_what_is_found_in_a_translation_shows_the_summary(client: Client) -> None:
    published(summary="Las familias separan.", translations={"en": {"title": "Kitchen waste", "summary": ""}})
    page = text_of(client, q="kitchen")
    assert "Las familias separan." in page
    assert "<mark>" not in page


def test_a_misspelt_word_is_answered_with_what_may_have_been_meant(client: Client) -> None:
    published(title="Recolección de basura")
    lexicon_rebuild()
    page = text_of(client, q="basrua", country="AR")
    assert '¿Quisiste decir <a href="?q=basura&amp;country=AR">basura</a>?' in page
    assert "Quisiste decir" not in text_of(client, q="basrua", country="PT")
    assert "Quisiste decir" not in text_of(client, q="basura")


def test_the_table_has_a_caption_headings_and_the_order_it_stands_in(client: Client) -> None:
    area = PolicyAreaFactory(name_es="Agua")
    published(title="Huerta", stage="pilot", start_year=2019, results="Creció.", areas=[area], on_map=True)
    page = text_of(client, vista="tabla", orden="lugar")
    assert 'role="region" tabindex="0" aria-labelledby="solution-table-caption"' in page
    assert '<th scope="col" aria-sort="ascending">' in page
    row = page[page.index("<tbody>") :]
    for cell in ("Huerta", "Tandil, Argentina", "Agua", "Prueba piloto", "2019", "Sí"):
        assert cell in row


def test_htmx_gets_the_results_and_the_facets_alone(client: Client) -> None:
    published()
    answer = client.get(PAGE, headers={"HX-Request": "true"})
    fragment = " ".join(answer.content.decode().split())
    assert "<html" not in fragment
    assert "1 solución" in fragment
    assert '<div id="facetas" hx-swap-oob="true">' in fragment
    assert choice_in(fragment, "country", "AR") == "Argentina 1"
    assert "HX-Request" in answer.headers["Vary"]


def test_above_ten_thousand_nothing_is_counted_out_and_the_page_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "MOST_COUNTED", 4)
    for number in range(7):
        published(on_map=True, level="regional" if number < 6 else "local")
    page = text_of(client, country="AR")
    assert "Más de 4 soluciones" in page
    assert "más de 4 con ubicación en el mapa" in page
    assert "dice cuántas hay por lo menos" in page
    assert 'data-total="4"' in page
    assert "7 soluciones" in text_of(client)
    searched = text_of(client, q="compostaje")
    assert "Son demasiadas para ordenarlas por relevancia" in searched


def test_peers_of_a_municipality_are_found_with_it_and_it_is_named(client: Client) -> None:
    town, peer = MunicipalityFactory(name="Chivilcoy"), MunicipalityFactory(population=21_000)
    far = MunicipalityFactory(population=3_000_000, region_code="14", category="Otra")
    mine, theirs = published(municipality=town), published(municipality=peer)
    published(municipality=far)
    answer = client.get(PAGE, {"like": town.pk})
    assert {row.pk for row in answer.context["page"].rows} == {mine.pk, theirs.pk}
    assert answer.context["chips"] == [("Municipios como Chivilcoy", PAGE)]
    assert f'<input type="hidden" name="like" value="{town.pk}"' in answer.content.decode()


def test_each_reader_is_offered_her_own_municipality_on_the_page_that_all_share(
    client: Client, settings
) -> None:
    settings.VISITOR_CACHE_SECONDS = 60
    published()
    assert "Ingresá" in text_of(client)
    links = []
    for _reader in range(2):
        membership = MembershipFactory(municipality=MunicipalityFactory())
        reader = Client()
        reader.force_login(membership.user)
        page = text_of(reader, q="compostaje")
        links.append(f'href="?q=compostaje&amp;like={membership.municipality_id}"')
        assert links[-1] in page
        assert f"Como mi municipio: {membership.municipality.name}" in page
    assert links[0] not in page
    alone = Client()
    alone.force_login(UserFactory())
    assert "Sumate al tuyo" in text_of(alone)


def test_kept_counts_are_forgotten_when_something_is_published(
    client: Client, settings, django_capture_on_commit_callbacks
) -> None:
    settings.VISITOR_CACHE_SECONDS = 60
    with django_capture_on_commit_callbacks(execute=True):
        published()
    assert "1 solución" in text_of(client, country="AR", vista="tabla")
    with django_capture_on_commit_callbacks(execute=True):
        published()
    page = text_of(client, country="AR", vista="tabla")
    assert "2 soluciones" in page
    assert choice_in(page, "country", "AR") == "Argentina 2"


def test_counts_are_asked_once_for_all_pages_of_a_filter(client: Client, settings) -> None:
    settings.VISITOR_CACHE_SECONDS = 60
    for _row in range(21):
        published()
    cursor = client.get(PAGE, {"country": "AR"}).context["page"].next_cursor
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE, {"country": "AR", "cursor": cursor})
    assert not [query for query in captured if "inspire_counted_keys" in query["sql"]]


QUERIES = [
    "",
    "vista=tabla&orden=lugar",
    "q=compostaje",
    "q=compostaje&country=AR&country=PT&has_results=yes",
    "province=AR-06&recognition=Premio&sdg=11",
    "vista=mapa&country=AR",
]


@pytest.mark.parametrize("query", QUERIES)
def test_the_number_of_queries_does_not_grow_with_the_rows(client: Client, query: str) -> None:
    area = PolicyAreaFactory()
    town = MunicipalityFactory()

    def another(**fields: object) -> None:
        common = {
            "areas": [area],
            "on_map": True,
            "municipality": town,
            "sdgs": [11],
            "recognitions": ["Premio"],
        }
        published(**(common | fields))

    def asked() -> int:
        cache.clear()
        client.get(f"{PAGE}?area=x")
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{PAGE}?{query}").status_code == 200
        return len(captured)

    another(results="Creció.")
    few = asked()
    for number in range(15):
        another(results="Creció.", country=CountryFactory(code="PT" if number % 2 else "AR"))
    assert asked() <= few <= 16


@pytest.mark.parametrize(
    "query",
    [
        "area=" + "x" * 5000,
        "&".join(f"country=C{number}" for number in range(500)),
        "like=abc",
        "like=99999999999999999999999",
        "like=-1",
        "q=" + "a" * 10_000,
        "q=%00&area=%00&like=%00&box=%00&orden=%00&vista=%00&cursor=%00",
        "years=-1&years=20x5&sdg=999&population=77&language=zz&stage=&level=none",
        "area=%F0%28%8C%28&q=%ED%A0%80",
        "positioned=quizas&has_results=no",
    ],
)
def test_made_up_addresses_are_answered(client: Client, query: str) -> None:
    published(on_map=True)
    for view in ("lista", "tabla", "mapa"):
        assert client.get(f"{PAGE}?{query}&vista={view}").status_code == 200
