"""What an official looks after in her municipality's evaluations and plan, and who does when she leaves."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from evaluate.models import Evaluation, PlanStep, SectionAssignment
from evaluate.services.assignments import sections_assign
from portal.accounts.handovers import Handover
from portal.accounts.models import User
from portal.places.models import Municipality

_OPEN_STEPS = (PlanStep.Status.TODO, PlanStep.Status.DOING)


def held_sections(user: User, municipality: Municipality) -> list[str]:
    """Return "evaluation:section" for each section that she has in an evaluation under way and did not finish."""
    rows = SectionAssignment.objects.filter(
        person=user,
        ready_at__isnull=True,
        evaluation__municipality=municipality,
        evaluation__status=Evaluation.Status.DRAFT,
    )
    return [f"{evaluation}:{section}" for evaluation, section in rows.values_list("evaluation_id", "section")]


def sections_pass_on(
    user: User, municipality: Municipality, successor: User | None, keys: Sequence[str]
) -> int:
    """Give sections of evaluations under way to a colleague, or take them back; says how many it was."""
    sections: dict[int, list[str]] = defaultdict(list)
    for key in keys:
        evaluation_id, _colon, section = key.partition(":")
        sections[int(evaluation_id)].append(section)
    open_ones = Evaluation.objects.filter(
        pk__in=sections, municipality=municipality, status=Evaluation.Status.DRAFT
    )
    passed = 0
    for evaluation in open_ones.order_by("pk").select_for_update(of=("self",)):
        mine = sections[evaluation.pk]
        sections_assign(
            evaluation=evaluation,
            user=None,
            added=[(section, successor.pk) for section in mine] if successor else [],
            removed=[(section, user.pk) for section in mine],
        )
        passed += len(mine)
    return passed


def held_steps(user: User, municipality: Municipality) -> list[str]:
    """Return the keys of the steps of the plan that she is to see done."""
    rows = PlanStep.objects.filter(responsible=user, municipality=municipality, status__in=_OPEN_STEPS)
    return [str(key) for key in rows.values_list("pk", flat=True)]


def steps_pass_on(user: User, municipality: Municipality, successor: User | None, keys: Sequence[str]) -> int:
    """Make a colleague responsible for steps that nobody else took meanwhile, or nobody; says how many it was."""
    rows = PlanStep.objects.filter(
        Q(responsible=user) | Q(responsible__isnull=True),
        pk__in=[int(key) for key in keys],
        municipality=municipality,
        status__in=_OPEN_STEPS,
    )
    steps = list(rows.order_by("pk").select_for_update(of=("self",)))
    for step in steps:
        step.responsible = successor
        # The time of the change tells whoever has the step open that it is another one now.
        step.save(update_fields=["responsible", "updated_at"])
    return len(steps)


SECTIONS = Handover(
    id="evaluation-sections",
    label=_("Secciones de autoevaluaciones en curso"),
    held=held_sections,
    pass_on=sections_pass_on,
    order=20,
)
STEPS = Handover(
    id="plan-steps",
    label=_("Pasos del plan de mejora"),
    held=held_steps,
    pass_on=steps_pass_on,
    order=30,
)
