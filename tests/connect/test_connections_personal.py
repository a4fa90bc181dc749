"""What a person gets and leaves behind of her connections and introductions."""

import json

import pytest

from connect.models import Connection, ConnectionChange, Introduction, IntroductionChange
from connect.personal.connections import export_connections, export_introductions
from connect.services.connections import connection_decline, connection_request
from connect.services.introductions import introduction_ask, introduction_propose
from portal.accounts.models import User
from portal.accounts.services import account_erase
from portal.notices.models import Notification
from portal.safety.models import Block
from tests.connect.factories import connected, listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return listed("Ana Ruiz")


def test_her_copy_tells_what_she_did_and_not_what_others_decided(ana) -> None:
    luis, eva = listed("Luis Paz"), listed("Eva Sol")
    waiting = connection_request(requester=ana, recipient=luis, note="Hola Luis")
    declined = connection_request(requester=ana, recipient=eva, note="Hola Eva")
    connection_decline(connection=declined, actor=eva)
    connection_request(requester=listed("Tina Tímida"), recipient=ana, note="Hola Ana")
    told = export_connections(ana)
    assert [row["with"] for row in told] == ["Luis Paz", "Eva Sol", "Tina Tímida"]
    assert told[0]["status"] == told[1]["status"] == "pendiente"
    assert told[0]["decided_at"] == told[1]["decided_at"] is None
    assert [step["to"] for step in told[1]["your_steps"]] == ["pendiente"]
    assert told[2]["note"] == "Hola Ana"
    assert waiting.pk


def test_her_copy_names_only_whom_she_may_see(ana) -> None:
    luis = connected(ana, listed("Luis Paz"))
    Block.objects.create(blocker=luis, blocked=ana)
    Connection.objects.update(status="ended")
    assert "Luis" not in json.dumps(export_connections(User.objects.get(pk=ana.pk)))


def test_her_copy_of_introductions_names_nobody_who_said_no(ana) -> None:
    carla = connected(ana, listed("Carla Bru"))
    luis = connected(carla, listed("Luis Paz"))
    introduction_ask(user=ana, person=luis, introducer=carla, note="Quiero aprender")
    told = export_introductions(ana)
    assert told[0]["second"] == "Luis Paz"
    assert told[0]["introducer"] == "Carla Bru"
    assert told[0]["accepted_by_you"] is True
    assert export_introductions(luis) == []


def test_erasure_leaves_nothing_of_her_in_anybodys_connections(ana) -> None:
    carla = connected(ana, listed("Carla Bru"))
    luis, eva = (connected(carla, listed(name)) for name in ("Luis Paz", "Eva Sol"))
    connection_request(requester=ana, recipient=luis, note="Soy Ana")
    introduction_propose(introducer=carla, first=ana, second=eva, note="x")
    kept = introduction_propose(introducer=carla, first=luis, second=eva, note="Palabras de Carla")
    account_erase(user=ana, actor=ana)
    assert not Connection.objects.of(ana.pk).exists()
    assert not Introduction.objects.naming(ana.pk).exists()
    assert not Notification.objects.filter(text__contains="Ana").exists()
    account_erase(user=carla, actor=carla)
    kept.refresh_from_db()
    assert (kept.introducer, kept.note, kept.status) == (None, "", "declined")
    assert not ConnectionChange.objects.filter(actor__in=[ana, carla]).exists()
    assert not IntroductionChange.objects.filter(actor__in=[ana, carla]).exists()
    assert not Notification.objects.filter(text__contains="Carla").exists()
