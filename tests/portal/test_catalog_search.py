import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.catalog.models import Entry
from portal.catalog.search_text import split_search_text
from tests.portal.catalog_factories import EntryFactory

pytestmark = pytest.mark.django_db


def found(text: str) -> set[str]:
    return set(Entry.objects.matching(text).values_list("title", flat=True))


@pytest.mark.parametrize(
    "words",
    ["participación", "participacion", "participaciones", "PARTICIPACIÓN", "presupuesto participación"],
)
def test_spanish_is_found_with_and_without_accents_and_in_other_forms(words: str) -> None:
    EntryFactory(title="Presupuesto con participación vecinal", language="es")
    assert found(words) == {"Presupuesto con participación vecinal"}


def test_what_was_written_without_accents_is_found_by_words_with_them() -> None:
    EntryFactory(title="Gestion de residuos y educacion", language="es")
    assert found("educación gestión") == {"Gestion de residuos y educacion"}


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("recibió", "reciben"),
        ("recibió", "recibio"),
        ("policías", "policia"),
        ("participación", "participan"),
        ("participacion", "participaciones"),
        ("camiones", "camion"),
        ("INSTALACIÓN", "instalaciones"),
        ("niñez", "ninez"),
    ],
)
def test_the_forms_of_a_word_meet_whatever_its_accents(written: str, typed: str) -> None:
    EntryFactory(title="Otra", body=f"Se dijo {written} en el barrio", language="es")
    assert found(typed) == {"Otra"}


def test_each_language_is_stemmed_by_its_own_rules() -> None:
    EntryFactory(title="Mapping neighbourhoods with volunteers", language="en")
    EntryFactory(title="Gestão participativa dos cidadãos", language="pt")
    assert found("mapped neighbourhood") == {"Mapping neighbourhoods with volunteers"}
    assert found("cidadaos") == {"Gestão participativa dos cidadãos"}


def test_a_translation_is_found_and_leads_to_the_same_entry() -> None:
    EntryFactory(
        title="Compostaje en los barrios",
        translations={"en": {"title": "Neighbourhood composting", "summary": ""}},
    )
    assert found("composting") == {"Compostaje en los barrios"}


def test_a_minus_takes_out_what_is_not_wanted_in_every_language() -> None:
    EntryFactory(title="Gestión de residuos")
    EntryFactory(title="Gestión de plazas")
    assert found("gestión -residuos") == {"Gestión de plazas"}


def test_quotes_ask_for_words_in_that_order() -> None:
    EntryFactory(title="Agua potable para todos")
    EntryFactory(title="Potable no es toda agua")
    assert found('"agua potable"') == {"Agua potable para todos"}


def test_the_title_counts_more_than_the_body() -> None:
    EntryFactory(title="Otra cosa", body="compostaje compostaje")
    EntryFactory(title="Compostaje", body="otra cosa")
    assert [entry.title for entry in Entry.objects.matching("compostaje")] == ["Compostaje", "Otra cosa"]


def test_an_extract_marks_the_words_that_were_found() -> None:
    EntryFactory(title="Árboles", summary="Se plantaron árboles en todas las veredas del centro.")
    entry = Entry.objects.matching("arboles").with_extract("árboles").get()
    assert "⟦árboles⟧" in entry.extract


def test_members_only_entries_are_not_shown_to_visitors() -> None:
    EntryFactory(title="Para la red", visibility=Entry.Visibility.MEMBERS)
    EntryFactory(title="Para todas")
    assert {entry.title for entry in Entry.objects.visible_to(AnonymousUser())} == {"Para todas"}


def test_related_entries_come_with_the_topics_they_share() -> None:
    entry = EntryFactory(areas=["salud"], topics=["aps", "vacunas"])
    EntryFactory(title="Lejana", areas=["ambiente"], topics=["arbolado"])
    EntryFactory(title="Cercana", areas=["salud"], topics=["aps", "vacunas"])
    EntryFactory(title="Del área", areas=["salud"], topics=[])
    related = list(Entry.objects.related_to(entry))
    assert [other.title for other in related] == ["Cercana", "Del área"]
    assert sorted(related[0].shared_topics) == ["aps", "vacunas"]


class AnySearchText(TestCase):
    @given(st.text(max_size=80))
    def test_no_text_breaks_the_search(self, text: str) -> None:
        list(Entry.objects.matching(text).with_extract(text))


@given(st.text(st.characters(exclude_characters="-\x00"), max_size=200))
def test_a_text_without_a_minus_is_wanted_as_it_is(text: str) -> None:
    assert split_search_text(text) == (text.strip(), "")


def test_words_after_a_minus_are_unwanted() -> None:
    assert split_search_text('agua -"agua potable" -río') == ("agua", "agua potable or río")
