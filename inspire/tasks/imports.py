"""Reading and writing the files that staff bring."""

from celery import shared_task
from django.utils import timezone

from inspire.services.importing import (
    TIME_LIMIT_SECONDS,
    import_apply,
    import_check,
    import_note_queued,
    import_undo,
    imports_forget,
    imports_left_behind,
    task_of,
)
from portal.core.jobs import queue_now


@shared_task(time_limit=TIME_LIMIT_SECONDS)
def check_import(batch_id: int) -> None:
    """Read one file; safe to deliver twice."""
    import_check(batch_id=batch_id)


@shared_task(time_limit=TIME_LIMIT_SECONDS)
def apply_import(batch_id: int) -> None:
    """Write what was read of one file; safe to deliver twice."""
    import_apply(batch_id=batch_id)


@shared_task(time_limit=TIME_LIMIT_SECONDS)
def undo_import(batch_id: int) -> None:
    """Take back what one file brought; safe to deliver twice."""
    import_undo(batch_id=batch_id)


@shared_task
def sweep_imports() -> int:
    """Queue the imports that no worker took or finished; returns how many the broker took."""
    queued = 0
    for batch in imports_left_behind(now=timezone.now()):
        if not queue_now(task_of(batch), batch.pk):
            break
        import_note_queued(batch=batch)
        queued += 1
    return queued


@shared_task
def forget_imports() -> int:
    """Clear what imports that stood still too long keep of their files; returns how many were cleared."""
    return imports_forget(now=timezone.now())
