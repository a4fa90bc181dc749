import csv
import io
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from inspire.importing.report import ImportReport
from inspire.models import Solution
from inspire.services import solutions_import
from portal.catalog.models import Entry
from portal.core.tabular import TableError, open_table
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db

ROW = {
    "source": "obras",
    "source_id": "1",
    "title": "Plaza nueva",
    "description": "Se hizo una plaza.",
    "city": "Tandil",
    "country": "AR",
    "lat": "-37,32",
    "lon": "-59,13",
    "year": "2019",
    "topic": "Espacio público",
    "language": "es",
    "url": "https://example.org/plaza",
    "licence": "CC BY 4.0",
}


@pytest.fixture(autouse=True)
def places() -> None:
    CountryFactory()
    CountryFactory(code="ES", name_es="España", name_en="Spain")
    MunicipalityFactory(name="Tandil", latitude=-37.32, longitude=-59.13)
    PolicyAreaFactory(slug="urban-works-mobility")


def file_of(*rows: dict[str, str], encoding: str = "utf-8", delimiter: str = ",") -> io.BytesIO:
    text = io.StringIO()
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.DictWriter(text, columns, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def imported(*rows: dict[str, str], **options: object) -> ImportReport:
    with open_table(file_of(*rows), filename="soluciones.csv") as table:
        return solutions_import(table=table, **options)


def only() -> Solution:
    return Solution.objects.get()


def said(problems: list, number: int = 2) -> str:
    return " ".join(problem.reason for problem in problems if problem.row == number)


def test_a_good_row_is_a_published_solution_in_its_town_and_area() -> None:
    report = imported(ROW)
    solution = only()
    assert (report.read, report.created, report.positioned, report.in_known_municipality) == (1, 1, 1, 1)
    assert (report.refused, report.remarks) == ([], [])
    assert solution.is_published
    assert (solution.municipality.name, solution.latitude, solution.start_year) == ("Tandil", -37.32, 2019)
    assert solution.position_precision == "exact"
    assert [area.slug for area in solution.areas.all()] == ["urban-works-mobility"]
    assert (solution.tags, solution.summary) == (["Espacio público"], "Se hizo una plaza.")
    assert (solution.source_url, solution.licence) == ("https://example.org/plaza", "CC BY 4.0")
    assert Entry.objects.get().object_id == solution.pk


def test_the_same_file_again_changes_nothing() -> None:
    rows = [ROW, ROW | {"source_id": "2", "lat": "", "lon": ""}]
    imported(*rows)
    report = imported(*rows)
    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)


def test_every_row_is_accounted_for() -> None:
    imported(ROW)
    rows = [ROW | {"title": "Otra"}, ROW | {"source_id": "2"}, ROW | {"source_id": "3", "title": ""}]
    report = imported(*rows)
    assert (report.read, report.created, report.updated, report.unchanged) == (3, 1, 1, 0)
    assert report.refused_rows == 1
    assert report.taken + report.refused_rows == report.read


@pytest.mark.parametrize(
    ("fault", "column", "reason"),
    [
        ({"title": " "}, "title", "Falta el título"),
        ({"title": "x" * 10_000}, "title", "10000 caracteres"),
        ({"source_id": ""}, "source_id", "Falta el identificador"),
        ({"source_id": "9" * 121}, "source_id", "más de 120"),
        ({"source": ""}, "source", "Falta la colección"),
        ({"country": ""}, "country", "Falta el país"),
        ({"country": "Atlántida"}, "country", "«Atlántida»"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_and_the_others_are_taken(
    fault: dict[str, str], column: str, reason: str
) -> None:
    report = imported(ROW | fault, ROW | {"source_id": "otra"})
    assert [(problem.row, problem.column) for problem in report.refused] == [(2, column)]
    assert reason in said(report.refused)
    assert only().source_id == "otra"


def test_a_repeated_identifier_names_the_row_that_had_it_first() -> None:
    report = imported(ROW, ROW | {"title": "Otra"})
    assert "fila 2" in said(report.refused, 3)
    assert only().title == "Plaza nueva"


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"lat": "-59.13", "lon": "-37.32"}, "invertidas"),
        ({"lat": "95", "lon": "200"}, "fuera del mapa"),
        ({"lat": "40.4", "lon": "-3.7"}, "fuera de Argentina"),
        ({"lon": ""}, "Falta una"),
        ({"lat": "aquí"}, "no es un número"),
    ],
)
def test_a_row_with_doubtful_coordinates_is_kept_without_a_position(
    fault: dict[str, str], reason: str
) -> None:
    report = imported(ROW | fault)
    assert reason in said(report.remarks)
    assert (only().latitude, only().longitude, report.positioned) == (None, None, 0)


def test_a_city_far_from_the_position_is_only_a_name() -> None:
    imported(ROW | {"lat": "-34.6", "lon": "-58.4"})
    assert (only().municipality, only().place_name, only().latitude) == (None, "Tandil", -34.6)


def test_a_long_title_is_shortened_and_told_whole_in_the_text() -> None:
    title = "Plaza " + "muy " * 60 + "larga"
    report = imported(ROW | {"title": title})
    assert len(only().title) <= 200
    assert only().title.endswith("…")
    assert only().what_was_done.startswith(title)
    assert "abreviado" in said(report.remarks)


def test_html_entities_and_scripts_become_plain_text() -> None:
    imported(
        ROW | {"title": "<b>Plaza</b> &amp; juegos", "description": "<p>Uno</p><script>alert(1)</script>"}
    )
    assert (only().title, only().summary) == ("Plaza & juegos", "Uno")


def test_broken_accents_are_repaired_and_counted() -> None:
    report = imported(ROW | {"title": "RenovaciÃ³n", "description": "äóìBus Locationäó\x9d"})
    assert (only().title, only().summary) == ("Renovación", "“Bus Location”")
    assert report.repaired == 2


def test_a_long_description_is_summed_up_by_its_first_sentences() -> None:
    description = "Primera oración de la obra. " + "Después siguió un trabajo largo. " * 30
    imported(ROW | {"description": description})
    assert only().summary.startswith("Primera oración de la obra. Después")
    assert len(only().summary) <= 320
    assert only().what_was_done == description.strip()


def test_paragraphs_in_a_cell_stay_paragraphs() -> None:
    imported(ROW | {"summary": "Breve.", "description": "Uno.\r\n\r\n\r\nDos."})
    assert (only().summary, only().what_was_done) == ("Breve.", "Uno.\n\nDos.")


@pytest.mark.parametrize(
    ("fault", "field", "value", "reason"),
    [
        ({"year": "hace mucho"}, "start_year", None, "sin año"),
        ({"year": "2017-2019"}, "start_year", None, "sin año"),
        ({"year": "31/12/2017"}, "start_year", 2017, ""),
        ({"year": ""}, "start_year", None, ""),
        ({"language": "Inglés"}, "language", "en", ""),
        ({"language": "klingon"}, "language", "es", "ese idioma"),
        ({"url": "javascript:alert(1)"}, "source_url", "", "no es una dirección web"),
        ({"url": "s/d"}, "source_url", "", ""),
        ({"nivel": "Provincial"}, "level", "regional", ""),
        ({"nivel": "galáctico"}, "level", "local", "nivel de gobierno"),
    ],
)
def test_what_is_not_understood_is_left_out_with_a_remark(
    fault: dict[str, str], field: str, value: object, reason: str
) -> None:
    report = imported(ROW | fault)
    assert getattr(only(), field) == value
    assert said(report.remarks) == "" if not reason else reason in said(report.remarks)


def test_an_unknown_topic_gives_no_area_and_is_kept_as_a_keyword() -> None:
    report = imported(ROW | {"topic": "Astrología"})
    assert not only().areas.exists()
    assert only().tags == ["Astrología"]
    assert report.unknown_topics == {"Astrología": 1}


def test_spanish_titles_semicolons_and_an_old_encoding_are_read() -> None:
    row = {
        "Código": "7",
        "Título": "Reciclaje en Ñorquinco",
        "País": "España",
        "Año": "2018",
        "Área": "Residuos",
    }
    PolicyAreaFactory(slug="environment-waste")
    with open_table(file_of(row, encoding="cp1252", delimiter=";"), filename="x.csv") as table:
        report = solutions_import(table=table, source="ril")
    assert report.created == 1
    assert (only().title, only().country_id, only().source) == ("Reciclaje en Ñorquinco", "ES", "ril")
    assert only().areas.get().slug == "environment-waste"


def test_a_workbook_is_read_like_a_text_file(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Relevamiento 2020"])
    book.active.append(["id", "titulo", "pais", "año", "lat", "lon"])
    book.active.append([4, "Feria de semillas", "Argentina", 2020, -37.32, -59.13])
    book.save(tmp_path / "ferias.xlsx")
    call_command("import_solutions", str(tmp_path / "ferias.xlsx"), source="Ferias")
    assert (only().source, only().source_id, only().start_year) == ("ferias", "4", 2020)
    assert only().latitude == -37.32


def test_a_file_without_the_columns_that_matter_is_refused_as_a_whole() -> None:
    with pytest.raises(TableError, match="title / titulo"):
        imported({"source": "x", "source_id": "1", "country": "AR"})
    with pytest.raises(TableError, match="source / fuente"):
        imported({"id": "1", "title": "x", "country": "AR"})


def test_a_dry_run_tells_everything_and_keeps_nothing() -> None:
    report = imported(ROW, is_dry_run=True)
    assert report.created == 1
    assert not Solution.objects.exists()
    assert not Entry.objects.exists()


def test_the_command_reports_and_hands_back_what_was_refused(tmp_path: Path) -> None:
    source, errors, out = tmp_path / "s.csv", tmp_path / "errores.xlsx", io.StringIO()
    source.write_bytes(
        file_of(ROW, ROW | {"source_id": "2", "title": ""}, ROW | {"source_id": "3", "year": "?"}).read()
    )
    with translation.override("es-ar"):
        call_command("import_solutions", str(source), errors=str(errors), stdout=out)
    text = out.getvalue()
    assert "3 filas leídas: 2 nuevas, 0 cambiadas, 0 sin cambios, 1 rechazadas" in text
    assert "title: Falta el título." in text
    assert "year: No se entiende el año «?»" in text
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(errors).active.iter_rows()]
    assert cells[0][-2:] == ["Fila original", "Motivo"]
    assert cells[1][1] == "2"
    assert "Falta el título" in cells[1][-1]


def test_the_command_says_what_is_wrong_with_a_file_that_is_no_table(tmp_path: Path) -> None:
    wrong = tmp_path / "foto.csv"
    wrong.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(CommandError, match="no es una tabla"):
        call_command("import_solutions", str(wrong))
