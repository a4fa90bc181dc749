"""A connection's life: asked for, answered, taken back, ended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from connect.audience import circle_of, forget_connections
from connect.models import Connection, ConnectionChange
from connect.services.connections import (
    ConnectionConflict,
    connection_accept,
    connection_decline,
    connection_end,
    connection_request,
    connection_withdraw,
)
from connect.visibility import Circle
from portal.accounts.models import User
from portal.notices.models import Notification
from portal.safety.services import LimitReached, block_add
from tests.connect.factories import listed

pytestmark = pytest.mark.django_db
Status = Connection.Status


@pytest.fixture
def ana() -> User:
    return listed("Ana Ruiz")


@pytest.fixture
def luis() -> User:
    return listed("Luis Paz")


def steps(connection: Connection) -> list[tuple[str, str, int | None]]:
    rows = ConnectionChange.objects.filter(connection=connection)
    return list(rows.values_list("from_status", "to_status", "actor_id"))


def notices(user: User) -> list[str]:
    rows = Notification.objects.filter(user=user, is_folded=False).order_by("id")
    return list(rows.values_list("text", flat=True))


def test_a_request_waits_with_its_note_and_tells_the_other(ana, luis) -> None:
    made = connection_request(requester=ana, recipient=luis, note="  Compostamos igual  ")
    assert (made.status, made.note) == (Status.REQUESTED, "Compostamos igual")
    assert steps(made) == [("", "requested", ana.pk)]
    assert notices(luis) == ["Ana Ruiz quiere conectarse con vos."]
    assert circle_of(ana, luis.pk) == Circle.MEMBER


def test_asking_twice_asks_once(ana, luis) -> None:
    first = connection_request(requester=ana, recipient=luis)
    assert connection_request(requester=ana, recipient=luis, note="otra vez") == first
    assert Connection.objects.count() == ConnectionChange.objects.count() == 1
    assert len(notices(luis)) == 1


def test_two_who_ask_each_other_are_connected(ana, luis) -> None:
    made = connection_request(requester=ana, recipient=luis)
    met = connection_request(requester=luis, recipient=ana)
    assert (met, met.status) == (made, Status.ACCEPTED)
    assert steps(made) == [("", "requested", ana.pk), ("requested", "accepted", luis.pk)]
    assert notices(ana) == ["Luis Paz aceptó tu pedido: ya están en contacto."]
    assert notices(luis) == []


def test_saying_yes_twice_says_it_once(ana, luis) -> None:
    made = connection_request(requester=ana, recipient=luis)
    for _click in range(2):
        assert connection_accept(connection=made, actor=luis).status == Status.ACCEPTED
    assert len(steps(made)) == 2
    assert len(notices(ana)) == 1
    forget_connections(ana)
    assert circle_of(ana, luis.pk) == circle_of(luis, ana.pk) == Circle.CONNECTION


def test_a_refusal_tells_nobody_and_reads_like_silence(ana, luis) -> None:
    made = connection_request(requester=ana, recipient=luis)
    silent = connection_request(requester=ana, recipient=listed())
    connection_decline(connection=made, actor=luis)
    connection_decline(connection=made, actor=luis)
    assert notices(ana) == notices(luis) == []
    assert set(Connection.objects.sent_by(ana)) == {made, silent}
    assert connection_request(requester=ana, recipient=luis) == made
    assert made.status == Status.REQUESTED
    assert list(Connection.objects.received_by(luis)) == []
    assert steps(made)[1:] == [("requested", "declined", luis.pk)]


def test_who_said_no_and_thinks_better_of_it_is_connected_by_asking(ana, luis) -> None:
    made = connection_request(requester=ana, recipient=luis)
    connection_decline(connection=made, actor=luis)
    assert connection_request(requester=luis, recipient=ana).status == Status.ACCEPTED
    assert notices(ana) == ["Luis Paz aceptó tu pedido: ya están en contacto."]


@pytest.mark.parametrize("is_declined", [True, False])
def test_taking_a_request_back_and_asking_again_is_the_same_whatever_became_of_it(
    ana, luis, is_declined
) -> None:
    made = connection_request(requester=ana, recipient=luis)
    if is_declined:
        connection_decline(connection=made, actor=luis)
    assert connection_withdraw(connection=made, actor=ana).status == Status.WITHDRAWN
    assert connection_withdraw(connection=made, actor=ana).status == Status.WITHDRAWN
    assert notices(luis) == []
    with pytest.raises(ConnectionConflict, match="Hace poco retiraste"):
        connection_request(requester=ana, recipient=luis)
    Connection.objects.update(created_at=timezone.now() - timedelta(days=91))
    assert connection_request(requester=ana, recipient=luis) != made


@pytest.mark.parametrize("is_declined", [True, False])
def test_after_ninety_days_one_may_ask_again_whatever_became_of_it(ana, luis, is_declined) -> None:
    made = connection_request(requester=ana, recipient=luis)
    if is_declined:
        connection_decline(connection=made, actor=luis)
    Connection.objects.update(created_at=timezone.now() - timedelta(days=91))
    assert list(Connection.objects.sent_by(ana)) == []
    again = connection_request(requester=ana, recipient=luis, note="¿Y ahora?")
    assert again != made
    assert list(Connection.objects.open()) == [again]


def test_what_was_taken_back_is_not_accepted(ana, luis) -> None:
    made = connection_request(requester=ana, recipient=luis)
    connection_withdraw(connection=made, actor=ana)
    with pytest.raises(ConnectionConflict, match="ya no está pendiente"):
        connection_accept(connection=made, actor=luis)


def test_what_was_accepted_is_not_taken_back_but_ended(ana, luis) -> None:
    made = connection_request(requester=ana, recipient=luis)
    connection_accept(connection=made, actor=luis)
    with pytest.raises(ConnectionConflict, match="Justo aceptó"):
        connection_withdraw(connection=made, actor=ana)
    assert connection_end(one=ana, other_id=luis.pk)
    assert not connection_end(one=luis, other_id=ana.pk)
    assert steps(made)[-1] == ("accepted", "ended", ana.pk)
    assert circle_of(ana, luis.pk) == Circle.MEMBER
    assert connection_request(requester=luis, recipient=ana).status == Status.REQUESTED


def test_several_requests_are_one_line_that_counts_what_is_left(ana) -> None:
    asked = [connection_request(requester=listed(f"Persona {n}"), recipient=ana) for n in range(3)]
    assert notices(ana) == ["3 personas quieren conectarse con vos."]
    connection_decline(connection=asked[2], actor=ana)
    assert notices(ana) == ["2 personas quieren conectarse con vos."]
    connection_accept(connection=asked[0], actor=ana)
    assert notices(ana) == ["Persona 1 quiere conectarse con vos."]


def test_an_account_asks_only_so_many_people_a_day(ana) -> None:
    ana.date_joined = timezone.now()
    ana.save()
    people = [listed() for _number in range(9)]
    for person in people[:8]:
        connection_request(requester=ana, recipient=person)
    with pytest.raises(LimitReached, match="Por hoy"):
        connection_request(requester=ana, recipient=people[8])
    # What asks nobody new is not counted.
    assert connection_request(requester=ana, recipient=people[0]).status == Status.REQUESTED
    assert Connection.objects.count() == 8


@pytest.mark.parametrize("who", ["blocked", "blocker", "suspended"])
def test_whoever_is_not_there_cannot_be_asked_and_all_read_the_same(ana, luis, who) -> None:
    if who == "suspended":
        User.objects.filter(pk=luis.pk).update(is_active=False)
    else:
        block_add(**({"user": luis, "other": ana} if who == "blocked" else {"user": ana, "other": luis}))
    with pytest.raises(ConnectionConflict) as refused:
        connection_request(requester=ana, recipient=luis)
    assert str(refused.value) == "No encontramos a esa persona."
    assert not Connection.objects.exists()
