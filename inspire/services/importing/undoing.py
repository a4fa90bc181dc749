"""Taking back what an import wrote, except what somebody changed since."""

from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from inspire.models import ImportBatch, ImportedSolution, Solution, SolutionRevision
from inspire.querysets import KIND
from inspire.record import SolutionRecord
from inspire.services.bulk import solutions_upsert
from inspire.services.importing.batches import move
from inspire.services.importing.working import held, tell, work
from portal.catalog.services import entry_withdraw
from portal.core.visitor_cache import forget_visitor_pages

Status = ImportBatch.Status
_AT_ONCE = 2_000
_MARK_AGAIN = """
    UPDATE inspire_solution AS solution SET source_digest = imported.source_digest
    FROM inspire_importedsolution AS imported
    WHERE imported.batch_id = %s AND NOT imported.is_new AND NOT imported.is_left_alone
        AND imported.solution_id = solution.id
"""


def import_undo(*, batch_id: int) -> None:
    """Take back a batch: what it made is deleted, what it changed says again what it said before."""
    work(batch_id, Status.UNDOING, _undo)


@transaction.atomic
def _undo(batch: ImportBatch) -> None:
    locked = held(batch.pk)
    if locked is None or locked.status != Status.UNDOING:
        return
    written = ImportedSolution.objects.filter(batch=locked)
    # Locked, so that nobody changes one between this look and its end.
    list(Solution.objects.filter(imports__batch=locked).order_by("pk").select_for_update().values_list("pk"))
    written.exclude(solution__updated_at=F("written_at")).update(is_left_alone=True)
    # Somebody is writing about it.
    written.filter(solution__contributions__isnull=False).update(is_left_alone=True)
    mine = written.filter(is_left_alone=False)
    _restore(mine.filter(is_new=False), locked)
    _delete(mine.filter(is_new=True))
    locked.left_alone = written.filter(is_left_alone=True).count()
    move(locked, Status.UNDONE, None)
    forget_visitor_pages()
    tell(locked, gettext_noop("Se deshizo la importación de «%(file)s»."))


def _restore(changed: QuerySet[ImportedSolution], batch: ImportBatch) -> None:
    if not changed.exists():
        return
    reason = _("Se deshizo la importación de «%(file)s».") % {"file": batch.filename}
    solutions_upsert(records=_earlier(changed), actor=batch.made_by, reason=reason)
    # The next file of that source is compared with what the source said before this one.
    with connection.cursor() as cursor:
        cursor.execute(_MARK_AGAIN, [batch.pk])


def _earlier(changed: QuerySet[ImportedSolution]) -> Iterator[SolutionRecord]:
    numbers = list(changed.order_by("solution_id").values_list("solution_id", "revision"))
    for start in range(0, len(numbers), _AT_ONCE):
        wanted = dict(numbers[start : start + _AT_ONCE])
        revisions = SolutionRevision.objects.filter(
            solution__in=wanted, number__in=set(wanted.values())
        ).only("solution_id", "number", "content")
        for revision in revisions:
            if wanted[revision.solution_id] == revision.number:
                yield SolutionRecord.from_json(revision.content)


def _delete(created: QuerySet[ImportedSolution]) -> None:
    ids = list(created.order_by("solution_id").values_list("solution_id", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        entry_withdraw(kind=KIND, object_ids=some)
        Solution.objects.filter(pk__in=some).delete()
