"""The criterion that a step begins with: where it stands, what its next level is, and what others did about it."""

from dataclasses import dataclass
from typing import Any

from evaluate.entries import ENTRY_KIND
from evaluate.models import Evaluation, EvaluationRun
from evaluate.result.building import result_of
from evaluate.result.parts import ResultCriterion
from portal.catalog.kinds import things_visible_to
from portal.catalog.models import Entry

SHOWN_ENTRIES = 5
TITLE_LENGTH = 300


@dataclass(frozen=True)
class StepOrigin:
    """What a result says of one criterion, for the first lines of a step."""

    criterion: ResultCriterion
    entries: list[Entry]

    @property
    def suggested_title(self) -> str:
        """The next level's description, as far as a title holds it; the criterion at the top level."""
        text = self.criterion.following or self.criterion.label
        if len(text) <= TITLE_LENGTH:
            return text
        return text[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def step_origin(evaluation: Evaluation, key: str, user: Any) -> StepOrigin | None:
    """Read what the last result of an evaluation says of a criterion; None where it says nothing of it."""
    run = evaluation.runs.filter(status=EvaluationRun.Status.DONE).order_by("-id").first()
    if run is None or not key:
        return None
    try:
        criteria = result_of(evaluation, run).criteria
    except ValueError:
        return None
    found = next((criterion for criterion in criteria if criterion.key == key), None)
    return StepOrigin(found, _entries(evaluation, found, user)) if found else None


def _entries(evaluation: Evaluation, criterion: ResultCriterion, user: Any) -> list[Entry]:
    """Ask the catalogue for what is about the criterion's topic, or at least its area. One query."""
    area = criterion.area or (evaluation.questionnaire.area.slug if evaluation.questionnaire.area else "")
    wanted = Entry(
        topics=[criterion.topic] if criterion.topic else [],
        areas=[area] if area else [],
        country_id=evaluation.municipality.country_id if evaluation.municipality else None,
    )
    visible = things_visible_to(user).exclude(kind=ENTRY_KIND)
    return list(visible.related_to(wanted)[:SHOWN_ENTRIES])
