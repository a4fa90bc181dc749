"""Writing the library of solutions."""

from inspire.services.bulk import Upserted, solutions_upsert
from inspire.services.importing import solutions_import
from inspire.services.publishing import (
    solution_delete,
    solution_publish,
    solution_save_catalogue,
    solution_withdraw,
)

__all__ = [
    "Upserted",
    "solution_delete",
    "solution_publish",
    "solution_save_catalogue",
    "solution_withdraw",
    "solutions_import",
    "solutions_upsert",
]
