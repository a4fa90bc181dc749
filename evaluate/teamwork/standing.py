"""What a reader and her municipalities have of each questionnaire: what is under way, and the last result."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from evaluate.models import Evaluation, EvaluationRun, SectionAssignment

SHOWN_IN_PROGRESS = 6
SHOWN_FINISHED = 4
SHOWN_EARLIER = 5


@dataclass(frozen=True)
class StandingLine:
    """One evaluation in a list; `sections` are those that wait for the reader."""

    evaluation: Evaluation
    sections: int = 0

    def signed_at(self) -> datetime:
        """When it was signed; of what never was, when it was begun."""
        return self.evaluation.submitted_at or self.evaluation.started_at

    @property
    def percent(self) -> int | None:
        """The signed result in whole per cent, halves up, for display."""
        score: Decimal | None = getattr(self.evaluation, "score", None)
        return None if score is None else int((score * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


class Standing:
    """The reader's own side of the list of questionnaires; three queries, however much she takes part in."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.evaluations = Evaluation.objects.answerable_by(user).with_questionnaire()

    @cached_property
    def in_progress(self) -> list[StandingLine]:
        """What is being answered, what was touched last first."""
        return [
            StandingLine(each, self._waiting.get(each.pk, 0))
            for each in self.evaluations.in_progress().order_by("-updated_at")
        ]

    @cached_property
    def finished(self) -> list[StandingLine]:
        """The last signed evaluation of each questionnaire and place, the newest first."""
        last = (
            with_score(self.evaluations.finished())
            .order_by("questionnaire_id", "municipality_id", "-submitted_at")
            .distinct("questionnaire_id", "municipality_id")
        )
        return sorted(map(StandingLine, last), key=StandingLine.signed_at, reverse=True)

    @property
    def lately(self) -> list[StandingLine]:
        """A few of each, for the top of the page."""
        return self.in_progress[:SHOWN_IN_PROGRESS] + self.finished[:SHOWN_FINISHED]

    def of(self, questionnaire_id: int) -> list[StandingLine]:
        """Return what there is of one questionnaire."""
        return self._by_questionnaire.get(questionnaire_id, [])

    @cached_property
    def _by_questionnaire(self) -> dict[int, list[StandingLine]]:
        found: dict[int, list[StandingLine]] = {}
        for line in [*self.in_progress, *self.finished]:
            found.setdefault(line.evaluation.questionnaire_id, []).append(line)
        return found

    @cached_property
    def _waiting(self) -> dict[int, int]:
        """How many sections of each evaluation wait for the reader."""
        rows = SectionAssignment.objects.filter(
            person=self.user, ready_at__isnull=True, evaluation__status=Evaluation.Status.DRAFT
        )
        return dict(rows.values_list("evaluation_id").annotate(count=Count("pk")).order_by())


def earlier_of(user: Any, questionnaire_id: int) -> list[StandingLine]:
    """Return the last signed evaluations of one questionnaire by the reader and her municipalities."""
    rows = Evaluation.objects.answerable_by(user).finished().filter(questionnaire_id=questionnaire_id)
    newest = with_score(rows.with_questionnaire()).order_by("-submitted_at")
    return [StandingLine(each) for each in newest[:SHOWN_EARLIER]]


def with_score(evaluations: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    """Bring the share of each one's newest finished run along."""
    runs = EvaluationRun.objects.done().filter(evaluation=OuterRef("pk")).order_by("-pk")
    return evaluations.annotate(score=Subquery(runs.values("score")[:1]))
