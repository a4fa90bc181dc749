import pytest
from django.utils import translation

from inspire.counts import counted
from inspire.facet_choices import MOST_OFFERED, facet_choices
from inspire.facets import facets
from inspire.models import Solution
from tests.inspire.factories import SolutionFactory
from tests.inspire.test_filters import filters_of
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db


def label(facet: str, value: str) -> str:
    return facets.get(facet).label_of(value)


def values(facet: str, **query: object) -> list[str]:
    filters = filters_of(**query)
    found = next((one for one in facet_choices(filters, counted(filters)) if one.facet.id == facet), None)
    return [choice.value for choice in (*found.first, *found.rest)] if found else []


@pytest.mark.parametrize(
    ("facet", "value", "name"),
    [
        ("years", "2015", "2015–2019"),
        ("years", "1995", "1995–1999"),
        ("sdg", "11", "11. Ciudades y comunidades sostenibles"),
        ("stage", "pilot", "Prueba piloto"),
        ("level", "local", "Gobierno local"),
        ("language", "pt", "Portugués"),
        ("population", "0", "Menos de 2.000 habitantes"),
        ("recognition", "Premio RIL", "Premio RIL"),
        ("has_results", "yes", "Cuentan qué lograron"),
    ],
)
def test_values_are_called_what_people_call_them(facet: str, value: str, name: str) -> None:
    with translation.override("es-ar"):
        assert label(facet, value) == name


@pytest.mark.parametrize("facet", [facet.id for facet in facets])
def test_a_value_that_nobody_knows_is_called_what_it_is(facet: str) -> None:
    if facet not in ("has_results", "has_contact"):
        assert label(facet, "no-existe") in ("no-existe", "No-existe")


def test_places_and_topics_are_called_by_their_names_in_the_readers_language() -> None:
    CountryFactory(code="DE", name_es="Alemania", name_en="Germany")
    TopicFactory(slug="agua", name_es="Agua", name_en="Water", area=PolicyAreaFactory(slug="obras"))
    MunicipalityFactory(region_code="06", region_name="Buenos Aires")
    with translation.override("en"):
        assert (label("country", "DE"), label("topic", "agua")) == ("Germany", "Water")
        assert label("province", "AR-06") == "Buenos Aires"


def test_provinces_of_the_same_name_say_in_which_country_they_are() -> None:
    MunicipalityFactory(region_code="14", region_name="Córdoba")
    MunicipalityFactory(country=CountryFactory(code="ES"), region_code="51", region_name="Córdoba")
    MunicipalityFactory(region_code="86", region_name="Santiago del Estero")
    labels = facets.get("province").labels(["AR-14", "ES-51", "AR-86", "XX-00"])
    assert labels == {"AR-14": "Córdoba (AR)", "ES-51": "Córdoba (ES)", "AR-86": "Santiago del Estero"}


def test_values_stand_in_the_order_of_their_facet() -> None:
    for year, stage, sdgs in ((2001, "ended", [11]), (2021, "idea", [2]), (2011, "running", [2])):
        SolutionFactory(start_year=year, stage=stage, sdgs=sdgs)
    SolutionFactory(country=CountryFactory(code="PT"))
    assert values("years") == ["2020", "2010", "2000"]
    assert values("stage") == ["idea", "running", "ended"]
    assert values("sdg") == ["2", "11"]
    assert values("country") == ["AR", "PT"]


def test_facets_without_anything_to_choose_are_left_out() -> None:
    SolutionFactory()
    assert values("recognition") == []
    assert values("level") == ["local"]


def test_a_facet_offers_no_more_than_anybody_reads_and_says_how_many_it_left_out() -> None:
    for number in range(MOST_OFFERED + 3):
        SolutionFactory(recognitions=[f"Premio {number}"])
    filters = filters_of(recognition="Premio 7")
    found = next(one for one in facet_choices(filters, counted(filters)) if one.facet.id == "recognition")
    assert (len(found.first) + len(found.rest), found.left_out) == (MOST_OFFERED, 3)
    assert found.first[0].value == "Premio 7"


def test_every_key_of_a_solution_belongs_to_a_facet() -> None:
    solution = SolutionFactory(
        start_year=2016,
        stage="pilot",
        sdgs=[1],
        recognitions=["Premio"],
        results="Creció.",
        municipality=MunicipalityFactory(),
        areas=[PolicyAreaFactory()],
        topics=[TopicFactory()],
        people=[("contact", "Ana Ejemplo")],
    )
    assert {key.partition(":")[0] for key in solution.facet_keys} == {facet.id for facet in facets}
    assert Solution.objects.answering("years", ["2015"]).get() == solution
