"""What stands beside one question: its evidence, what is said about it, and what was answered before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from evaluate.answering.page_node import PageNode
from evaluate.answering.section_page import element_id
from evaluate.attachments import EVIDENCE_FILE
from evaluate.engine.definition import Question
from evaluate.engine.paths import template_path
from evaluate.engine.question_types import Widget
from evaluate.engine.state import FormState
from evaluate.items.conflicts import answer_in_words
from evaluate.models import Answer, AnswerRevision, Evaluation, ItemComment, ItemEvidence
from evaluate.permissions import can_answer_evaluation, can_delete_comment, can_remove_evidence
from portal.files.content_types import accepted_endings, accepted_labels

# More than that of one question nobody reads on a page; the newest are shown.
MOST_COMMENTS = 200
MOST_REVISIONS = 50


@dataclass(frozen=True)
class Noted:
    """A comment or a piece of evidence, and whether its reader may take it away."""

    row: Any
    may_remove: bool


@dataclass(frozen=True)
class Answered:
    """An answer of the question's history, in words."""

    text: str
    is_not_applicable: bool
    reason: str
    who: str
    at: datetime
    is_now: bool = False


@dataclass
class ItemPanel:
    """One question of an evaluation with all that stands around it, for one reader.

    Args:
        typed: what was sent and not taken, shown again.
        errors: what was wrong with it, by field.
    """

    evaluation: Evaluation
    state: FormState
    path: str
    section: str
    user: Any
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, list[str]] = field(default_factory=dict)

    @cached_property
    def label(self) -> str:
        """The question's text."""
        return self.state.label(self.path) or self.question.name.replace("_", " ")

    @property
    def question(self) -> Question:
        """The question itself."""
        item = self.state.definition.by_path[template_path(self.path)]
        assert isinstance(item, Question)  # noqa: S101 the view asks for questions only
        return item

    @cached_property
    def evidence_asked(self) -> str:
        """What counts as evidence, as the questionnaire says."""
        return self.state.evidence(self.path)

    @property
    def dom_id(self) -> str:
        """The id of the question's element on its section's page."""
        return element_id(self.state.definition, self.path)

    @property
    def accepted_endings(self) -> str:
        """What the file dialog offers."""
        return accepted_endings(EVIDENCE_FILE.content_types)

    @property
    def accepted_hint(self) -> str:
        """Which files are taken, up to which size."""
        return _("Se aceptan: %(kinds)s. Hasta %(maximum)s.") % {
            "kinds": accepted_labels(EVIDENCE_FILE.content_types),
            "maximum": filesizeformat(EVIDENCE_FILE.max_bytes),
        }

    @cached_property
    def may_write(self) -> bool:
        """Whether its reader may add something; what was signed is only read."""
        return bool(can_answer_evaluation(self.user, self.evaluation))

    @cached_property
    def comments(self) -> list[Noted]:
        """What was said, oldest first."""
        rows = ItemComment.objects.filter(evaluation=self.evaluation, path=self.path)
        newest = list(rows.select_related("author").order_by("-id")[:MOST_COMMENTS])[::-1]
        for comment in newest:
            comment.evaluation = self.evaluation
        return [Noted(comment, bool(can_delete_comment(self.user, comment))) for comment in newest]

    @cached_property
    def evidence(self) -> list[Noted]:
        """What proves the answer, oldest first."""
        rows = list(
            ItemEvidence.objects.filter(evaluation=self.evaluation, path=self.path).select_related(
                "file", "added_by"
            )
        )
        for row in rows:
            row.evaluation = self.evaluation
        removable = self._removable(rows)
        return [Noted(row, row.pk in removable) for row in rows]

    @cached_property
    def history(self) -> list[Answered]:
        """What was answered by whom, the newest first; nothing while nobody replaced anybody's answer."""
        revisions = AnswerRevision.objects.filter(evaluation=self.evaluation, path=self.path)
        earlier = list(revisions.select_related("answered_by")[:MOST_REVISIONS])
        if not earlier:
            return []
        now = Answer.objects.filter(evaluation=self.evaluation, path=self.path).select_related("answered_by")
        return [
            *(self._answered(row, is_now=True) for row in now),
            *(self._answered(row) for row in earlier),
        ]

    def _removable(self, rows: list[ItemEvidence]) -> set[int]:
        """Ask once for all of others', and by row for the reader's own."""
        others = [row for row in rows if row.added_by_id != self.user.pk]
        may = bool(others) and bool(can_remove_evidence(self.user, others[0]))
        return {
            row.pk
            for row in rows
            if (may if row.added_by_id != self.user.pk else can_remove_evidence(self.user, row))
        }

    def _answered(self, row: Any, *, is_now: bool = False) -> Answered:
        value = row.value if isinstance(row.value, str) else " ".join(row.value)
        node = PageNode("question", self.path, self.question, self.dom_id, self.state)
        return Answered(
            text=self._file_name(row, value) or answer_in_words(node, value),
            is_not_applicable=row.is_not_applicable,
            reason=row.reason,
            who="" if row.answered_by is None else row.answered_by.get_full_name(),
            at=row.answered_at,
            is_now=is_now,
        )

    def _file_name(self, row: Any, value: str) -> str:
        """Name the file that is or was the answer; nothing where the answer is no file."""
        if self.question.widget is not Widget.UPLOAD or not value:
            return ""
        if isinstance(row, AnswerRevision):
            return _("%(name)s (el archivo se quitó al reemplazarlo)") % {"name": value}
        return "" if row.file is None else row.file.name
