import pytest
from django.test import Client

from tests.portal.catalog_factories import EntryFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_home_shows_what_is_new_in_each_function(client: Client) -> None:
    EntryFactory(kind="solution", title="Compostaje en los barrios")
    page = client.get("/").content.decode()
    assert "Compostaje en los barrios" in page
    for name in ("Conectarme", "Intercambiar", "Inspirarme", "Capacitarme", "Evaluarme", "Tableros"):
        assert name in page


def test_home_counts_people_and_municipalities_and_puts_nobody_on_its_front(client: Client) -> None:
    EntryFactory(kind="person", title="Marta Delgado")
    EntryFactory(kind="town", title="Villa Portada")
    page = client.get("/").content.decode()
    assert "Marta Delgado" not in page
    assert "Villa Portada" not in page
    assert '?tipo=person">Personas: 1</a>' in page
    assert '?tipo=town">Municipios: 1</a>' in page


def test_home_says_when_there_is_nothing_yet(client: Client) -> None:
    assert "Todavía no hay nada publicado" in client.get("/").content.decode()


def test_search_tells_how_many_and_marks_the_words(client: Client) -> None:
    EntryFactory(title="Huertas urbanas", summary="Una huerta en cada barrio.")
    page = client.get("/buscar/?q=huertas").content.decode()
    assert "1 resultado" in page
    assert "<mark>" in page


def test_search_shows_a_text_as_text(client: Client) -> None:
    EntryFactory(title="Prueba", summary="<script>alert(1)</script> prueba")
    page = client.get("/buscar/?q=prueba").content.decode()
    assert "<script>alert(1)" not in page


def test_search_without_results_says_what_to_do(client: Client) -> None:
    assert "Probá con menos palabras" in client.get("/buscar/?q=zzzz").content.decode()


def test_search_filters_by_area_and_kind(client: Client) -> None:
    PolicyAreaFactory(slug="health")
    EntryFactory(title="Vacunas en la plaza", areas=["health"])
    EntryFactory(title="Plaza nueva", areas=["urban-works-mobility"])
    page = client.get("/buscar/?q=plaza&area=health&tipo=solution").content.decode()
    assert "Vacunas en la plaza" in page
    assert "Plaza nueva" not in page


@pytest.mark.parametrize("name", ["tipo", "area"])
@pytest.mark.parametrize("value", ["\0", "solution\0", "no-such-thing"])
def test_a_filter_that_the_page_does_not_offer_is_none(client: Client, name: str, value: str) -> None:
    PolicyAreaFactory(slug="health")
    EntryFactory(title="Plaza", areas=["health"])
    page = client.get("/buscar/", {"q": "plaza", name: value})
    assert page.status_code == 200
    assert page.context["count"] == 1
    assert page.context["kind"] == page.context["area"] == ""
    assert client.get("/buscar/", {name: value}).context["asked"] is False


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999", "٣"])
def test_a_strange_page_number_is_no_error(client: Client, page: str) -> None:
    EntryFactory(title="Plaza")
    assert client.get("/buscar/", {"q": "plaza", "pagina": page}).status_code == 200


def test_a_null_character_in_a_search_is_no_error(client: Client) -> None:
    assert client.get("/buscar/", {"q": "agua\x00"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/buscar/?q=entrada", "/buscar/?area=health"])
def test_queries_do_not_grow_with_the_rows(client: Client, path: str, django_assert_max_num_queries) -> None:
    PolicyAreaFactory(slug="health")
    EntryFactory.create_batch(2, areas=["health"])
    with django_assert_max_num_queries(12) as few:
        client.get(path)
    EntryFactory.create_batch(30, areas=["health"])
    with django_assert_max_num_queries(12) as many:
        client.get(path)
    assert len(many) <= len(few)


def test_the_language_link_keeps_the_choice_and_goes_back(client: Client) -> None:
    response = client.get("/idioma/en/?next=/buscar/")
    assert response.headers["Location"] == "/buscar/"
    assert 'lang="en"' in client.get("/buscar/").content.decode()


def test_the_language_link_leads_nowhere_else(client: Client) -> None:
    assert client.get("/idioma/en/?next=https://otro.example/").headers["Location"] == "/"
    assert client.get("/idioma/xx/").status_code == 404


def test_the_search_shows_all_on_a_topic_and_says_how_to_drop_the_filter(client: Client) -> None:
    TopicFactory(slug="compost", name_es="Compostaje")
    EntryFactory(title="Sobre compost", topics=["compost"])
    EntryFactory(title="Sobre otra cosa", topics=["otra"])
    page = client.get("/buscar/?tema=compost").content.decode()
    assert "Sobre compost" in page
    assert "Sobre otra cosa" not in page
    assert "Quitar este filtro" in page
    assert "Sobre compost" not in client.get("/buscar/?tema=inventado").content.decode()
