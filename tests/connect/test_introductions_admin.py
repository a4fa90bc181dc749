"""The team's queue of introductions in the admin."""

import pytest
from django.utils import timezone

from connect.models import Introduction
from connect.querysets.connections import OFFER_LASTS
from connect.services.introductions import introduction_ask
from tests.connect.factories import connected, listed
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db
QUEUE = "/admin/connect/introduction/"


def test_the_team_makes_what_was_asked_of_it_and_sees_nothing_else(client) -> None:
    ana, luis, eva = listed("Ana Ruiz"), listed("Luis Paz"), listed("Eva Sol")
    carla = connected(ana, listed("Carla Bru"))
    connected(carla, eva)
    asked = introduction_ask(user=ana, person=luis, introducer=None, note="Quiero aprender")
    private = introduction_ask(user=ana, person=eva, introducer=carla, note="Entre nosotras")
    client.force_login(UserFactory(staff=True))
    found = client.get(QUEUE).content.decode()
    assert "Quiero aprender" in found
    assert "Entre nosotras" not in found
    chosen = {"action": "offer", "_selected_action": [asked.pk, private.pk]}
    assert "Propusimos 1 presentación." in client.post(QUEUE, chosen, follow=True).content.decode()
    asked.refresh_from_db()
    private.refresh_from_db()
    assert (asked.status, private.status) == ("offered", "asked")


def test_what_the_team_does_not_make_did_not_prosper(client) -> None:
    asked = introduction_ask(user=listed("Ana"), person=listed("Luis"), introducer=None, note="x")
    client.force_login(UserFactory(staff=True))
    client.post(QUEUE, {"action": "close", "_selected_action": [asked.pk]})
    assert Introduction.objects.get().status == "declined"


def test_nobody_else_opens_the_queue(client) -> None:
    client.force_login(listed("Ana"))
    assert client.get(QUEUE).status_code == 302


def test_what_waited_for_too_long_is_out_of_the_queue(client) -> None:
    asked = introduction_ask(user=listed("Ana"), person=listed("Luis"), introducer=None, note="Ya pasó")
    client.force_login(UserFactory(staff=True))
    assert "Ya pasó" in client.get(QUEUE).content.decode()
    Introduction.objects.filter(pk=asked.pk).update(created_at=timezone.now() - OFFER_LASTS)
    assert "Ya pasó" not in client.get(QUEUE).content.decode()
