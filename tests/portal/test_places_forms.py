"""Choosing a municipality in a form."""

import pytest
from django import forms

from portal.places.forms import MunicipalityChoiceField
from portal.places.models import Municipality
from tests.portal.places_factories import CountryFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


class TownForm(forms.Form):
    municipality = MunicipalityChoiceField(label="Municipio")


class OptionalForm(forms.Form):
    municipality = MunicipalityChoiceField(label="Municipio", required=False, country="AR")


@pytest.fixture
def rafaela() -> Municipality:
    return MunicipalityFactory(name="Rafaela")


def test_the_one_chosen_is_the_value(rafaela: Municipality) -> None:
    form = TownForm(
        {"municipality": str(rafaela.pk), "municipality_search": "raf", "municipality_searched": "raf"}
    )
    assert form.is_valid()
    assert form.cleaned_data["municipality"] == rafaela


def test_without_javascript_the_form_comes_back_with_the_options(rafaela: Municipality) -> None:
    form = TownForm({"municipality_search": "raf", "municipality_searched": "", "municipality_find": "1"})
    assert form.errors["municipality"] == ["Elegí tu municipio en la lista de los que encontramos."]
    html = str(form["municipality"])
    assert f'value="{rafaela.pk}"' in html
    assert 'value="raf"' in html
    assert "checked" not in html


def test_a_new_search_wins_over_an_earlier_choice(rafaela: Municipality) -> None:
    goya = MunicipalityFactory(name="Goya")
    form = TownForm(
        {
            "municipality": str(rafaela.pk),
            "municipality_search": "goy",
            "municipality_searched": "raf",
            "municipality_find": "1",
        }
    )
    assert not form.is_valid()
    html = str(form["municipality"])
    assert f'value="{goya.pk}"' in html
    assert f'value="{rafaela.pk}"' in html
    assert html.count("checked") == 1


def test_enter_in_another_box_of_the_form_does_not_undo_the_choice(rafaela: Municipality) -> None:
    data = {"municipality_search": "raf", "municipality_searched": "raf", "municipality_find": "1"}
    assert TownForm({**data, "municipality": str(rafaela.pk)}).is_valid()


def test_a_search_that_finds_nothing_says_so() -> None:
    form = TownForm({"municipality_search": "zzz"})
    assert "No encontramos un municipio que empiece así" in form.errors["municipality"][0]


def test_no_answer_is_refused_only_where_one_is_required() -> None:
    assert "buscalo y elegilo" in TownForm({}).errors["municipality"][0]
    form = OptionalForm({})
    assert form.is_valid()
    assert form.cleaned_data["municipality"] is None


@pytest.mark.parametrize("choice", ["0", "abc", "-1", "²", "9" * 30])
def test_a_choice_that_does_not_exist_is_refused(choice: str) -> None:
    assert "ya no está en la lista" in TownForm({"municipality": choice}).errors["municipality"][0]


def test_a_choice_from_another_country_than_asked_is_refused() -> None:
    abroad = MunicipalityFactory(name="Rivera", country=CountryFactory(code="UY"))
    assert not OptionalForm({"municipality": str(abroad.pk)}).is_valid()
    assert TownForm({"municipality": str(abroad.pk)}).is_valid()
    html = str(OptionalForm({"municipality_search": "riv"})["municipality"])
    assert "country=AR" in html
    assert "Ningún municipio empieza con «riv»" in html


def test_what_was_known_before_is_shown_as_chosen(rafaela: Municipality) -> None:
    form = TownForm(initial={"municipality": rafaela})
    assert f'value="{rafaela.pk}"\n                 checked' in str(form["municipality"])


def test_only_another_choice_is_a_change(rafaela: Municipality) -> None:
    data = {"municipality": str(rafaela.pk)}
    assert not TownForm(data, initial={"municipality": rafaela}).has_changed()
    assert TownForm(data, initial={"municipality": None}).has_changed()


def test_the_box_and_every_option_are_labelled(rafaela: Municipality) -> None:
    html = str(TownForm({"municipality_search": "raf"})["municipality"])
    assert 'for="id_municipality_search"' in html
    assert f'for="id_municipality_{rafaela.pk}"' in html
    assert TownForm()["municipality"].id_for_label == "id_municipality_search"


def test_what_was_typed_is_escaped() -> None:
    html = str(TownForm({"municipality_search": '"><script>alert(1)</script>'})["municipality"])
    assert "<script>" not in html
