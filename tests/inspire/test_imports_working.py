from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from inspire.importing import records as records_module
from inspire.models import ImportBatch, Solution
from inspire.services.importing import (
    ImportElsewhere,
    import_apply,
    import_cancel,
    import_check,
    import_confirm,
    import_note_queued,
    import_start,
    import_undo,
    import_undo_start,
    imports_left_behind,
)
from inspire.tasks import imports as tasks
from portal.catalog.models import Entry
from portal.files.models import StoredFile
from portal.notices.models import Notification
from tests.inspire.import_steps import (
    ROW,
    applied,
    checked,
    proposed,
    undone,
    uploaded,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
Status = ImportBatch.Status


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


def test_an_undo_that_cannot_be_done_leaves_the_import_in_the_library_to_be_undone_again(
    client, staff
) -> None:
    batch = applied(client, ROW)
    import_undo_start(batch=batch, user=staff)
    ImportBatch.objects.update(attempts=5)
    import_undo(batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.status, Solution.objects.count()) == (Status.APPLIED, 1)
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "No se pudo deshacer: todo lo importado sigue en la biblioteca." in page
    assert "No se deshizo nada" in page
    assert "no se pudo deshacer" in Notification.objects.filter(user=staff).latest("pk").text
    with pytest.raises(ImportElsewhere):
        import_cancel(batch=batch, user=staff)
    assert StoredFile.objects.exists()
    batch = undone(batch)
    assert (batch.status, batch.error, Solution.objects.count()) == (Status.UNDONE, "", 0)


def test_a_writing_that_cannot_be_done_goes_back_to_be_confirmed_again(client, staff) -> None:
    batch = checked(client, ROW)
    import_confirm(batch=batch, user=staff)
    ImportBatch.objects.update(attempts=5)
    import_apply(batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.status, Solution.objects.count()) == (Status.CHECKED, 0)
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "No se pudo guardar: la biblioteca está como antes." in page
    assert "se cortó varias veces" in page
    import_confirm(batch=batch, user=staff)
    import_apply(batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.error, Solution.objects.count()) == (Status.APPLIED, "", 1)


@contextmanager
def held_by_a_worker(batch: ImportBatch) -> Iterator[None]:
    """Hold a batch as the transaction of a worker does that writes a long file."""
    worker = connection.copy()
    try:
        worker.set_autocommit(False)
        with worker.cursor() as cursor:
            cursor.execute("SELECT 1 FROM inspire_importbatch WHERE id = %s FOR UPDATE", [batch.pk])
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        yield
    finally:
        worker.rollback()
        worker.close()
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_worker_that_writes_a_long_file(client, staff, monkeypatch) -> None:
    batch = checked(client, ROW)
    import_confirm(batch=batch, user=staff)
    ImportBatch.objects.update(
        heartbeat_at=timezone.now() - timedelta(minutes=9), queued_at=timezone.now() - timedelta(minutes=10)
    )
    queued: list[tuple] = []
    monkeypatch.setattr(tasks, "queue_now", lambda *task: not queued.append(task))
    with held_by_a_worker(batch):
        assert tasks.sweep_imports() == 0
        import_note_queued(batch=batch)
        import_apply(batch_id=batch.pk)
        answer = client.post(
            f"/inspirarme/importaciones/{batch.public_id}/paso/", {"paso": "confirmar"}, follow=True
        )
    assert queued == []
    assert "está trabajando con esta importación ahora mismo" in answer.content.decode()
    assert tasks.sweep_imports() == 1
