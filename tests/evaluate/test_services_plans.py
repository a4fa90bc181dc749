"""Writing improvement plans: history, notices and reminders, each once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from evaluate.models import PlanStep
from evaluate.services.plans import (
    MOST_INSPIRATIONS,
    PLAN_ASSIGNED_NOTICE,
    PLAN_DUE_NOTICE,
    StepChangedMeanwhile,
    StepContent,
    inspiration_add,
    inspiration_remove,
    plan_step_add,
    plan_step_change,
    plan_step_move,
    reminders_send,
    step_mark,
)
from evaluate.tasks import remind_of_plan_steps
from portal.notices.models import Notification
from tests.evaluate.factories import plan_step, questionnaire
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def added(membership, **content) -> PlanStep:
    return plan_step_add(
        user=membership.user,
        questionnaire=questionnaire(),
        municipality=membership.municipality,
        content=StepContent(title="Medir el agua", **content),
    )


def test_a_step_begins_with_a_line_in_its_history():
    member = MembershipFactory()
    step = added(member, criterion="mide", criterion_label="¿Se mide?")
    assert [(each.from_status, each.to_status, each.actor) for each in step.changes.all()] == [
        ("", "todo", member.user)
    ]
    assert step.owner == member.user


def test_moving_a_step_says_who_from_where_to_where_and_why():
    step = plan_step()
    plan_step_move(user=step.owner, step=step, status="doing", note="Arrancó en mayo")
    plan_step_move(user=step.owner, step=step, status="doing")
    plan_step_move(user=step.owner, step=step, status="done")
    assert [(each.from_status, each.to_status, each.note) for each in step.changes.all()] == [
        ("todo", "doing", "Arrancó en mayo"),
        ("doing", "done", ""),
    ]
    step.refresh_from_db()
    assert step.status == "done"


def test_whoever_becomes_responsible_is_told_once_and_nobody_is_told_of_her_own_doing():
    member = MembershipFactory()
    colleague = MembershipFactory(municipality=member.municipality)
    step = added(member, responsible=colleague.user)
    notice = Notification.objects.get(kind=PLAN_ASSIGNED_NOTICE)
    assert notice.user == colleague.user
    assert notice.url == step.get_absolute_url()
    assert "Medir el agua" in notice.text
    content = StepContent(title="Otro", responsible=colleague.user)
    step = plan_step_change(user=member.user, step=step, content=content, held=step_mark(step))
    mine = StepContent(title="Otro", responsible=member.user)
    step = plan_step_change(user=member.user, step=step, content=mine, held=step_mark(step))
    assert Notification.objects.filter(kind=PLAN_ASSIGNED_NOTICE).count() == 1


def test_what_a_colleague_changed_meanwhile_is_not_overwritten_unseen():
    step = plan_step()
    held = step_mark(step)
    plan_step_change(user=step.owner, step=step, content=StepContent(title="De Ana"), held=held)
    with pytest.raises(StepChangedMeanwhile):
        plan_step_change(user=step.owner, step=step, content=StepContent(title="De Eva"), held=held)
    step.refresh_from_db()
    assert step.title == "De Ana"


def test_a_week_before_its_day_the_responsible_person_is_reminded_once():
    colleague = MembershipFactory()
    due = TODAY + timedelta(days=7)
    step = plan_step(colleague.municipality, responsible=colleague.user, due_on=due)
    assert reminders_send(today=TODAY - timedelta(days=1)) == 0
    for day in range(9):
        reminders_send(today=TODAY + timedelta(days=day))
    notice = Notification.objects.get(kind=PLAN_DUE_NOTICE)
    assert notice.user == colleague.user
    assert "29/11/2026" in notice.text
    step.due_on = due + timedelta(days=30)
    step.save()
    reminders_send(today=step.due_on)
    assert Notification.objects.filter(kind=PLAN_DUE_NOTICE).count() == 2


def test_nobody_is_reminded_of_what_is_done_past_nobodys_or_no_longer_hers():
    colleague, gone = MembershipFactory(), MembershipFactory(left=True)
    due = TODAY + timedelta(days=3)
    place = colleague.municipality
    plan_step(place, responsible=colleague.user, due_on=due, status="done")
    plan_step(place, responsible=colleague.user, due_on=due, status="dropped")
    plan_step(place, responsible=colleague.user, due_on=TODAY - timedelta(days=1))
    plan_step(place, due_on=due)
    plan_step(gone.municipality, responsible=gone.user, due_on=due)
    assert reminders_send(today=TODAY) == 0
    assert not Notification.objects.filter(kind=PLAN_DUE_NOTICE).exists()


def test_the_daily_task_reminds_and_may_run_twice():
    colleague = MembershipFactory()
    plan_step(
        colleague.municipality, responsible=colleague.user, due_on=timezone.localdate() + timedelta(days=2)
    )
    assert remind_of_plan_steps() == 1
    assert remind_of_plan_steps() == 1
    assert Notification.objects.filter(kind=PLAN_DUE_NOTICE).count() == 1


def test_inspirations_come_and_go_and_have_a_limit():
    step = plan_step()
    entries = EntryFactory.create_batch(MOST_INSPIRATIONS + 1)
    for entry in entries[:MOST_INSPIRATIONS]:
        inspiration_add(step=step, entry=entry)
    with pytest.raises(ValidationError, match="ya tiene 20"):
        inspiration_add(step=step, entry=entries[-1])
    inspiration_remove(step=step, entry=entries[0])
    inspiration_add(step=step, entry=entries[-1])
    assert step.inspirations.count() == MOST_INSPIRATIONS


def test_a_persons_own_plan_goes_with_her_account_and_a_towns_stays_without_her_name():
    person = UserFactory()
    own = plan_step(owner=person)
    towns = plan_step(MembershipFactory(user=person).municipality, owner=person, responsible=person)
    person.delete()
    assert not PlanStep.objects.filter(pk=own.pk).exists()
    towns.refresh_from_db()
    assert towns.owner is None
    assert towns.responsible is None


def test_a_step_that_changes_its_criterion_begins_where_the_other_one_stands():
    step = plan_step(share_then="0.250000000")
    same = StepContent(title="Igual", criterion=step.criterion)
    step = plan_step_change(
        user=step.owner, step=step, content=same, held=step_mark(step), share_now=Decimal("0.9")
    )
    assert step.share_then == Decimal("0.25")
    other = StepContent(title="Otro", criterion="separa")
    step = plan_step_change(
        user=step.owner, step=step, content=other, held=step_mark(step), share_now=Decimal("0.5")
    )
    step.refresh_from_db()
    assert step.share_then == Decimal("0.5")
    whole = StepContent(title="Todo el cuestionario")
    assert (
        plan_step_change(user=step.owner, step=step, content=whole, held=step_mark(step)).share_then is None
    )
