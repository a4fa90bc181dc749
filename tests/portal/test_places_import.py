"""Importing official registers of municipalities, each fault by itself."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.core.tabular import TableError, open_table
from portal.places.models import Country, Municipality
from tests.portal.places_factories import CountryFactory
from tests.portal.places_registers import ALBERTI, GOYA, import_register, reasons

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def argentina() -> Country:
    return CountryFactory()


def test_a_new_municipality_is_created_with_all_that_the_register_says() -> None:
    report = import_register(ALBERTI)
    assert (report.read, report.created, report.changes) == (1, 1, 1)
    town = Municipality.objects.get()
    assert town.codes.get().code == "060021"
    assert (town.name, town.normalised_name, town.region_code, town.region_name) == (
        "Alberti", "alberti", "06", "Buenos Aires",
    )  # fmt: skip
    assert (town.latitude, town.longitude, town.population, town.population_year) == (
        -35.03,
        -60.28,
        12982,
        2022,
    )
    assert (town.category, town.website) == ("Municipio", "http://www.alberti.gov.ar")


def test_the_same_file_twice_changes_nothing() -> None:
    import_register(ALBERTI, GOYA)
    before = list(Municipality.objects.order_by("id").values())
    report = import_register(ALBERTI, GOYA)
    assert (report.changes, report.unchanged) == (0, 2)
    assert list(Municipality.objects.order_by("id").values()) == before


def test_what_changed_is_updated_and_found_by_its_code_and_not_by_its_name() -> None:
    import_register(ALBERTI)
    town = Municipality.objects.get()
    report = import_register(ALBERTI.replace("Alberti,", "Partido de Alberti,"))
    assert (report.updated, report.created) == (1, 0)
    town.refresh_from_db()
    assert town.name == "Partido de Alberti"
    assert town.updated_at > town.created_at


def test_a_namesake_with_another_code_is_another_municipality() -> None:
    import_register(ALBERTI)
    report = import_register(ALBERTI.replace("060021", "060022"))
    assert report.created == 1
    assert Municipality.objects.count() == 2


def test_a_blank_cell_erases_nothing() -> None:
    import_register(ALBERTI)
    report = import_register("060021,Alberti,Buenos Aires,,,,,,s/d")
    assert (report.changes, report.unchanged) == (0, 1)
    town = Municipality.objects.get()
    assert (town.category, town.latitude, town.population, town.website) == (
        "Municipio", -35.03, 12982, "http://www.alberti.gov.ar",
    )  # fmt: skip


def test_a_newer_census_replaces_an_older_one_and_never_the_other_way_round() -> None:
    import_register("060021,1000,Alberti,Buenos Aires", titles="codigo,poblacion_2010,nombre,provincia")
    assert (
        import_register(
            "060021,900,Alberti,Buenos Aires", titles="codigo,poblacion_2022,nombre,provincia"
        ).updated
        == 1
    )
    assert (
        import_register(
            "060021,1000,Alberti,Buenos Aires", titles="codigo,poblacion_2010,nombre,provincia"
        ).unchanged
        == 1
    )
    assert (
        import_register(
            "060021,800,Alberti,Buenos Aires", titles="codigo,poblacion,nombre,provincia"
        ).unchanged
        == 1
    )
    town = Municipality.objects.get()
    assert (town.population, town.population_year) == (900, 2022)
    assert (
        import_register(
            "060021,901,Alberti,Buenos Aires", titles="codigo,poblacion_2022,nombre,provincia"
        ).updated
        == 1
    )


def test_the_year_of_a_population_may_stand_in_the_title_of_the_table() -> None:
    import_register(
        '060021,Alberti,Buenos Aires,"12.982"', titles="Censo 2022\n\ncodigo,nombre,provincia,Población"
    )
    assert Municipality.objects.values_list("population", "population_year").get() == (12982, 2022)


def test_a_dash_in_the_newest_census_leaves_the_older_one() -> None:
    import_register("060021,Alberti,Buenos Aires,,,,10.654,-,")
    assert Municipality.objects.values_list("population", "population_year").get() == (10654, 2010)


def test_lost_zeros_thousands_marks_and_no_break_spaces_are_repaired_and_counted() -> None:
    report = import_register("60021,Alberti\u00a0,Buenos Aires,COMUNA - CAT. II,-35.03,-60.28,, 12.982 ,")
    assert report.created == 1
    assert {kind for kind, count in report.repairs.items() if count} == {
        "lost_zeros", "thousands", "categories", "no_break_spaces",
    }  # fmt: skip
    town = Municipality.objects.get()
    assert (town.codes.get().code, town.name, town.population, town.category) == (
        "060021", "Alberti", 12982, "Comuna de segunda categoría",
    )  # fmt: skip


def test_exchanged_columns_are_found_out_and_said() -> None:
    rows = [f"0600{number},Villa {number},Buenos Aires,,-60.{number},-35.03,,," for number in range(10, 16)]
    report = import_register(*rows)
    assert report.is_swapped_throughout
    assert report.repairs["swapped_coordinates"] == 6
    assert set(Municipality.objects.values_list("latitude", flat=True)) == {-35.03}


def test_a_position_outside_the_country_is_dropped_and_the_row_kept() -> None:
    report = import_register(
        ALBERTI.replace("-35.03,-60.28", "40.4,-3.7"),
        GOYA.replace("-29.14", "abc"),
        "060007,X,Buenos Aires,,1,,,,",
    )
    assert report.created == 3
    assert not Municipality.objects.exclude(latitude=None).exists()
    remarks = {problem.row: problem.reason for problem in report.remarks}
    assert "fuera de Argentina" in remarks[2]
    assert "no son coordenadas" in remarks[3]
    assert "Falta una coordenada" in remarks[4]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ALBERTI.replace("Buenos Aires", ""), "Falta la provincia"),
        (ALBERTI.replace("Buenos Aires", "Patagonia"), "no es una provincia argentina"),
        (ALBERTI.replace("Buenos Aires", "Córdoba"), "no es de Córdoba"),
        (ALBERTI.replace("060021", ""), "Falta el código"),
        (ALBERTI.replace("060021", "0600217"), "no es un código de 6 cifras"),
        (ALBERTI.replace("060021", "AR-21"), "no es un código de 6 cifras"),
        (ALBERTI.replace("Alberti", "", 1), "Falta el nombre"),
        (ALBERTI.replace("Alberti", "Sin Gobierno Local", 1), "no es un gobierno local"),
        (ALBERTI.replace("Alberti", "INDETERMINADO", 1), "no es un gobierno local"),
        (ALBERTI.replace("Alberti", "x" * 151, 1), "más de 150"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_reason_and_the_others_stay(row: str, words: str) -> None:
    report = import_register(GOYA, row)
    assert report.created == 1
    assert words in reasons(report)[3]
    with open_table(io.BytesIO(report.error_workbook), "errores.xlsx") as table:
        refused = list(table.rows())
    assert [cells.cells["fila_original"] for cells in refused] == ["3"]
    assert words in refused[0].cells["motivo"]


def test_a_province_code_that_contradicts_the_name_is_refused() -> None:
    report = import_register("060021,Alberti,14,Buenos Aires", titles="codigo,nombre,provincia_id,provincia")
    assert "es de Córdoba, no de «Buenos Aires»" in reasons(report)[2]


def test_every_row_of_a_repeated_code_is_refused_with_both_numbers() -> None:
    report = import_register(ALBERTI, GOYA, ALBERTI.replace("Alberti", "Otro", 1).replace("060021", "60021"))
    assert report.created == 1
    assert set(reasons(report)) == {2, 4}
    assert "repetido en las filas 2, 4" in reasons(report)[2]


def test_totals_and_footnotes_are_set_aside() -> None:
    report = import_register(",Total,,,,,,13000,", ALBERTI, "Fuente: INDEC,,,,,,,,")
    assert report.created == 1
    assert [problem.row for problem in report.set_aside] == [2, 4]
    assert not report.refused


def test_other_countries_keep_their_codes_and_regions_as_they_are() -> None:
    CountryFactory(code="GT", name_es="Guatemala")
    report = import_register(
        "0101,Guatemala,Guatemala", titles="id_municipal,municipio,region", country="GT", source="ine-gt"
    )
    assert report.created == 1
    town = Municipality.objects.get()
    assert (town.codes.get().code, town.region_name, town.country_id) == ("0101", "Guatemala", "GT")


def test_a_rehearsal_tells_all_and_keeps_nothing() -> None:
    report = import_register(ALBERTI, is_rehearsal=True)
    assert (report.created, report.is_rehearsal) == (1, True)
    assert not Municipality.objects.exists()


def test_a_file_without_the_needed_columns_is_refused_naming_what_it_has() -> None:
    with pytest.raises(TableError, match=r"Falta la columna de código, provincia o región.*nombre, otra"):
        import_register("a,b", titles="nombre,otra")


def test_the_number_of_queries_does_not_grow_with_the_rows() -> None:
    def queries(count: int, start: int) -> int:
        rows = [
            f"06{start + number:04d},Villa {start + number},Buenos Aires,,,,,," for number in range(count)
        ]
        with CaptureQueriesContext(connection) as captured:
            import_register(*rows)
        return len(captured)

    assert queries(3, 1000) == queries(300, 2000) <= 20


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet="abcñáéíóú ABC'-", min_size=1, max_size=40).filter(lambda text: text.strip(" '-")),
    st.integers(0, 20_000_000),
    st.floats(-54, -22).map(lambda degrees: round(degrees, 6)),
    st.floats(-73, -56).map(lambda degrees: round(degrees, 6)),
)
def test_whatever_a_register_says_is_what_the_portal_knows(
    name: str, people: int, lat: float, lon: float
) -> None:
    Municipality.objects.all().delete()
    written = f"{people:,}".replace(",", ".")
    row = f'060021,"{name}",Buenos Aires,,"{lat:.6f}","{lon:.6f}",,"{written}",'
    import_register(row)
    town = Municipality.objects.get()
    assert (town.name, town.population) == (" ".join(name.split()), people)
    assert (town.latitude, town.longitude) == (lat, lon)
    assert import_register(row).unchanged == 1
