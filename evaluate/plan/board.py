"""The list of a plan's steps, with how far it has come."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q

from evaluate.models import PlanStep
from evaluate.permissions import can_edit_plan_step
from evaluate.plan.criteria import questionnaire_titles
from evaluate.plan.shares import Standing, standings
from evaluate.querysets import PlanStepQuerySet
from portal.catalog.models import Entry

DUE_SOON_DAYS = 7


@dataclass(frozen=True)
class StepRow:
    """A step in the list."""

    step: PlanStep
    questionnaire: str
    standing: Standing
    is_mine: bool
    is_editable: bool
    days_left: int | None

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed."""
        return self.days_left is not None and self.days_left < 0

    @property
    def is_due_soon(self) -> bool:
        """Whether its day is within a week."""
        return self.days_left is not None and 0 <= self.days_left <= DUE_SOON_DAYS


@dataclass(frozen=True)
class PlanProgress:
    """How far one plan has come: of one municipality or person, about one questionnaire."""

    municipality_id: int | None
    place: str
    slug: str
    questionnaire: str
    done: int
    planned: int
    overdue: int


@dataclass(frozen=True)
class PlanTotals:
    """All plans that are looked at, together."""

    plans: list[PlanProgress] = field(default_factory=list)

    @property
    def planned(self) -> int:
        """Steps that were not dropped."""
        return sum(plan.planned for plan in self.plans)

    @property
    def done(self) -> int:
        """Steps that are done."""
        return sum(plan.done for plan in self.plans)

    @property
    def overdue(self) -> int:
        """Steps whose day has passed."""
        return sum(plan.overdue for plan in self.plans)

    @property
    def only_place(self) -> str:
        """The municipality that all of them are of; nothing where there are several, or personal ones."""
        places = {(plan.municipality_id, plan.place) for plan in self.plans}
        return next(iter(places))[1] if len(places) == 1 else ""

    @property
    def questionnaires(self) -> list[PlanProgress]:
        """One plan of each questionnaire, to choose one by."""
        return list({plan.slug: plan for plan in self.plans}.values())

    @property
    def by_place(self) -> list["PlanTotals"]:
        """The plans of each municipality together, in the order of their names."""
        places: dict[int | None, list[PlanProgress]] = {}
        for plan in self.plans:
            places.setdefault(plan.municipality_id, []).append(plan)
        return [PlanTotals(plans) for plans in places.values()]


def with_what_a_row_shows(steps: PlanStepQuerySet, user: Any) -> PlanStepQuerySet:
    """Bring all that is said of a step, and of what inspires it only what the reader may see."""
    visible = Entry.objects.visible_to(user).order_by("title", "id")
    return steps.select_related("questionnaire", "municipality", "responsible").prefetch_related(
        Prefetch("inspirations", queryset=visible, to_attr="visible_inspirations")
    )


def step_rows(steps: Iterable[PlanStep], user: Any, today: date) -> list[StepRow]:
    """Describe steps; the number of queries does not depend on how many there are."""
    steps = list(steps)
    titles = questionnaire_titles([step.questionnaire_id for step in steps])
    stand = standings(steps, user)
    return [
        StepRow(
            step=step,
            questionnaire=titles.get(step.questionnaire_id, step.questionnaire.slug),
            standing=stand.get(step.pk, Standing()),
            is_mine=step.responsible_id == user.pk,
            is_editable=bool(can_edit_plan_step(user, step)),
            days_left=(step.due_on - today).days if step.due_on and step.is_open else None,
        )
        for step in steps
    ]


def plan_totals(steps: PlanStepQuerySet, today: date) -> PlanTotals:
    """Count the steps of each plan; two queries."""
    counted = list(
        steps.order_by()
        .values("municipality_id", "municipality__name", "questionnaire_id", "questionnaire__slug")
        .annotate(
            done=Count("pk", filter=Q(status=PlanStep.Status.DONE)),
            planned=Count("pk", filter=~Q(status=PlanStep.Status.DROPPED)),
            overdue=Count(
                "pk", filter=Q(status__in=[PlanStep.Status.TODO, PlanStep.Status.DOING], due_on__lt=today)
            ),
        )
        .order_by("municipality__name", "questionnaire__area__order", "questionnaire__slug")
    )
    titles = questionnaire_titles([each["questionnaire_id"] for each in counted])
    return PlanTotals(
        [
            PlanProgress(
                municipality_id=each["municipality_id"],
                place=each["municipality__name"] or "",
                slug=each["questionnaire__slug"],
                questionnaire=titles.get(each["questionnaire_id"], each["questionnaire__slug"]),
                done=each["done"],
                planned=each["planned"],
                overdue=each["overdue"],
            )
            for each in counted
        ]
    )
