"""Bringing two people together: asked for or proposed, wanted by both or not at all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from connect.audience import forget_connections
from connect.models import Connection, Introduction, IntroductionChange, Message
from connect.services.connections import ConnectionConflict, connection_request
from connect.services.introductions import (
    introduction_accept,
    introduction_ask,
    introduction_close,
    introduction_offer,
    introduction_propose,
    introductions_part,
)
from connect.visibility import Level
from portal.accounts.models import User
from portal.notices.models import Notification
from portal.safety.models import Block
from portal.safety.services import LimitReached, block_add
from tests.connect.factories import connected, listed
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db
Status = Introduction.Status


@pytest.fixture
def carla() -> User:
    return listed("Carla Bru")


@pytest.fixture
def ana(carla) -> User:
    return connected(carla, listed("Ana Ruiz"))


@pytest.fixture
def luis(carla) -> User:
    return connected(carla, listed("Luis Paz"))


def notices(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("id").values_list("text", flat=True))


def are_connected(one: User, other: User) -> bool:
    return Connection.objects.between(one.pk, other.pk).accepted().exists()


def test_two_who_both_want_it_are_connected_with_the_note_as_first_words(carla, ana, luis) -> None:
    made = introduction_propose(introducer=carla, first=ana, second=luis, note="Compostan igual")
    assert notices(ana) == ["Carla Bru te quiere presentar a Luis Paz."]
    assert introduction_accept(introduction=made, user=ana).status == Status.OFFERED
    assert introduction_accept(introduction=made, user=ana).status == Status.OFFERED
    assert not are_connected(ana, luis)
    assert introduction_accept(introduction=made, user=luis).status == Status.MADE
    assert are_connected(ana, luis)
    assert notices(carla) == ["Ana Ruiz y Luis Paz ya están en contacto gracias a tu presentación."]
    assert notices(ana) == ["Ya estás en contacto con Luis Paz: las dos personas aceptaron la presentación."]
    message = Message.objects.get()
    assert message.is_from_portal
    assert "Compostan igual" in message.text
    assert {row.user for row in message.conversation.participants.all()} == {ana, luis}
    assert all(row.last_message_id == message.pk for row in message.conversation.participants.all())
    assert list(IntroductionChange.objects.values_list("from_status", "to_status", "actor_id")) == [
        ("", "offered", carla.pk),
        ("offered", "offered", ana.pk),
        ("offered", "offered", luis.pk),
        ("offered", "made", luis.pk),
    ]


def test_who_says_no_is_known_to_nobody(carla, ana, luis) -> None:
    made = introduction_propose(introducer=carla, first=ana, second=luis, note="Compostan igual")
    introduction_accept(introduction=made, user=ana)
    introduction_close(introduction=made, actor=luis)
    introduction_close(introduction=made, actor=luis)
    assert notices(ana) == notices(luis) == notices(carla) == []
    assert not are_connected(ana, luis)
    with pytest.raises(ConnectionConflict, match="ya se resolvió"):
        introduction_accept(introduction=made, user=luis)


def test_proposing_twice_proposes_once(carla, ana, luis) -> None:
    first = introduction_propose(introducer=carla, first=ana, second=luis, note="Uno")
    assert introduction_propose(introducer=carla, first=luis, second=ana, note="Dos") == first
    assert len(notices(ana)) == 1


def test_a_common_connection_is_asked_and_the_other_decides(carla, ana, luis) -> None:
    asked = introduction_ask(user=ana, person=luis, introducer=carla, note="Quiero aprender")
    assert introduction_ask(user=ana, person=luis, introducer=carla, note="otra vez") == asked
    assert notices(carla) == ["Ana Ruiz te pide que le presentes a Luis Paz."]
    assert notices(luis) == []
    introduction_offer(introduction=asked, actor=carla, note="Ana quiere aprender de vos")
    assert notices(luis) == ["Carla Bru te quiere presentar a Ana Ruiz."]
    introduction_accept(introduction=asked, user=luis)
    assert are_connected(ana, luis)


def test_the_team_is_asked_and_speaks_as_the_team(ana, luis) -> None:
    staff = UserFactory(staff=True, name="Facilitadora")
    asked = introduction_ask(user=ana, person=luis, introducer=None, note="Quiero aprender")
    assert notices(staff) == ["Ana Ruiz te pide que le presentes a Luis Paz."]
    assert list(Introduction.objects.of_team()) == [asked]
    introduction_offer(introduction=asked, actor=staff)
    assert notices(luis) == ["El equipo de la red te quiere presentar a Ana Ruiz."]
    assert introduction_offer(introduction=asked, actor=staff).status == Status.OFFERED


def test_two_who_ask_for_each_other_are_connected_once_somebody_takes_it_up(ana, luis) -> None:
    staff = UserFactory(staff=True)
    asked = introduction_ask(user=ana, person=luis, introducer=None, note="Quiero aprender")
    assert introduction_ask(user=luis, person=ana, introducer=None, note="Yo también") == asked
    assert introduction_offer(introduction=asked, actor=staff).status == Status.MADE
    assert are_connected(ana, luis)


def test_an_open_request_between_the_two_is_answered_by_it(carla, ana, luis) -> None:
    connection_request(requester=ana, recipient=luis)
    made = introduction_propose(introducer=carla, first=ana, second=luis, note="x")
    introduction_accept(introduction=made, user=luis)
    introduction_accept(introduction=made, user=ana)
    assert Connection.objects.between(ana.pk, luis.pk).get().status == "accepted"


def test_whom_a_block_keeps_apart_is_told_nothing_and_it_just_does_not_prosper(carla, ana, luis) -> None:
    Block.objects.create(blocker=ana, blocked=luis)
    made = introduction_propose(introducer=carla, first=ana, second=luis, note="Compostan igual")
    assert made.status == Status.OFFERED
    assert notices(ana) == notices(luis) == []
    assert not Introduction.objects.offered_to(ana).exists()
    assert list(Introduction.objects.begun_by(carla)) == [made]
    Introduction.objects.update(created_at=timezone.now() - timedelta(days=61))
    made.refresh_from_db()
    assert not made.is_open


def test_whoever_hides_her_name_is_told_first_and_named_when_she_says_yes(carla, ana) -> None:
    shy = connected(carla, listed("Tina Tímida", audience=Level.CONNECTIONS))
    made = introduction_propose(introducer=carla, first=ana, second=shy, note="x")
    assert notices(ana) == []
    assert notices(shy) == ["Carla Bru te quiere presentar a Ana Ruiz."]
    introduction_accept(introduction=made, user=shy)
    assert notices(ana) == ["Carla Bru te quiere presentar a Tina Tímida."]


@pytest.mark.django_db(transaction=True)
def test_a_block_closes_what_would_bring_them_together_and_takes_its_notices_away(carla, ana, luis) -> None:
    made = introduction_propose(introducer=carla, first=ana, second=luis, note="x")
    other = introduction_propose(introducer=ana, first=carla, second=listed(), note="x")
    block_add(user=luis, other=ana)
    made.refresh_from_db()
    other.refresh_from_db()
    assert (made.status, other.status) == (Status.DECLINED, Status.OFFERED)
    assert notices(ana) == notices(luis) == []


@pytest.mark.django_db(transaction=True)
def test_a_block_ends_connection_and_requests_silently(ana, luis, carla) -> None:
    waiting = connection_request(requester=ana, recipient=luis)
    block_add(user=luis, other=ana)
    block_add(user=ana, other=carla)
    waiting.refresh_from_db()
    assert waiting.status == "declined"
    assert notices(luis) == notices(ana) == notices(carla) == []
    forget_connections(carla)
    assert not are_connected(ana, carla)


def test_introductions_have_a_limit_of_their_own(carla, ana) -> None:
    carla.date_joined = timezone.now()
    carla.save()
    people = [connected(carla, listed()) for _number in range(4)]
    for person in people[:3]:
        introduction_propose(introducer=carla, first=ana, second=person, note="x")
    with pytest.raises(LimitReached, match="Por hoy"):
        introduction_propose(introducer=carla, first=ana, second=people[3], note="x")


def test_what_waited_for_too_long_makes_room_for_a_new_one(carla, ana, luis) -> None:
    old = introduction_propose(introducer=carla, first=ana, second=luis, note="x")
    Introduction.objects.update(created_at=timezone.now() - timedelta(days=61))
    with pytest.raises(ConnectionConflict):
        introduction_accept(introduction=old, user=ana)
    new = introduction_propose(introducer=carla, first=ana, second=luis, note="y")
    old.refresh_from_db()
    assert (new != old, old.status) == (True, Status.DECLINED)


def test_parting_two_who_have_nothing_in_common_does_nothing(ana, luis) -> None:
    introductions_part(blocker_id=ana.pk, blocked_id=luis.pk)
    assert not Introduction.objects.exists()
