import io

import openpyxl
import pytest

from inspire.importing import records as records_module
from inspire.models import ImportBatch, Solution
from inspire.services.importing import ImportElsewhere, import_cancel, import_confirm
from portal.catalog.models import Entry
from portal.files.models import StoredFile
from portal.notices.models import Notification
from tests.inspire.import_steps import (
    ROW,
    applied,
    checked,
    proposed,
    uploaded,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
Status = ImportBatch.Status


def test_a_file_goes_from_upload_to_the_library_step_by_step(client, staff) -> None:
    batch = uploaded(client, ROW)
    assert batch.status == Status.UPLOADED
    assert batch.columns[1] == {"name": "nombre", "title": "Nombre", "samples": ["Plaza nueva"]}
    batch = checked(client, ROW)
    assert (batch.status, batch.rows_read, batch.created, batch.updated) == (Status.CHECKED, 1, 1, 0)
    assert not Solution.objects.exists()
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "Todavía no se guardó nada" in page
    batch = applied(client, ROW)
    solution = Solution.objects.get()
    assert batch.status == Status.APPLIED
    assert (solution.title, solution.source, solution.source_id) == ("Plaza nueva", "obras", "1")
    assert [area.slug for area in solution.areas.all()] == ["environment-waste"]
    assert Entry.objects.get().object_id == solution.pk
    assert "Plaza nueva" in client.get(batch.get_absolute_url()).content.decode()
    assert not batch.rows.exists()


def test_each_step_is_written_down_with_who_took_it(client, staff) -> None:
    batch = applied(client, ROW)
    steps = batch.changes.values_list("from_status", "to_status", "actor")
    assert list(steps) == [
        ("", "uploaded", staff.pk),
        ("uploaded", "checking", staff.pk),
        ("checking", "checked", None),
        ("checked", "applying", staff.pk),
        ("applying", "applied", None),
    ]


def test_whoever_brought_the_file_is_told_when_it_is_read_and_when_it_is_in(client, staff) -> None:
    applied(client, ROW)
    texts = list(Notification.objects.filter(user=staff).order_by("pk").values_list("text", flat=True))
    assert len(texts) == 2
    assert "revisado" in texts[0]
    assert "biblioteca" in texts[1]


def test_the_same_file_again_changes_nothing(client, staff) -> None:
    applied(client, ROW)
    before = Solution.objects.values_list("updated_at", flat=True).get()
    batch = checked(client, ROW)
    assert (batch.created, batch.updated, batch.unchanged) == (0, 0, 1)
    batch = applied(client, ROW)
    assert (batch.created, batch.updated) == (0, 0)
    assert Solution.objects.values_list("updated_at", flat=True).get() == before


def test_the_columns_that_were_chosen_are_remembered_for_the_source(client, staff) -> None:
    batch = uploaded(client, ROW | {"Barrio": "Tandil"})
    mapping = proposed(client, batch)
    place = [column["name"] for column in batch.columns].index("barrio")
    assert mapping[f"column-{place}"] == ""
    client.post(
        f"/inspirarme/importaciones/{batch.public_id}/columnas/", mapping | {f"column-{place}": "city"}
    )
    another = uploaded(client, {"Barrio": "Tandil"} | ROW)
    assert proposed(client, another)["column-0"] == "city"
    assert proposed(client, uploaded(client, {"Barrio": "x"} | ROW, source="otra"))["column-0"] == ""


def test_a_field_taken_from_two_columns_or_from_none_is_said_beside_it(client, staff) -> None:
    batch = uploaded(client, ROW)
    mapping = proposed(client, batch)
    address = f"/inspirarme/importaciones/{batch.public_id}/columnas/"
    twice = client.post(address, mapping | {"column-4": "title"})
    assert twice.status_code == 422
    assert "ya sale de otra columna" in twice.content.decode()
    none = client.post(address, mapping | {"column-1": "", "source": ""})
    text = none.content.decode()
    assert "«Título»" in text
    assert "«Colección de origen»" in text
    assert ImportBatch.objects.get(pk=batch.pk).status == Status.UPLOADED


def test_refused_rows_are_told_and_handed_back_with_their_reason(client, staff) -> None:
    batch = checked(client, ROW, ROW | {"Código": "2", "Nombre": ""}, ROW)
    assert (batch.rows_read, batch.refused, batch.created) == (3, 2, 1)
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "Falta el título" in page
    assert "ya está en la fila 2" in page
    answer = client.get(f"/inspirarme/importaciones/{batch.public_id}/errores.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:2] == ["Código", "Nombre"]
    assert [row[-2] for row in rows[1:]] == [3, 4]
    assert "Falta el título" in rows[1][-1]


def test_an_identifier_that_comes_back_in_a_later_chunk_is_refused(client, staff, monkeypatch) -> None:
    monkeypatch.setattr(records_module, "CHUNK", 2)
    batch = checked(client, *(ROW | {"Código": str(number)} for number in (1, 2, 3, 1, 4, 1)))
    assert (batch.rows_read, batch.refused, batch.created) == (6, 2, 4)
    assert sorted(batch.notes.filter(is_refusal=True).values_list("row", flat=True)) == [5, 7]


def test_what_the_file_has_no_column_for_stays_as_it_is(client, staff) -> None:
    applied(client, ROW | {"Resultados": "Doce plazas."})
    batch = applied(client, ROW | {"Nombre": "Plaza vieja"})
    solution = Solution.objects.get()
    assert (batch.updated, solution.title, solution.results) == (1, "Plaza vieja", "Doce plazas.")


def test_an_import_is_given_up_with_its_file(client, staff) -> None:
    batch = checked(client, ROW)
    import_cancel(batch=batch, user=staff)
    batch.refresh_from_db()
    assert (batch.status, batch.file, batch.rows.count()) == (Status.CANCELLED, None, 0)
    assert not StoredFile.objects.exists()
    with pytest.raises(ImportElsewhere):
        import_confirm(batch=batch, user=staff)
