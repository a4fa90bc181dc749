"""How many comments and pieces of evidence each question has, for the link beside it."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import ngettext

from evaluate.models import Evaluation


@dataclass(frozen=True)
class NoteCount:
    """What stands beside one question."""

    comments: int = 0
    evidence: int = 0

    def __str__(self) -> str:
        parts = []
        if self.comments:
            comments = ngettext("%(count)s comentario", "%(count)s comentarios", self.comments)
            parts.append(comments % {"count": self.comments})
        if self.evidence:
            evidence = ngettext("%(count)s evidencia", "%(count)s evidencias", self.evidence)
            parts.append(evidence % {"count": self.evidence})
        return " · ".join(parts)

    def __bool__(self) -> bool:
        return bool(self.comments or self.evidence)


def note_counts(evaluation: Evaluation) -> dict[str, NoteCount]:
    """Count by path, from what `with_note_paths` brought with the evaluation."""
    comments = Counter(getattr(evaluation, "commented_paths", ()))
    evidence = Counter(getattr(evaluation, "evidenced_paths", ()))
    return {path: NoteCount(comments[path], evidence[path]) for path in {*comments, *evidence}}
