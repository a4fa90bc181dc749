"""Writing improvement plans, and telling people what is theirs to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from evaluate.models import PlanStep, PlanStepChange, Questionnaire
from portal.accounts.models import Membership, User
from portal.catalog.models import Entry
from portal.notices.services import notify
from portal.notices.texts import Text
from portal.places.models import Municipality

PLAN_ASSIGNED_NOTICE = "plan-step-assigned"
PLAN_DUE_NOTICE = "plan-step-due"
REMINDED_DAYS_BEFORE = 7
MOST_INSPIRATIONS = 20


@dataclass(frozen=True, kw_only=True)
class StepContent:
    """What people write about a step."""

    title: str
    criterion: str = ""
    criterion_label: str = ""
    notes: str = ""
    responsible: User | None = None
    due_on: date | None = None


class StepChangedMeanwhile(Exception):
    """Somebody else changed the step since the page was drawn; nothing was written."""

    def __init__(self, step: PlanStep) -> None:
        super().__init__(step.pk)
        self.step = step


@transaction.atomic
def plan_step_add(
    *,
    user: Any,
    questionnaire: Questionnaire,
    municipality: Municipality | None,
    content: StepContent,
    share_then: Decimal | None = None,
    inspirations: Iterable[Entry] = (),
    is_sample: bool = False,
) -> PlanStep:
    """Put a step into a municipality's plan, or into a person's own where there is no municipality.

    Args:
        share_then: where the criterion stands now, from 0 to 1.
    """
    step = PlanStep.objects.create(
        questionnaire=questionnaire,
        municipality=municipality,
        owner=user,
        share_then=share_then,
        is_sample=is_sample,
        **_fields(content),
    )
    step.inspirations.set([*inspirations][:MOST_INSPIRATIONS])
    PlanStepChange.objects.create(step=step, to_status=step.status, actor=user)
    _tell_responsible(step, user)
    return step


@transaction.atomic
def plan_step_change(
    *, user: Any, step: PlanStep, content: StepContent, held: str, share_now: Decimal | None = None
) -> PlanStep:
    """Write a step anew, unless somebody else did since it was read.

    Args:
        held: the mark of the step as its writer saw it.
        share_now: where the criterion stands now, from 0 to 1: what a step begins with when it changes its criterion.

    Raises:
        StepChangedMeanwhile: it is another step by now.
    """
    step = _locked(step)
    if step_mark(step) != held:
        raise StepChangedMeanwhile(step)
    was_responsible = step.responsible_id
    fields = _fields(content)
    if step.criterion != content.criterion:
        # Where another criterion stood says nothing of this one.
        fields["share_then"] = share_now
    for name, value in fields.items():
        setattr(step, name, value)
    step.save(update_fields=[*fields, "updated_at"])
    if step.responsible_id != was_responsible:
        _tell_responsible(step, user)
    return step


def step_mark(step: PlanStep) -> str:
    """Return what tells a step from itself after any change."""
    return step.updated_at.isoformat()


@transaction.atomic
def plan_step_move(*, user: Any, step: PlanStep, status: str, note: str = "") -> PlanStep:
    """Move a step to another status, with a line in its history; to the one it has does nothing."""
    step = _locked(step)
    if step.status == status:
        return step
    was, step.status = step.status, PlanStep.Status(status)
    step.save(update_fields=["status", "updated_at"])
    PlanStepChange.objects.create(
        step=step, from_status=was, to_status=step.status, actor=user, note=note[:300]
    )
    return step


@transaction.atomic
def inspiration_add(*, step: PlanStep, entry: Entry) -> None:
    """Note that a thing of the catalogue inspires a step.

    Raises:
        ValidationError: it has as many as fit.
    """
    step = _locked(step)
    if step.inspirations.count() >= MOST_INSPIRATIONS:
        raise ValidationError(
            _("Este paso ya tiene %(count)s inspiraciones. Quitá alguna para sumar otra.")
            % {"count": MOST_INSPIRATIONS}
        )
    step.inspirations.add(entry)


@transaction.atomic
def inspiration_remove(*, step: PlanStep, entry: Entry) -> None:
    """Take a thing of the catalogue from a step."""
    _locked(step).inspirations.remove(entry)


def reminders_send(*, today: date) -> int:
    """Tell people which of their steps are due within a week, each step and day once; returns how many it looked at.

    Whoever does not work there any more is not told, because she may not see the plan.
    """
    steps = PlanStep.objects.due_between(today, today + timedelta(days=REMINDED_DAYS_BEFORE))
    looked_at = 0
    for step in steps.filter(responsible__isnull=False).select_related("responsible").iterator():
        if step.responsible is not None and _may_act(step, step.responsible):
            looked_at += 1
            notify(
                users=[step.responsible],
                kind=PLAN_DUE_NOTICE,
                text=Text(
                    gettext_noop("El %(date)s vence un paso a tu cargo del plan de mejora: «%(title)s»."),
                    date=step.due_on,
                    title=step.title[:160],
                ),
                url=step.get_absolute_url(),
                fact=f"plan-step:{step.pk}:{step.due_on:%Y-%m-%d}",
            )
    return looked_at


def _tell_responsible(step: PlanStep, actor: Any) -> None:
    """Tell a person that a step is hers, unless she took it herself."""
    if step.responsible is None or step.responsible == actor:
        return
    notify(
        users=[step.responsible],
        kind=PLAN_ASSIGNED_NOTICE,
        text=Text(
            gettext_noop("%(person)s te puso a cargo de un paso del plan de mejora: «%(title)s»."),
            person=actor,
            title=step.title[:160],
        ),
        naming=[actor],
        url=step.get_absolute_url(),
        fact=f"plan-step:{step.pk}",
    )


def _may_act(step: PlanStep, person: User) -> bool:
    """Say whether a person may still see the plan; asked of the database, because she is not the one who reads."""
    if step.municipality_id is None:
        return person.pk == step.owner_id
    working = Membership.objects.active().filter(user_id=person.pk)
    return working.filter(municipality_id=step.municipality_id).exists()


def _fields(content: StepContent) -> dict[str, Any]:
    return {
        "title": content.title,
        "criterion": content.criterion,
        "criterion_label": content.criterion_label[:500],
        "notes": content.notes,
        "responsible": content.responsible,
        "due_on": content.due_on,
    }


def _locked(step: PlanStep) -> PlanStep:
    return PlanStep.objects.select_for_update().get(pk=step.pk)
