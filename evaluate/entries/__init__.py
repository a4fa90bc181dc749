"""What the catalogue says of this app's things: questionnaires, and results that municipalities made public."""

from evaluate.entries.questionnaires import ENTRY_KIND, entry_draft, entry_drafts
from evaluate.entries.results import RESULT_KIND, public_runs, result_draft, result_drafts

QUESTIONNAIRE_KIND = ENTRY_KIND

__all__ = [
    "ENTRY_KIND",
    "QUESTIONNAIRE_KIND",
    "RESULT_KIND",
    "entry_draft",
    "entry_drafts",
    "public_runs",
    "result_draft",
    "result_drafts",
]
