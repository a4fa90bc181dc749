"""Which municipality a row of a register is."""

import pytest

from portal.places.models import Country, MunicipalityCode
from tests.portal.places_factories import CountryFactory, MunicipalityCodeFactory, MunicipalityFactory
from tests.portal.places_registers import ALBERTI, import_register, reasons

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def argentina() -> Country:
    return CountryFactory()


def test_a_place_known_from_elsewhere_is_attached_when_province_name_and_distance_agree() -> None:
    place = MunicipalityFactory(
        name="ALBERTI", latitude=-35.1, longitude=-60.3, population=8000, population_year=None, category=""
    )
    MunicipalityCodeFactory(municipality=place, source="geonames", code="1")
    report = import_register(ALBERTI)
    assert (report.attached, report.created) == (1, 0)
    place.refresh_from_db()
    assert (place.name, place.latitude, place.population, place.population_year) == (
        "Alberti",
        -35.03,
        12982,
        2022,
    )
    assert set(place.codes.values_list("source", "code")) == {("geonames", "1"), ("indec", "060021")}
    assert import_register(ALBERTI).unchanged == 1


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"latitude": -35.5, "longitude": -60.28}, "a 52 km"),
        ({"latitude": None, "longitude": None}, "sin ubicación para comparar"),
    ],
)
def test_a_namesake_that_is_far_away_or_nowhere_is_not_attached(
    other: dict[str, float | None], words: str
) -> None:
    MunicipalityFactory(name="Alberti", **other)
    report = import_register(ALBERTI)
    assert (report.attached, report.created) == (0, 1)
    assert words in report.remarks[0].reason


@pytest.mark.parametrize(
    "other", [{"region_code": "14", "region_name": "Córdoba"}, {"name": "Villa Alberti"}]
)
def test_a_place_of_another_province_or_name_is_not_attached(other: dict[str, str]) -> None:
    MunicipalityFactory(**{"name": "Alberti", "latitude": -35.03, "longitude": -60.28, **other})
    report = import_register(ALBERTI)
    assert (report.attached, report.created, report.remarks) == (0, 1, [])


def test_of_two_namesakes_nearby_neither_is_attached() -> None:
    MunicipalityFactory.create_batch(2, name="Alberti", latitude=-35.03, longitude=-60.28)
    report = import_register(ALBERTI)
    assert (report.attached, report.created) == (0, 1)
    assert "Hay 2 lugares" in report.remarks[0].reason


def test_of_two_rows_near_one_place_neither_is_attached() -> None:
    MunicipalityFactory(name="Alberti", latitude=-35.03, longitude=-60.28)
    report = import_register(ALBERTI, ALBERTI.replace("060021", "060022"))
    assert (report.attached, report.created) == (0, 2)


def test_a_municipality_that_the_source_knows_already_is_not_attached() -> None:
    known = MunicipalityFactory(name="Alberti", latitude=-35.03, longitude=-60.28)
    MunicipalityCodeFactory(municipality=known, code="060999")
    report = import_register(ALBERTI)
    assert (report.attached, report.created) == (0, 1)


def test_a_second_code_leads_to_the_same_municipality_from_then_on() -> None:
    titles = "id,nombre,provincia,id_indec_2022"
    assert import_register("302224,Gualeguaycito,Entre Ríos,309150", titles=titles).created == 1
    later = import_register("309150,Gualeguaycito,Entre Ríos", titles="codigo,nombre,provincia")
    assert (later.created, later.unchanged) == (0, 1)
    assert set(MunicipalityCode.objects.values_list("code", flat=True)) == {"302224", "309150"}


def test_the_second_code_also_helps_when_it_was_there_first() -> None:
    import_register("309150,Gualeguaycito,Entre Ríos", titles="codigo,nombre,provincia")
    titles = "id,nombre,provincia,id_indec_2022"
    report = import_register("302224,Gualeguaycito,Entre Ríos,309150", titles=titles)
    assert (report.created, report.updated) == (0, 1)
    assert import_register("302224,Gualeguaycito,Entre Ríos,309150", titles=titles).unchanged == 1


def test_two_rows_of_one_municipality_are_both_refused() -> None:
    town = MunicipalityFactory(name="Alberti")
    MunicipalityCodeFactory(municipality=town, code="060021")
    MunicipalityCodeFactory(municipality=town, code="060022")
    report = import_register(ALBERTI, ALBERTI.replace("060021", "060022"))
    assert set(reasons(report)) == {2, 3}
    assert "más de una fila para Alberti" in reasons(report)[2]


def test_a_code_of_another_country_is_refused() -> None:
    town = MunicipalityFactory(country=CountryFactory(code="UY"), name="Rivera")
    MunicipalityCodeFactory(municipality=town, code="060021")
    assert "está en otro país" in reasons(import_register(ALBERTI))[2]
