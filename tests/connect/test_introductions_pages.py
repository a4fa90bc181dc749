"""The pages about introductions."""

import pytest
from django.urls import reverse

from connect.models import Introduction
from connect.services.introductions import introduction_ask, introduction_propose
from portal.accounts.models import User
from portal.safety.services import block_add
from tests.connect.factories import connect_two, connected, listed
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/conectarme/presentaciones/"


@pytest.fixture
def carla() -> User:
    return listed("Carla Bru")


@pytest.fixture
def ana(carla, client) -> User:
    user = connected(carla, listed("Ana Ruiz"))
    client.force_login(user)
    return user


@pytest.fixture
def luis(carla) -> User:
    return connected(carla, listed("Luis Paz"))


def page(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def answer(client, introduction: Introduction, action: str, **values: str):
    path = reverse("connect:introduction-answer", args=[introduction.public_id])
    return client.post(path, {"accion": action, **values}, follow=True)


def test_only_connections_that_both_share_are_offered(client, ana, luis, carla) -> None:
    connected(luis, listed("Hers Alone"))
    connected(ana, listed("Mine Alone"))
    found = page(client, reverse("connect:introduction-ask", args=[luis.public_id]))
    assert "Carla Bru" in found
    assert "Hers Alone" not in found
    assert "Mine Alone" not in found
    assert "El equipo de la red" in found


def test_asking_needs_a_reason_and_keeps_what_was_chosen(client, ana, luis, carla) -> None:
    path = reverse("connect:introduction-ask", args=[luis.public_id])
    found = client.post(path, {"via": str(carla.public_id), "note": " "}).content.decode()
    assert "Escribí en una o dos líneas por qué" in found
    client.post(path, {"via": str(carla.public_id), "note": "Quiero aprender"})
    made = Introduction.objects.get()
    assert (made.asked_by, made.introducer, made.second) == (ana, carla, luis)


def test_whoever_is_no_common_connection_is_not_asked(client, ana, luis) -> None:
    path = reverse("connect:introduction-ask", args=[luis.public_id])
    stranger = listed("Eva Sol")
    found = client.post(path, {"via": str(stranger.public_id), "note": "x"}).content.decode()
    assert "Ya no te puede presentar esa persona" in found
    assert not Introduction.objects.exists()


def test_the_common_connection_offers_it_and_the_other_accepts(client, ana, luis, carla) -> None:
    made = introduction_ask(user=ana, person=luis, introducer=carla, note="Quiero aprender")
    client.force_login(carla)
    assert "Te piden que presentes a" in page(client, LIST)
    answer(client, made, "presentar", note="Ana quiere aprender")
    client.force_login(luis)
    assert "Ana quiere aprender" in page(client, LIST)
    assert "ya están en contacto" in answer(client, made, "aceptar").content.decode()
    client.force_login(ana)
    assert "Ya están en contacto" in page(client, LIST)


def test_it_did_not_prosper_is_all_that_anybody_reads(client, ana, luis, carla) -> None:
    made = introduction_propose(introducer=carla, first=ana, second=luis, note="Compostan igual")
    answer(client, made, "aceptar")
    client.force_login(luis)
    answer(client, made, "no")
    for reader in (ana, carla):
        client.force_login(reader)
        assert "No prosperó" in page(client, LIST)
    client.force_login(luis)
    assert "Compostan igual" not in page(client, LIST)


def test_a_person_introduces_only_people_she_is_connected_with(client, ana, luis, carla) -> None:
    path = reverse("connect:introduce")
    assert client.get(f"{path}?persona={luis.public_id}").status_code == 403
    client.force_login(carla)
    eva = listed("Eva Sol")
    assert "Luis Paz" in page(client, f"{path}?persona={ana.public_id}")
    bad = client.post(f"{path}?persona={ana.public_id}", {"other": str(eva.public_id), "note": "x"})
    assert "no la podés presentar ahora" in bad.content.decode()
    client.post(f"{path}?persona={ana.public_id}", {"other": str(luis.public_id), "note": "Conózcanse"})
    assert Introduction.objects.get().status == "offered"


def test_the_team_finds_anybody_in_the_directory_to_introduce(client, ana) -> None:
    client.force_login(UserFactory(staff=True))
    listed("Eva Sol")
    path = f"{reverse('connect:introduce')}?persona={ana.public_id}"
    assert "¿A quién?" in page(client, path)
    assert "Eva Sol" in page(client, f"{path}&q=sol")


@pytest.mark.parametrize("persona", ["", "no-es-un-uuid", "00000000-0000-4000-8000-000000000000"])
def test_introducing_nobody_is_not_found(client, carla, persona) -> None:
    client.force_login(carla)
    assert client.get(f"{reverse('connect:introduce')}?persona={persona}").status_code == 404


def test_whom_it_does_not_concern_finds_nothing(client, ana, luis, carla) -> None:
    made = introduction_ask(user=ana, person=luis, introducer=carla, note="Secreto")
    for reader in (luis, listed("Eva Sol"), UserFactory(staff=True)):
        client.force_login(reader)
        assert "Secreto" not in page(client, LIST)
        path = reverse("connect:introduction-answer", args=[made.public_id])
        assert client.post(path, {"accion": "aceptar"}).status_code == 404
    client.force_login(ana)
    assert answer(client, made, "presentar").status_code == 403


def test_a_block_hides_the_introduction_from_both(client, ana, luis, carla) -> None:
    introduction_propose(introducer=carla, first=ana, second=luis, note="Compostan igual")
    block_add(user=luis, other=ana)
    for reader in (ana, luis):
        client.force_login(reader)
        assert "Compostan igual" not in page(client, LIST)


def test_whoever_is_connected_needs_no_introduction(client, ana, luis) -> None:
    connect_two(ana, luis)
    path = reverse("connect:introduction-ask", args=[luis.public_id])
    assert client.get(path).status_code == 302
