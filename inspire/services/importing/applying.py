"""Writing what was read of a file into the library, whole or not at all."""

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from inspire.importing.columns import Columns
from inspire.importing.records import said_fields
from inspire.models import ImportBatch
from inspire.services.bulk import staged_upsert
from inspire.services.importing.batches import move
from inspire.services.importing.staging import staged_rows
from inspire.services.importing.working import held, tell, work

Status = ImportBatch.Status
_BEFORE = """
    CREATE TEMPORARY TABLE staging_before ON COMMIT DROP AS
    SELECT solution.id, solution.source_digest FROM inspire_solution AS solution
    JOIN {staging} AS staging USING (source, source_id)
"""
_REMEMBER = """
    INSERT INTO inspire_importedsolution
        (batch_id, solution_id, is_new, revision, source_digest, written_at, is_left_alone)
    SELECT %s, touched.id, touched.is_new,
        CASE WHEN NOT touched.is_new THEN (
            SELECT max(number) - 1 FROM inspire_solutionrevision WHERE solution_id = touched.id) END,
        coalesce(before.source_digest, ''), now(), false
    FROM staging_touched AS touched LEFT JOIN staging_before AS before USING (id)
"""


def import_apply(*, batch_id: int) -> None:
    """Write what was read of a batch's file; of two workers who try, one does."""
    work(batch_id, Status.APPLYING, _apply)


@transaction.atomic
def _apply(batch: ImportBatch) -> None:
    locked = held(batch.pk)
    if locked is None or locked.status != Status.APPLYING:
        return
    said = said_fields(Columns(dict.fromkeys(locked.mapping, 0), {}))
    with staged_rows(locked) as staging, connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.staging_before")
        staging.execute(_BEFORE)
        reason = _("Importación de «%(file)s».") % {"file": locked.filename}
        done = staged_upsert(staging, actor=locked.made_by, reason=reason, said=said)
        cursor.execute(_REMEMBER, [locked.pk])
    locked.created, locked.updated = len(done.created), len(done.updated)
    locked.rows.all().delete()
    move(locked, Status.APPLIED, None)
    tell(locked, gettext_noop("Ya está en la biblioteca lo que trae «%(file)s»."))
