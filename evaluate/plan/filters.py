"""Which steps a page or a file shows, as its address says; what makes no sense there is as if it were not."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.http import QueryDict

from evaluate.models import PlanStep
from evaluate.querysets import PlanStepQuerySet

OWN = "yo"
OPEN, OVERDUE = "abiertos", "vencidos"
MAX_ID_DIGITS = 18
ORDER = ("is_closed", "not_mine", "due_by", "id")
_NEVER = date(9999, 12, 31)


@dataclass(frozen=True)
class PlanFilters:
    """Whose plan (a municipality's id, `yo`, or all she takes part in), of which questionnaire, and which steps."""

    whose: str = ""
    questionnaire: str = ""
    status: str = ""
    only_mine: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read an address."""
        whose = query.get("de", "")
        is_id = whose.isdecimal() and whose.isascii() and len(whose) <= MAX_ID_DIGITS
        status = query.get("estado", "")
        return cls(
            whose=whose if is_id or whose == OWN else "",
            questionnaire=query.get("cuestionario", "")[:80].replace("\0", ""),
            status=status if status in {OPEN, OVERDUE, *PlanStep.Status.values} else "",
            only_mine=query.get("mios") == "1",
        )

    @property
    def narrows(self) -> bool:
        """Whether some of the plan's steps are left out."""
        return bool(self.questionnaire or self.status or self.only_mine)

    def plan(self, user: Any) -> PlanStepQuerySet:
        """Return all the steps of the plans that are looked at."""
        if self.whose == OWN:
            return PlanStep.objects.filter(municipality__isnull=True, owner=user)
        if self.whose:
            return PlanStep.objects.visible_to(user).filter(municipality_id=int(self.whose))
        return PlanStep.objects.editable_by(user)

    def steps(self, user: Any, today: date) -> PlanStepQuerySet:
        """Return what is shown of them."""
        steps = self.plan(user)
        if self.questionnaire:
            steps = steps.filter(questionnaire__slug=self.questionnaire)
        if self.only_mine:
            steps = steps.filter(Q(responsible=user))
        if self.status == OPEN:
            return steps.open()
        if self.status == OVERDUE:
            return steps.overdue(today)
        return steps.filter(status=self.status) if self.status else steps


def in_order(steps: PlanStepQuerySet, user: Any) -> PlanStepQuerySet:
    """Add what the list is ordered by: open ones first, the reader's first, then by their day."""
    closed = [PlanStep.Status.DONE, PlanStep.Status.DROPPED]
    return steps.annotate(
        is_closed=Case(When(status__in=closed, then=Value(1)), default=Value(0), output_field=IntegerField()),
        not_mine=Case(When(responsible=user, then=Value(0)), default=Value(1), output_field=IntegerField()),
        due_by=Coalesce("due_on", Value(_NEVER)),
    ).order_by(*ORDER)
