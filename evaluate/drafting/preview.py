"""A draft as people would answer it; the answers live in the editor's session and nowhere else."""

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from evaluate.engine.definition import FormDefinition, Section
from evaluate.engine.paths import template_path
from evaluate.engine.scoring import Score, score
from evaluate.engine.scoring_faults import scoring_faults
from evaluate.engine.state import FormState

KEY = "evaluate-preview"
# A session is read with every request of its reader.
MOST_ANSWERS = 500
LONGEST_ANSWER = 2_000
Value = str | list[str]


@dataclass
class PreviewAnswers:
    """The answers of one preview."""

    version_id: int
    answers: dict[str, Value] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    not_applicable: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, session: MutableMapping[str, Any], version_id: int) -> "PreviewAnswers":
        """Return what was answered in this session; the answers to another draft are forgotten."""
        kept = session.get(KEY) or {}
        if kept.get("version") != version_id:
            return cls(version_id)
        return cls(version_id, dict(kept["answers"]), dict(kept["counts"]), dict(kept["na"]))

    def keep(self, session: MutableMapping[str, Any]) -> None:
        """Put them into the session."""
        session[KEY] = {
            "version": self.version_id,
            "answers": self.answers,
            "counts": self.counts,
            "na": self.not_applicable,
        }

    def state(self, definition: FormDefinition, language: str, metadata: dict[str, str]) -> FormState:
        """Return the draft with these answers; what the draft no longer asks is left aside."""
        known = definition.by_path
        answers = {path: value for path, value in self.answers.items() if template_path(path) in known}
        counts = {path: count for path, count in self.counts.items() if template_path(path) in known}
        exempt = {path: why for path, why in self.not_applicable.items() if template_path(path) in known}
        return FormState(
            definition,
            answers,
            now=timezone.localtime(),
            language=language,
            repeat_counts=counts,
            metadata=metadata,
            not_applicable=exempt,
        )

    def take(self, state: FormState) -> None:
        """Take over what a state holds."""
        answers = list(state.answers.items())[:MOST_ANSWERS]
        self.answers = {path: _shortened(value) for path, value in answers}
        self.counts = state.repeat_counts
        self.not_applicable = {path: why[:LONGEST_ANSWER] for path, why in state.not_applicable.items()}


def sections_shown(state: FormState) -> list[Section]:
    """Return the sections in which something is asked or shown now."""
    return [
        section
        for section in state.definition.sections
        if any(
            step.visible and (step.kind == "question" or (step.kind == "repeat_start" and step.can_add))
            for step in state.walk(section)
        )
    ]


def preview_score(state: FormState) -> Score | None:
    """Return the score that these answers would give; nothing while the draft says it in a way that cannot be."""
    definition = state.definition
    if not definition.scoring or any(fault.is_refusal for fault in scoring_faults(definition)):
        return None
    return score(definition, state)


def _shortened(value: Value) -> Value:
    if isinstance(value, str):
        return value[:LONGEST_ANSWER]
    return [each[:LONGEST_ANSWER] for each in value][:MOST_ANSWERS]
