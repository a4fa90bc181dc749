import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.catalog import services
from portal.catalog.models import Entry, Word
from portal.catalog.services import lexicon_rebuild
from portal.catalog.words import suggested_text
from tests.portal.accounts_factories import MembershipFactory
from tests.portal.catalog_factories import EntryFactory

pytestmark = pytest.mark.django_db


def finds_more(text: str) -> bool:
    return Entry.objects.matching(text).exists()


def suggested(text: str) -> str:
    return suggested_text(text, finds_more)


@pytest.fixture
def written() -> None:
    EntryFactory(title="Recolección de basura", summary="Camiones que pasan de noche por el barrio.")
    EntryFactory(title="Basura y compostaje domiciliario")
    EntryFactory(
        title="Huerta comunitaria", translations={"en": {"title": "Vegetable garden", "summary": ""}}
    )
    lexicon_rebuild()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("basrua", "basura"),
        ("vasura", "basura"),
        ("BASSURA", "basura"),
        ("recoleccoin", "recolección"),
        ("uerta", "huerta"),
        ("vegetabel", "vegetable"),
        ("basrua compostage", "basura compostaje"),
        ('"basrua" -noche', '"basura" -noche'),
    ],
)
@pytest.mark.usefixtures("written")
def test_a_misspelt_word_leads_to_the_one_that_is_meant(typed: str, meant: str) -> None:
    assert suggested(typed) == meant


@pytest.mark.parametrize(
    "typed", ["basura", "recoleccion", "zzzz", "xk", "", "-basrua", "123456", "ба́шня", "%%%"]
)
@pytest.mark.usefixtures("written")
def test_what_is_written_so_or_like_nothing_is_left_as_it_is(typed: str) -> None:
    assert suggested(typed) == ""


@pytest.mark.usefixtures("written")
def test_a_word_that_is_found_nowhere_any_more_is_never_proposed() -> None:
    Entry.objects.all().delete()
    assert Word.objects.filter(plain="basura").exists()
    assert suggested("basrua") == ""


def test_of_two_equally_near_the_one_that_more_are_written_with_is_proposed() -> None:
    EntryFactory(title="Plaza para el cierre")
    for _ in range(3):
        EntryFactory(title="Plaga en el arbolado")
    lexicon_rebuild()
    assert suggested("plava") == "plaga"


def test_it_is_proposed_as_most_write_it() -> None:
    EntryFactory(title="Gestion de arboles")
    EntryFactory(title="Gestión de árboles")
    EntryFactory(title="Gestión de suelos")
    lexicon_rebuild()
    assert Word.objects.get(plain="gestion").word == "gestión"
    assert suggested("gestoin") == "gestión"


def test_words_that_are_for_members_only_are_told_to_nobody() -> None:
    EntryFactory(title="Fideicomiso reservado", visibility="members")
    lexicon_rebuild()
    assert not Word.objects.exists()


@pytest.mark.usefixtures("written")
def test_gathering_again_forgets_words_that_are_gone() -> None:
    Entry.objects.filter(title__startswith="Huerta").delete()
    count = lexicon_rebuild()
    assert count == Word.objects.count()
    assert not Word.objects.filter(plain="huerta").exists()
    assert Word.objects.get(plain="basura").entries == 2


def test_the_lexicon_is_bounded_and_keeps_what_most_are_written_with(monkeypatch: pytest.MonkeyPatch) -> None:
    EntryFactory(title="Agua potable")
    EntryFactory(title="Agua segura")
    monkeypatch.setattr(services, "MOST_WORDS", 1)
    assert lexicon_rebuild() == 1
    assert Word.objects.get().plain == "agua"


def test_rebuilding_the_catalogue_gathers_the_words() -> None:
    Word.objects.create(plain="vieja", word="vieja", entries=1)
    call_command("rebuild_catalog")
    assert not Word.objects.exists()


@pytest.mark.usefixtures("written")
def test_a_suggestion_costs_at_most_two_queries(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(2):
        suggested_text("basrua compostage uerta vecinoz", lambda _text: True)


@pytest.mark.usefixtures("written")
def test_the_search_page_offers_what_may_have_been_meant(client: Client) -> None:
    page = " ".join(client.get("/buscar/?q=basrua").content.decode().split())
    assert '¿Quisiste decir <a href="?q=basura">basura</a>?' in page
    assert "Quisiste decir" not in client.get("/buscar/?q=basura").content.decode()


@pytest.mark.usefixtures("written")
def test_the_search_page_offers_nothing_that_its_filters_would_not_find(client: Client) -> None:
    member = Client()
    member.force_login(MembershipFactory().user)
    Entry.objects.update(visibility="members")
    assert "Quisiste decir" not in client.get("/buscar/?q=basrua").content.decode()
    assert "Quisiste decir" in member.get("/buscar/?q=basrua").content.decode()


class AnyText(TestCase):
    @given(st.text(max_size=60))
    def test_no_text_breaks_the_suggestion(self, text: str) -> None:
        suggested_text(text, lambda _text: True)
