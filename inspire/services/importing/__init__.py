"""Bringing other people's solutions into the library."""

from inspire.services.importing.applying import import_apply
from inspire.services.importing.batches import (
    ImportElsewhere,
    import_cancel,
    import_confirm,
    import_start,
    import_undo_start,
    import_upload,
    task_of,
)
from inspire.services.importing.checking import import_check, opened_table
from inspire.services.importing.files import solutions_import
from inspire.services.importing.forgetting import imports_forget
from inspire.services.importing.undoing import import_undo
from inspire.services.importing.working import (
    NOTICE_KIND,
    TIME_LIMIT_SECONDS,
    import_note_queued,
    imports_left_behind,
)

__all__ = [
    "NOTICE_KIND",
    "TIME_LIMIT_SECONDS",
    "ImportElsewhere",
    "import_apply",
    "import_cancel",
    "import_check",
    "import_confirm",
    "import_note_queued",
    "import_start",
    "import_undo",
    "import_undo_start",
    "import_upload",
    "imports_forget",
    "imports_left_behind",
    "opened_table",
    "solutions_import",
    "task_of",
]
