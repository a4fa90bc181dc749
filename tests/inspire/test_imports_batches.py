import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from inspire.importing import records as records_module
from inspire.models import ImportBatch, ImportedSolution, Solution, SolutionRevision
from inspire.services.importing import (
    ImportElsewhere,
    import_apply,
    import_cancel,
    import_check,
    import_confirm,
    import_start,
    import_undo,
    import_undo_start,
    imports_left_behind,
)
from inspire.tasks import imports as tasks
from portal.accounts.models import User
from portal.catalog.models import Entry
from portal.files.models import StoredFile
from portal.notices.models import Notification
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
Status = ImportBatch.Status
ROW = {"Código": "1", "Nombre": "Plaza nueva", "País": "AR", "Detalle": "Se hizo.", "Tema": "Residuos"}


@pytest.fixture(autouse=True)
def places(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    CountryFactory()
    MunicipalityFactory(name="Tandil", latitude=-37.32, longitude=-59.13)
    PolicyAreaFactory(slug="environment-waste")


@pytest.fixture
def staff(client) -> User:
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def csv_of(*rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def uploaded(client, *rows: dict[str, str], source: str = "obras", name: str = "obras.csv") -> ImportBatch:
    response = client.post(
        "/inspirarme/importaciones/",
        {"file": SimpleUploadedFile(name, csv_of(*rows)), "source": source, "language": "es"},
    )
    assert response.status_code == 302, response.content.decode()
    return ImportBatch.objects.latest("id")


def proposed(client, batch: ImportBatch) -> dict[str, str]:
    """The mapping form as the page offers it."""
    page = client.get(f"/inspirarme/importaciones/{batch.public_id}/columnas/")
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def checked(client, *rows: dict[str, str], **options: str) -> ImportBatch:
    batch = uploaded(client, *rows, **options)
    response = client.post(f"/inspirarme/importaciones/{batch.public_id}/columnas/", proposed(client, batch))
    assert response.status_code == 302
    import_check(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


def applied(client, *rows: dict[str, str], **options: str) -> ImportBatch:
    batch = checked(client, *rows, **options)
    client.post(f"/inspirarme/importaciones/{batch.public_id}/paso/", {"paso": "confirmar"})
    import_apply(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


def undone(batch: ImportBatch) -> ImportBatch:
    import_undo_start(batch=batch, user=batch.made_by)
    import_undo(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


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


def test_a_reading_that_was_cut_off_goes_on_where_it_stopped(client, staff, monkeypatch) -> None:
    monkeypatch.setattr(records_module, "CHUNK", 2)
    rows = [ROW | {"Código": str(number)} for number in range(5)]
    batch = uploaded(client, *rows)
    mapping = {"source_id": "codigo", "title": "nombre", "country": "pais"}
    import_start(batch=batch, mapping=mapping, source="obras", language="es", user=staff)
    _die_in_the_middle(batch, monkeypatch)
    batch.refresh_from_db()
    assert (batch.status, batch.rows_read, batch.last_row) == (Status.CHECKING, 2, 3)
    ImportBatch.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=10))
    import_check(batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.rows_read, batch.created) == (Status.CHECKED, 5, 5)
    assert sorted(batch.rows.values_list("number", flat=True)) == [2, 3, 4, 5, 6]


def _die_in_the_middle(batch: ImportBatch, monkeypatch) -> None:
    class Killed(BaseException):
        pass

    read = records_module._read

    def dying(rows, reader, chunk):
        if chunk.last > 3:
            raise Killed
        return read(rows, reader, chunk)

    with monkeypatch.context() as patch:
        patch.setattr(records_module, "_read", dying)
        with pytest.raises(Killed):
            import_check(batch_id=batch.pk)


def test_a_batch_that_another_worker_has_in_hand_is_left_to_it(client, staff) -> None:
    batch = uploaded(client, ROW)
    import_start(batch=batch, mapping={"source_id": "codigo", "title": "nombre", "country": "pais"},
                 source="obras", language="es", user=staff)  # fmt: skip
    ImportBatch.objects.update(heartbeat_at=timezone.now())
    import_check(batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.rows_read) == (Status.CHECKING, 0)


def test_the_sweep_takes_up_what_no_worker_was_heard_of(client, staff, monkeypatch) -> None:
    batch = uploaded(client, ROW)
    client.post(f"/inspirarme/importaciones/{batch.public_id}/columnas/", proposed(client, batch))
    assert imports_left_behind(now=timezone.now()) == []
    assert imports_left_behind(now=timezone.now() + timedelta(minutes=3)) == [batch]
    queued: list[tuple] = []
    monkeypatch.setattr(tasks, "queue_now", lambda *task: not queued.append(task))
    ImportBatch.objects.update(queued_at=timezone.now() - timedelta(minutes=10))
    assert tasks.sweep_imports() == 1
    assert queued == [("inspire.tasks.imports.check_import", batch.pk)]
    assert tasks.sweep_imports() == 0


def test_a_batch_that_fails_again_and_again_is_given_up_and_says_so(client, staff) -> None:
    batch = uploaded(client, ROW)
    client.post(f"/inspirarme/importaciones/{batch.public_id}/columnas/", proposed(client, batch))
    ImportBatch.objects.update(attempts=5)
    import_check(batch_id=batch.pk)
    batch.refresh_from_db()
    assert batch.status == Status.FAILED
    assert "se cortó varias veces" in client.get(batch.get_absolute_url()).content.decode()


def test_of_two_confirmations_one_wins(client, staff) -> None:
    batch = checked(client, ROW)
    import_confirm(batch=batch, user=staff)
    with pytest.raises(ImportElsewhere):
        import_confirm(batch=batch, user=staff)
    import_apply(batch_id=batch.pk)
    import_apply(batch_id=batch.pk)
    assert Solution.objects.count() == 1
    assert batch.changes.filter(to_status="applied").count() == 1


def test_nothing_is_half_imported_when_the_writing_fails(client, staff, monkeypatch) -> None:
    batch = checked(client, ROW, ROW | {"Código": "2"})
    client.post(f"/inspirarme/importaciones/{batch.public_id}/paso/", {"paso": "confirmar"})
    row = batch.rows.latest("number")
    row.record["start_year"] = 1200
    row.save()
    import_apply(batch_id=batch.pk)
    batch.refresh_from_db()
    assert not Solution.objects.exists()
    assert not Entry.objects.exists()
    assert (batch.status, batch.heartbeat_at) == (Status.APPLYING, None)


def test_what_the_file_has_no_column_for_stays_as_it_is(client, staff) -> None:
    applied(client, ROW | {"Resultados": "Doce plazas."})
    batch = applied(client, ROW | {"Nombre": "Plaza vieja"})
    solution = Solution.objects.get()
    assert (batch.updated, solution.title, solution.results) == (1, "Plaza vieja", "Doce plazas.")


def test_undoing_takes_what_was_new_out_again(client, staff) -> None:
    batch = undone(applied(client, ROW))
    assert (batch.status, batch.left_alone) == (Status.UNDONE, 0)
    assert not Solution.objects.exists()
    assert not Entry.objects.exists()


def test_undoing_brings_back_what_a_solution_said_before(client, staff) -> None:
    first = applied(client, ROW)
    digest = Solution.objects.values_list("source_digest", flat=True).get()
    batch = undone(applied(client, ROW | {"Nombre": "Otra", "Tema": "Astrología"}))
    solution = Solution.objects.get()
    assert batch.left_alone == 0
    assert (solution.title, solution.tags, solution.source_digest) == ("Plaza nueva", ["Residuos"], digest)
    assert [area.slug for area in solution.areas.all()] == ["environment-waste"]
    assert Entry.objects.get().title == "Plaza nueva"
    assert SolutionRevision.objects.filter(solution=solution).count() == 3
    assert first.solutions.count() == 1


def test_undoing_leaves_alone_what_somebody_edited_since_and_lists_it(client, staff) -> None:
    batch = applied(client, ROW, ROW | {"Código": "2"})
    edited = Solution.objects.get(source_id="1")
    edited.results = "Lo que sabemos."
    edited.save()
    batch = undone(batch)
    assert batch.left_alone == 1
    assert list(Solution.objects.all()) == [edited]
    assert ImportedSolution.objects.get().is_left_alone
    assert "Quedaron como están" in client.get(batch.get_absolute_url()).content.decode()


def test_an_import_is_given_up_with_its_file(client, staff) -> None:
    batch = checked(client, ROW)
    import_cancel(batch=batch, user=staff)
    batch.refresh_from_db()
    assert (batch.status, batch.file, batch.rows.count()) == (Status.CANCELLED, None, 0)
    assert not StoredFile.objects.exists()
    with pytest.raises(ImportElsewhere):
        import_confirm(batch=batch, user=staff)
