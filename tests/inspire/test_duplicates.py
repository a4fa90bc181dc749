"""What the library holds that is like a title being typed."""

import pytest
from django.test import Client
from django.urls import reverse

from inspire.duplicates import likely_duplicates
from inspire.services import solution_catalogue
from portal.catalog.models import Word
from portal.catalog.rare_words import rarest_words
from portal.catalog.services import lexicon_rebuild
from tests.inspire.factories import SolutionFactory
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


def in_library(title: str, **fields):
    solution = SolutionFactory(title=title, summary="", **fields)
    solution_catalogue(solution=solution)
    return solution


def found(title: str, **where) -> list[str]:
    return [duplicate.entry.title for duplicate in likely_duplicates(title, **where)]


def test_a_title_with_the_same_words_is_likely_the_same() -> None:
    in_library("Compostaje comunitario en los barrios de Rafaela")
    in_library("Presupuesto participativo joven")
    assert found("Compostaje en barrios de Rafaela") == ["Compostaje comunitario en los barrios de Rafaela"]


def test_accents_capitals_and_order_do_not_matter() -> None:
    in_library("Gestión de áridos y escombros")
    assert found("escombros y aridos: GESTION") == ["Gestión de áridos y escombros"]


def test_another_theme_is_no_duplicate() -> None:
    in_library("Compostaje comunitario en los barrios")
    assert found("Alumbrado público con energía solar") == []


def test_the_same_town_makes_it_likelier() -> None:
    town = MunicipalityFactory()
    far = in_library("Huertas urbanas con escuelas", country=CountryFactory(code="UY"))
    near = in_library("Huertas urbanas con escuelas", municipality=town)
    assert [
        one.entry.object_id for one in likely_duplicates("Huertas urbanas escuelas", municipality_id=town.pk)
    ] == [
        near.pk,
        far.pk,
    ]


def test_only_what_is_in_the_library_is_shown_and_not_what_is_being_changed() -> None:
    solution = in_library("Ciclovías seguras en avenidas")
    in_library("Ciclovías seguras en avenidas", draft=True)
    assert len(found("Ciclovías seguras en avenidas")) == 1
    assert found("Ciclovías seguras en avenidas", besides=solution.pk) == []


def test_the_rarest_words_are_asked_for() -> None:
    for number in range(6):
        in_library(f"Programa municipal número {number}")
    in_library("Programa municipal de lombricultura")
    lexicon_rebuild()
    assert Word.objects.exists()
    assert rarest_words("Programa municipal lombricultura")[0] == ("lombricultura", 1)


@pytest.mark.parametrize(
    "title", ["", "   ", "de la", "😀😀", "a" * 10_000, "' OR 1=1 --", "x\x00y", "& | ! :*"]
)
def test_whatever_is_typed_is_answered(client: Client, title: str) -> None:
    client.force_login(UserFactory())
    answer = client.get(
        reverse("inspire:contribution-duplicates"), {"title": title[:3000], "municipality": "9" * 30}
    )
    assert answer.status_code == 200
    assert found(title.replace("\x00", "")) == []


def test_the_hint_is_a_fragment_with_links(client: Client) -> None:
    solution = in_library("Compostaje comunitario en los barrios")
    client.force_login(UserFactory())
    address = reverse("inspire:contribution-duplicates")
    page = client.get(address, {"title": "Compostaje comunitario barrios"}, headers={"HX-Request": "true"})
    text = page.content.decode()
    assert "¿Es una de estas?" in text
    assert solution.get_absolute_url() in text
    assert "<html" not in text
