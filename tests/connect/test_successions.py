"""Who follows when an official leaves: what is noted, who is asked, what passes on, and that nothing is lost."""

import pytest

from connect.models import Conversation, Participant, Succession
from connect.services.succession_notices import SUCCESSION_NOTICE, SUCCESSOR_NOTICE
from connect.services.successions import (
    SuccessorGone,
    succession_decide,
    succession_open,
    successions_end_on_return,
    successions_sweep,
)
from evaluate.models import PlanStep, SectionAssignment
from evaluate.services.assignments import sections_assign
from inspire.models import ContributionAuthor, SolutionPerson
from portal.accounts.models import Membership
from portal.accounts.services import membership_approve, membership_end, membership_request
from portal.accounts.services.erasure import account_erase
from portal.accounts.services.export import account_export
from portal.audit.models import AuditEvent
from portal.catalog.models import Entry
from portal.notices.models import Notification
from tests.evaluate.factories import municipal_evaluation, plan_step
from tests.inspire.factories import ContributionFactory, SolutionFactory
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


class Town:
    """A municipality with an official who looks after one thing of each kind, a colleague and a coordinator."""

    def __init__(self) -> None:
        self.place = MunicipalityFactory(name="Rafaela")
        self.membership = MembershipFactory(municipality=self.place, user__name="Nadia Saliente")
        self.leaver = self.membership.user
        self.colleague = MembershipFactory(municipality=self.place, user__name="Luz Sigue").user
        self.coordinator = MembershipFactory(municipality=self.place, coordinator=True).user

    def give_everything(self) -> None:
        """Let her look after one thing of each kind."""
        self.evaluation = municipal_evaluation(user=self.colleague, municipality=self.place)
        sections_assign(evaluation=self.evaluation, user=None, added=[("agua", self.leaver.pk)])
        self.step = plan_step(municipality=self.place, responsible=self.leaver)
        self.solution = SolutionFactory(municipality=self.place)
        self.solution.people.create(role="contact", name="Nadia Saliente", user=self.leaver)
        self.solution.people.create(role="author", name="Nadia Saliente", user=self.leaver)
        self.contribution = ContributionFactory(
            submitted=True,
            created_by=self.leaver,
            content={"title": "Otra", "municipality": {"choice": str(self.place.pk)}},
        )
        other = MembershipFactory().user
        self.talk = Conversation.objects.create(
            about_kind="solution",
            about_id=self.solution.pk,
            about_title="Planta",
            municipality=self.place,
            started_by=other,
        )
        for person in (self.leaver, other):
            Participant.objects.create(conversation=self.talk, user=person)

    def leave(self, capture) -> Succession:
        """End her membership as the portal does."""
        with capture(execute=True):
            membership_end(membership=self.membership, actor=self.leaver)
        return Succession.objects.get(membership=self.membership)


@pytest.fixture
def town() -> Town:
    return Town()


EVERYTHING = {
    "conversations": 1,
    "evaluation-sections": 1,
    "plan-steps": 1,
    "solution-contacts": 1,
    "contributions": 1,
}


def test_who_leaves_nothing_behind_leaves_no_question(town, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        membership_end(membership=town.membership, actor=town.leaver)
    assert not Succession.objects.exists()
    assert not Notification.objects.filter(kind=SUCCESSION_NOTICE).exists()


def test_whoever_coordinates_is_asked_once_by_name(town, django_capture_on_commit_callbacks):
    town.give_everything()
    succession = town.leave(django_capture_on_commit_callbacks)
    assert {name: len(keys) for name, keys in succession.held.items()} == EVERYTHING
    succession_open(membership_id=town.membership.pk)
    notice = Notification.objects.get(kind=SUCCESSION_NOTICE)
    assert notice.user == town.coordinator
    assert notice.text == "Nadia Saliente dejó Rafaela: ¿a quién pasa lo que llevaba?"
    assert notice.url == succession.get_absolute_url()


def test_a_question_that_was_lost_on_its_way_is_asked_by_the_sweep_once(town):
    plan_step(municipality=town.place, responsible=town.leaver)
    membership_end(membership=town.membership, actor=town.leaver)
    assert not Succession.objects.exists()
    assert successions_sweep() == 1
    assert successions_sweep() == 0
    assert Notification.objects.filter(kind=SUCCESSION_NOTICE).count() == 1


def test_the_team_is_asked_where_nobody_coordinates(town, django_capture_on_commit_callbacks):
    staff = UserFactory(staff=True)
    plan_step(municipality=town.place, responsible=town.leaver)
    Membership.objects.coordinators().filter(municipality=town.place).delete()
    town.leave(django_capture_on_commit_callbacks)
    assert Notification.objects.get(kind=SUCCESSION_NOTICE).user == staff


def test_everything_passes_to_the_colleague_at_once(town, django_capture_on_commit_callbacks):
    town.give_everything()
    succession = town.leave(django_capture_on_commit_callbacks)
    succession = succession_decide(succession=succession, actor=town.coordinator, successor=town.colleague)
    assert (succession.status, succession.successor, succession.decided_by, succession.held) == (
        "passed", town.colleague, town.coordinator, {},
    )  # fmt: skip
    assert [row.person for row in SectionAssignment.objects.all()] == [town.colleague]
    assert PlanStep.objects.get().responsible == town.colleague
    contact = SolutionPerson.objects.get(role="contact")
    assert (contact.user, contact.name) == (town.colleague, "Rafaela")
    assert SolutionPerson.objects.get(role="author").user == town.leaver
    assert town.colleague.pk in Entry.objects.get(kind="solution", object_id=town.solution.pk).people
    author = ContributionAuthor.objects.get(contribution=town.contribution, user=town.colleague)
    assert (author.is_accepted, author.is_named) == (True, False)
    assert town.talk.participants.get(user=town.colleague).left_at is None
    assert town.talk.participants.get(user=town.leaver).left_at is not None
    assert [(change.to_status, change.passed) for change in succession.changes.all()] == [
        ("open", {}),
        ("passed", EVERYTHING),
    ]
    event = AuditEvent.objects.get(action="succession.decided")
    assert (event.actor_id, event.after["plan-steps"]) == (town.coordinator.pk, 1)
    assert Notification.objects.get(kind=SUCCESSOR_NOTICE).user == town.colleague


def test_a_public_page_names_nobody_who_did_not_say_so_herself(
    town, client, django_capture_on_commit_callbacks
):
    town.give_everything()
    succession = town.leave(django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        succession_decide(succession=succession, actor=town.coordinator, successor=town.colleague)
    text = client.get(town.solution.get_absolute_url()).content.decode()
    assert "Luz Sigue" not in text
    assert "A quién preguntarle" in text


def test_clicking_twice_passes_on_once(town, django_capture_on_commit_callbacks):
    town.give_everything()
    succession = town.leave(django_capture_on_commit_callbacks)
    other = MembershipFactory(municipality=town.place).user
    succession_decide(succession=succession, actor=town.coordinator, successor=town.colleague)
    again = succession_decide(succession=succession, actor=town.coordinator, successor=other)
    assert again.successor == town.colleague
    assert PlanStep.objects.get().responsible == town.colleague
    assert again.changes.count() == 2


def test_what_stays_with_the_municipality_has_nobody_in_charge_and_loses_nothing(
    town, django_capture_on_commit_callbacks
):
    town.give_everything()
    succession = town.leave(django_capture_on_commit_callbacks)
    succession = succession_decide(succession=succession, actor=town.coordinator, successor=None)
    assert succession.status == "kept"
    assert PlanStep.objects.get().responsible is None
    assert not SectionAssignment.objects.exists()
    assert SolutionPerson.objects.get(role="contact").user is None
    assert Conversation.objects.filter(pk=town.talk.pk).exists()
    assert ContributionAuthor.objects.filter(contribution=town.contribution, user=town.leaver).exists()
    assert not Notification.objects.filter(kind=SUCCESSOR_NOTICE).exists()


def test_nothing_passes_to_somebody_who_has_left_herself(town, django_capture_on_commit_callbacks):
    town.give_everything()
    succession = town.leave(django_capture_on_commit_callbacks)
    membership_end(membership=town.colleague.memberships.get(), actor=town.colleague)
    with pytest.raises(SuccessorGone):
        succession_decide(succession=succession, actor=town.coordinator, successor=town.colleague)
    assert PlanStep.objects.get().responsible == town.leaver
    assert Succession.objects.get(pk=succession.pk).is_open


def test_what_was_done_or_taken_over_meanwhile_is_left_alone(town, django_capture_on_commit_callbacks):
    town.give_everything()
    taken = plan_step(municipality=town.place, responsible=town.leaver)
    succession = town.leave(django_capture_on_commit_callbacks)
    PlanStep.objects.filter(pk=town.step.pk).update(status="done")
    PlanStep.objects.filter(pk=taken.pk).update(responsible=town.coordinator)
    succession_decide(succession=succession, actor=town.coordinator, successor=town.colleague)
    assert PlanStep.objects.get(pk=town.step.pk).responsible == town.leaver
    assert PlanStep.objects.get(pk=taken.pk).responsible == town.coordinator


def test_what_she_looks_after_elsewhere_stays_hers(town, django_capture_on_commit_callbacks):
    town.give_everything()
    elsewhere = plan_step(
        municipality=MembershipFactory(user=town.leaver).municipality, responsible=town.leaver
    )
    succession = town.leave(django_capture_on_commit_callbacks)
    succession_decide(succession=succession, actor=town.coordinator, successor=town.colleague)
    elsewhere.refresh_from_db()
    assert elsewhere.responsible == town.leaver


def test_who_comes_back_keeps_what_she_had(town, django_capture_on_commit_callbacks):
    town.give_everything()
    succession = town.leave(django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        again = membership_request(user=town.leaver, municipality=town.place, position="Directora")
        membership_approve(membership=again, actor=town.coordinator)
    succession.refresh_from_db()
    assert (succession.status, succession.decided_by) == ("kept", None)
    assert PlanStep.objects.get().responsible == town.leaver


@pytest.mark.parametrize("order", ["erased while working", "left before"])
def test_what_an_erased_official_looked_after_still_passes_on(
    town, order, django_capture_on_commit_callbacks
):
    town.give_everything()
    if order == "left before":
        town.leave(django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        account_erase(user=town.leaver, actor=town.leaver)
    notice = Notification.objects.get(kind=SUCCESSION_NOTICE)
    assert notice.text == "Alguien que trabajaba en Rafaela se fue: ¿a quién pasa lo que llevaba?"
    succession = Succession.objects.get(membership=town.membership)
    succession_decide(succession=succession, actor=town.coordinator, successor=town.colleague)
    assert [row.person for row in SectionAssignment.objects.all()] == [town.colleague]
    assert PlanStep.objects.get().responsible == town.colleague
    assert SolutionPerson.objects.get(role="contact").user == town.colleague
    assert town.talk.participants.filter(user=town.colleague, left_at__isnull=True).exists()


def test_a_person_takes_her_part_away_and_leaves_no_name(town, django_capture_on_commit_callbacks):
    town.give_everything()
    succession = town.leave(django_capture_on_commit_callbacks)
    succession_decide(succession=succession, actor=town.coordinator, successor=town.colleague)
    for person in (town.leaver, town.colleague, town.coordinator):
        assert "Rafaela" in str(account_export(user=person))
    with django_capture_on_commit_callbacks(execute=True):
        for person in (town.colleague, town.coordinator):
            account_erase(user=person, actor=person)
    succession.refresh_from_db()
    assert (succession.status, succession.successor, succession.decided_by) == ("passed", None, None)
    assert not succession.changes.exclude(actor=None).exists()


def test_late_word_of_her_joining_does_not_close_the_question_after_she_left(
    town, django_capture_on_commit_callbacks
):
    town.give_everything()
    succession = town.leave(django_capture_on_commit_callbacks)
    successions_end_on_return(membership_id=town.membership.pk)
    succession.refresh_from_db()
    assert succession.is_open
