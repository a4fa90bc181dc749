"""The improvement plan that the sample town made of its last result."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluate.models import Evaluation, EvaluationRun, PlanStep, Questionnaire
from evaluate.plan.origin import step_origin
from evaluate.plan.shares import share_now
from evaluate.result.building import result_of
from evaluate.services.plans import StepContent, plan_step_add, plan_step_move
from portal.accounts.models import Membership, User

# From today on, for each step: until when, and how far it has come.
STEPS = (
    (timedelta(days=45), PlanStep.Status.DOING),
    (timedelta(days=120), PlanStep.Status.TODO),
    (timedelta(days=200), PlanStep.Status.TODO),
)


@transaction.atomic
def create_plan(membership: Membership, questionnaire: Questionnaire, team: list[User]) -> None:
    """Plan the next step of the criteria that would change the town's last result most."""
    run = _last_run(membership, questionnaire)
    if run is None:
        return
    evaluation = run.evaluation
    criteria = result_of(evaluation, run).opportunities
    for place, (criterion, (until, status)) in enumerate(zip(criteria, STEPS, strict=False)):
        origin = step_origin(evaluation, criterion.key, team[0])
        if origin is None:
            continue
        step = plan_step_add(
            user=team[0],
            questionnaire=questionnaire,
            municipality=membership.municipality,
            content=StepContent(
                title=origin.suggested_title,
                criterion=criterion.key,
                criterion_label=criterion.label,
                responsible=team[place % len(team)],
                due_on=timezone.localdate() + until,
            ),
            share_then=share_now(
                questionnaire=questionnaire,
                municipality=membership.municipality,
                user=team[0],
                criterion=criterion.key,
            ),
            inspirations=origin.entries[:2],
            is_sample=True,
        )
        if status != step.status:
            plan_step_move(
                user=team[0],
                step=step,
                status=status,
                note=_("Ya hablamos con el área: arrancamos este mes."),
            )


def _last_run(membership: Membership, questionnaire: Questionnaire) -> EvaluationRun | None:
    own = Evaluation.objects.filter(
        questionnaire=questionnaire, municipality=membership.municipality_id, is_sample=True
    )
    runs = EvaluationRun.objects.done().filter(evaluation__in=own)
    return (
        runs.select_related("evaluation__version", "evaluation__questionnaire__area").order_by("-pk").first()
    )
