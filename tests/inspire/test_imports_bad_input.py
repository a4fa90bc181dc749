import io
import json
import zipfile

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from inspire.forms import imports as forms_module
from inspire.importing.rows import RowReader
from inspire.models import ImportBatch, Solution
from inspire.services.importing import import_apply, import_check
from tests.inspire.import_steps import ROW, checked, csv_of
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/inspirarme/importaciones/"


def sent(client, content: bytes, name: str = "obras.csv"):
    file = SimpleUploadedFile(name, content)
    return client.post(LIST, {"file": file, "source": "obras", "language": "es"})


def imported(client, content: bytes, name: str = "obras.csv") -> ImportBatch:
    """Take a file all the way with the columns that were recognised."""
    assert sent(client, content, name).status_code == 302
    batch = ImportBatch.objects.latest("id")
    form = client.get(f"{LIST}{batch.public_id}/columnas/").context["form"]
    answers = {field: form[field].value() or "" for field in form.fields}
    assert client.post(f"{LIST}{batch.public_id}/columnas/", answers).status_code == 302
    import_check(batch_id=batch.pk)
    client.post(f"{LIST}{batch.public_id}/paso/", {"paso": "confirmar"})
    import_apply(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


@pytest.mark.usefixtures("staff", "places")
class TestFiles:
    def test_an_empty_file_is_refused_at_the_form(self, client) -> None:
        assert "vacío" in sent(client, b"").content.decode()

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "no es una tabla"),
            (b"%PDF-1.7", "no es una tabla"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "formato antiguo"),
            (b"PK\x03\x04 not a zip", "dañado"),
            (b'{"features": [', "mal escrito"),
            (b"\n\n\n", "vacía"),
        ],
    )
    def test_what_is_no_table_is_refused_at_the_form(self, client, content: bytes, said: str) -> None:
        answer = sent(client, content)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not ImportBatch.objects.exists()

    def test_a_file_of_200_mb_is_refused_by_its_size_before_it_is_read(self, monkeypatch) -> None:
        monkeypatch.setattr(forms_module, "detect", lambda *_args: pytest.fail("it was read"))
        file = SimpleUploadedFile("grande.csv", b"x")
        file.size = 200 * 1024 * 1024
        with pytest.raises(ValidationError, match="Dividilo en partes"):
            forms_module.TableFileField().clean(file)

    def test_a_workbook_that_would_fill_the_memory_is_refused_at_the_form(self, client) -> None:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b"<workbook/>")
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
        answer = sent(client, content.getvalue(), "bomba.xlsx")
        assert answer.status_code == 422
        assert "ocupa demasiado al abrirse" in answer.content.decode()

    def test_a_file_without_the_columns_that_matter_waits_for_them_to_be_chosen(self, client) -> None:
        assert sent(client, b"uno;dos\n1;2\n").status_code == 302
        batch = ImportBatch.objects.get()
        answer = client.post(f"{LIST}{batch.public_id}/columnas/", {"source": "obras", "language": "es"})
        assert answer.status_code == 422
        for title in ("Identificador en el origen", "Título", "País"):
            assert f"«{title}»" in answer.content.decode()

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "cp850", "mac_roman"])
    def test_every_usual_encoding_is_recognised(self, client, encoding: str) -> None:
        rows = [
            ROW | {"Código": str(number), "Nombre": "Reciclaje en la región más útil"} for number in range(9)
        ]
        imported(client, csv_of(*rows).decode().encode(encoding))
        assert set(Solution.objects.values_list("title", flat=True)) == {"Reciclaje en la región más útil"}


@pytest.mark.usefixtures("staff", "places")
class TestCells:
    def test_decimal_commas_and_line_breaks_in_cells_are_read(self, client) -> None:
        imported(
            client,
            csv_of(ROW | {"lat": "-37,32", "lon": "-59,13", "Detalle": "Uno.\r\n\r\nDos.", "Resumen": "Ya."}),
        )
        solution = Solution.objects.get()
        assert (solution.latitude, solution.what_was_done) == (-37.32, "Uno.\n\nDos.")

    def test_html_and_scripts_become_plain_text(self, client) -> None:
        cell = "<p>Uno &amp; dos</p><script>alert(1)</script><img src=x onerror=alert(2)>"
        imported(client, csv_of(ROW | {"Detalle": cell, "Nombre": "<b>Plaza</b>"}))
        solution = Solution.objects.get()
        assert (solution.title, solution.summary) == ("Plaza", "Uno & dos")
        assert "alert" not in client.get(solution.get_absolute_url()).content.decode()

    def test_a_title_of_ten_thousand_characters_refuses_its_row_alone(self, client) -> None:
        batch = imported(client, csv_of(ROW | {"Nombre": "x" * 10_000}, ROW | {"Código": "2"}))
        assert (batch.created, batch.refused) == (1, 1)
        assert "10000 caracteres" in batch.notes.get(is_refusal=True).reason

    @pytest.mark.parametrize(
        ("lat", "lon", "said", "is_kept"),
        [
            ("-59.13", "-37.32", "invertidas", False),
            ("0", "0", "en el mar", False),
            ("40.4", "-3.7", "fuera de Argentina", False),
            ("-38.9", "-56.0", "más de 50 km de «Tandil»", True),
        ],
    )
    def test_doubtful_positions_are_said(self, client, lat: str, lon: str, said: str, is_kept: bool) -> None:
        batch = checked(client, ROW | {"lat": lat, "lon": lon, "Ciudad": "Tandil"})
        assert said in batch.notes.get(is_refusal=False).reason
        assert batch.positioned == is_kept

    def test_formulas_of_a_workbook_are_taken_by_their_values_and_text_stays_text(self, client) -> None:
        book = openpyxl.Workbook()
        book.active.append(["id", "titulo", "pais", "descripcion"])
        book.active.append([7, '=HYPERLINK("http://x";"Ver")', "AR", "'=1+1 es dos"])
        book.active.append([8, "Plaza", "AR", "+54 es un prefijo"])
        content = io.BytesIO()
        book.save(content)
        batch = imported(client, content.getvalue(), "formulas.xlsx")
        # Nobody has worked the formula out, so that its cell is empty.
        assert (batch.created, batch.refused) == (1, 1)
        assert Solution.objects.get().summary == "+54 es un prefijo"

    @pytest.mark.parametrize(
        ("column", "cell"),
        [
            ("ods", "1" * 5_000),
            ("translations", "[" * 100_000),
            ("translations", '{"en": {"title": "\\ud800", "summary": "A \\ud800square"}}'),
            ("translations", '{"en": {"figures": [{"indicator": [[]], "after": "\\ud800"}]}}'),
            ("translations", '{"en": {"title": ' + "9" * 5_000 + "}}"),
            ("figures", "x" * 90_000 + " | 1 | 2"),
            ("year", "9" * 5_000),
            ("lat", "9" * 5_000),
        ],
    )
    def test_no_cell_holds_up_its_file(self, client, column: str, cell: str) -> None:
        batch = imported(client, csv_of(ROW | {column: cell}, ROW | {"Código": "2"}))
        assert (batch.status, batch.created, batch.refused) == ("applied", 2, 0)

    def test_a_translation_into_a_language_that_the_library_does_not_know_is_left_out(self, client) -> None:
        cell = '{"en": {"title": "Square"}, "\\ud800xx": {"title": "?"}}'
        batch = imported(client, csv_of(ROW | {"translations": cell}))
        assert Solution.objects.get().translations == {"en": {"title": "Square"}}
        assert "«xx» no es un idioma" in batch.notes.get(is_refusal=False).reason

    def test_a_row_that_nobody_foresaw_is_refused_alone(self, client, monkeypatch) -> None:
        def read_half(reader, number, record):
            if number == 2:
                raise ArithmeticError
            return read(reader, number, record)

        read = RowReader.read
        monkeypatch.setattr(RowReader, "read", read_half)
        batch = imported(client, csv_of(ROW, ROW | {"Código": "2"}))
        assert (batch.status, batch.created, batch.refused) == ("applied", 1, 1)
        assert "no se pudo leer" in batch.notes.get(is_refusal=True).reason

    def test_geojson_is_imported_with_its_points(self, client) -> None:
        features = [
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [-59.13, -37.32]},
             "properties": {"id": 1, "titulo": "Plaza", "pais": "AR"}},
            {"type": "Feature", "geometry": None, "properties": {"id": 2, "titulo": "Feria", "pais": "AR"}},
        ]  # fmt: skip
        content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
        batch = imported(client, content, "obras.geojson")
        assert batch.filename == "obras.geojson"
        assert sorted(Solution.objects.values_list("title", "latitude"), key=str) == [
            ("Feria", None),
            ("Plaza", -37.32),
        ]


@pytest.mark.parametrize("path", ["", "plantilla.csv"])
def test_only_staff_who_may_change_solutions_get_in(client, path: str) -> None:
    assert "login" in client.get(LIST + path).headers["Location"]
    for user in (UserFactory(), UserFactory(is_staff=True)):
        client.force_login(user)
        assert client.get(LIST + path).status_code == 403
        assert client.post(LIST + path, {}).status_code in (403, 405)


def test_a_batch_and_its_file_are_for_staff_alone(client, staff, places) -> None:
    batch = checked(client, ROW)
    client.force_login(UserFactory())
    for path in ("", "columnas/", "errores.xlsx"):
        assert client.get(f"{LIST}{batch.public_id}/{path}").status_code == 403
    assert client.post(f"{LIST}{batch.public_id}/paso/", {"paso": "confirmar"}).status_code == 403
    assert client.get(batch.file.get_absolute_url()).status_code == 404
