import pytest

from inspire.importing.positions import Position, distance_km, read_position
from portal.places.models import Country

ARGENTINA = Country(
    code="AR", name_es="Argentina", name_en="", name_pt="", south=-55.1, north=-21.8, west=-73.6, east=-53.6
)
FIJI = Country(code="FJ", name_es="Fiyi", south=-20.7, north=-12.4, west=177.0, east=-178.0)
UNKNOWN = Country(code="XX", name_es="Lejos")


def test_a_pair_inside_the_country_is_a_position() -> None:
    assert read_position("-34,6037", "-58.3816", ARGENTINA) == Position(-34.6037, -58.3816)


def test_no_coordinates_are_no_position_and_no_doubt() -> None:
    assert read_position("", " s/d ", ARGENTINA) == Position()


@pytest.mark.parametrize(
    ("lat", "lon", "said"),
    [
        ("-58.3748", "-34.6340", "invertidas"),
        ("40.4", "-3.7", "fuera de Argentina"),
        ("-134.6", "-258.3", "fuera del mapa"),
        ("0", "0.0", "0 y 0"),
        ("-34.6", "", "Falta una"),
        ("", "-58.3", "Falta una"),
        ("cerca del río", "-58.3", "no es un número"),
    ],
)
def test_a_doubtful_pair_gives_no_position_and_says_why(lat: str, lon: str, said: str) -> None:
    position = read_position(lat, lon, ARGENTINA)
    assert (position.latitude, position.longitude) == (None, None)
    assert said in position.doubt


def test_a_country_on_both_sides_of_the_180th_meridian_holds_both() -> None:
    assert read_position("-17", "179.5", FIJI).latitude == -17
    assert read_position("-17", "-179.5", FIJI).longitude == -179.5
    assert read_position("-17", "0.5", FIJI).doubt


def test_of_a_country_without_an_extent_any_point_on_earth_may_be() -> None:
    assert read_position("80", "10", UNKNOWN) == Position(80, 10)
    assert "invertidas" in read_position("100", "10", UNKNOWN).doubt


def test_the_distance_from_la_plata_to_buenos_aires_is_fifty_odd_kilometres() -> None:
    assert distance_km(-34.9205, -57.9536, -34.6037, -58.3816) == pytest.approx(53, abs=2)
