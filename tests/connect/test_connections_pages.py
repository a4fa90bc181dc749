"""The pages about one's connections and requests."""

import re

import pytest
from django.urls import reverse

from connect.models import Connection, Profile
from connect.services.connections import connection_accept, connection_decline, connection_request
from portal.accounts.models import Membership, User
from portal.safety.services import block_add
from tests.connect.factories import connected, listed
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
LIST, RECEIVED, SENT = (
    "/conectarme/conexiones/",
    "/conectarme/conexiones/recibidos/",
    "/conectarme/conexiones/enviados/",
)


@pytest.fixture
def ana(client) -> User:
    user = listed("Ana Ruiz")
    client.force_login(user)
    return user


def ask_url(person: User) -> str:
    return reverse("connect:connection-request", args=[person.public_id])


def told(response, public_id: object) -> str:
    """Return a page but for what differs between any two readings of it."""
    return re.sub(r'"[A-Za-z0-9]{64}"', "", response.content.decode()).replace(str(public_id), "")


def page(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_asking_with_a_note_shows_it_to_the_other_who_accepts(client, ana) -> None:
    luis = listed("Luis Paz")
    assert "Conectarse con Luis Paz" in page(client, ask_url(luis))
    answer = client.post(ask_url(luis), {"note": "Hola <script>alert(1)</script>"}, follow=True)
    assert "Se lo pedimos a Luis Paz" in answer.content.decode()
    assert "Sin respuesta por ahora" in page(client, SENT)
    client.force_login(luis)
    received = page(client, RECEIVED)
    assert "Ana Ruiz" in received
    assert "&lt;script&gt;" in received
    made = Connection.objects.get()
    client.post(reverse("connect:connection-answer", args=[made.public_id]), {"accion": "aceptar"})
    assert "Ana Ruiz" in page(client, LIST)


def test_a_note_that_is_too_long_is_kept_with_the_message_beside_it(client, ana) -> None:
    luis = listed("Luis Paz")
    answer = client.post(ask_url(luis), {"note": "a" * 501})
    assert "Tiene 501 caracteres y entran 500" in answer.content.decode()
    assert "a" * 501 in answer.content.decode()
    assert not Connection.objects.exists()


def test_whoever_was_declined_sees_what_everybody_sees_who_waits(client, ana) -> None:
    waiting, declining = listed("Una Persona"), listed("Una Persona")
    for person in (waiting, declining):
        client.post(ask_url(person), {"note": "Hola"})
    connection_decline(connection=Connection.objects.get(recipient=declining), actor=declining)
    pages = []
    for person in (waiting, declining):
        found = page(client, reverse("connect:person-detail", args=[person.public_id]))
        found = found.replace(str(person.public_id), "").replace(
            str(Connection.objects.get(recipient=person).public_id), ""
        )
        pages.append(found.count("Sin respuesta por ahora"))
    assert pages == [1, 1]
    assert page(client, SENT).count("Sin respuesta por ahora") == 2
    assert (
        Connection.objects.get(recipient=waiting).status != Connection.objects.get(recipient=declining).status
    )


def test_connections_are_found_by_name_town_position_and_area(client, ana) -> None:
    PolicyAreaFactory(slug="environment-waste", name_es="Ambiente y residuos")
    rafaela = MunicipalityFactory(name="Rafaela")
    one = connected(ana, listed("José Núñez", municipality=rafaela, position="Directora de Obras"))
    Profile.objects.filter(user=one).update(areas=["environment-waste"])
    connected(ana, listed("Otra Persona", position="Secretaria"))
    for words in ("jose nunez", "rafaela", "obras", "ambiente", "núñez RAFAELA"):
        found = page(client, f"{LIST}?q={words}")
        assert "José Núñez" in found, words
        assert "Otra Persona" not in found, words
    assert "Ninguna de tus conexiones coincide" in page(client, f"{LIST}?q=%00zzz")


def test_what_a_connection_keeps_for_herself_is_not_found_either(client, ana) -> None:
    rafaela = MunicipalityFactory(name="Rafaela")
    one = listed("José Núñez", municipality=rafaela, visibility={"work": "nobody", "areas": "nobody"})
    connected(ana, one)
    assert "José Núñez" not in page(client, f"{LIST}?q=rafaela")
    assert "José Núñez" in page(client, LIST)
    Profile.objects.filter(user=one).update(visibility={"name": "nobody"})
    assert "José Núñez" not in page(client, LIST)


def test_a_connection_who_left_her_municipality_stays_one_and_a_suspended_one_is_away(client, ana) -> None:
    gone, suspended = (connected(ana, listed(name)) for name in ("Gabi Gone", "Susi Suspendida"))
    Membership.objects.filter(user=gone).update(status="left")
    User.objects.filter(pk=suspended.pk).update(is_active=False)
    found = page(client, LIST)
    assert "Gabi Gone" in found
    assert "Susi Suspendida" not in found
    assert "1 conexión" in found


@pytest.mark.parametrize("direction", ["blocked", "blocking"])
def test_who_is_blocked_finds_nobody_there(client, ana, direction) -> None:
    luis, unknown = listed("Luis Paz"), "00000000-0000-4000-8000-000000000000"
    request = connection_request(requester=luis, recipient=ana, note="Hola")
    block_add(**({"user": luis, "other": ana} if direction == "blocked" else {"user": ana, "other": luis}))
    for name in ("connection-request", "connection-end", "introduction-ask"):
        path = reverse(f"connect:{name}", args=[luis.public_id])
        for method in ("get", "post"):
            there = getattr(client, method)(path)
            nowhere = getattr(client, method)(reverse(f"connect:{name}", args=[unknown]))
            assert there.status_code == nowhere.status_code == 404
            assert told(there, luis.public_id) == told(nowhere, unknown)
    answer = reverse("connect:connection-answer", args=[request.public_id])
    assert client.post(answer, {"accion": "aceptar"}).status_code == 404
    for path in (LIST, RECEIVED, SENT):
        assert "Luis Paz" not in page(client, path)


def test_a_request_is_answered_by_nobody_else(client, ana) -> None:
    luis, eva = listed("Luis Paz"), listed("Eva Sol")
    made = connection_request(requester=luis, recipient=eva)
    answer = reverse("connect:connection-answer", args=[made.public_id])
    assert client.post(answer, {"accion": "aceptar"}).status_code == 404
    client.force_login(luis)
    assert client.post(answer, {"accion": "aceptar"}).status_code == 403
    client.force_login(eva)
    assert client.get(reverse("connect:connection-withdraw", args=[made.public_id])).status_code == 404
    assert Connection.objects.get().status == "requested"


def test_without_a_municipality_one_is_told_what_is_missing(client) -> None:
    luis = listed("Luis Paz", audience="public")
    client.force_login(UserFactory())
    assert "hace falta trabajar en un municipio" in page(client, ask_url(luis))
    assert client.post(ask_url(luis), {"note": ""}).status_code == 403
    assert not Connection.objects.exists()


def test_whoever_is_not_in_the_directory_shows_herself_by_asking(client, ana) -> None:
    shy = MembershipFactory(user__name="Tina Tímida").user
    made = connection_request(requester=shy, recipient=ana, note="No estoy en el directorio")
    received = page(client, RECEIVED)
    assert "Tina Tímida" in received
    assert reverse("connect:person-detail", args=[shy.public_id]) not in received
    assert client.get(reverse("safety:block", args=[shy.public_id])).status_code == 200
    reporting = reverse("safety:report", args=["connection-request", made.public_id])
    assert client.get(reporting).status_code == 200


def test_disconnecting_asks_once_and_is_told_to_nobody(client, ana) -> None:
    luis = connected(ana, listed("Luis Paz"))
    path = reverse("connect:connection-end", args=[luis.public_id])
    assert "¿Dejar de estar en contacto con Luis Paz?" in page(client, path)
    client.post(path)
    client.post(path)
    assert "Luis Paz" not in page(client, LIST).replace("en contacto con Luis Paz", "")
    assert not luis.notifications.exists()


def test_taking_a_request_back_says_when_one_may_ask_again(client, ana) -> None:
    luis = listed("Luis Paz")
    made = connection_request(requester=ana, recipient=luis)
    path = reverse("connect:connection-withdraw", args=[made.public_id])
    assert "vas a poder pedírselo de nuevo desde el" in page(client, path)
    client.post(path)
    client.post(path)
    assert "Luis Paz" not in page(client, SENT)
    answer = client.post(ask_url(luis), {"note": "Otra vez"})
    assert "Hace poco retiraste" in answer.content.decode()
    assert "Otra vez" in answer.content.decode()


def test_the_one_who_asks_back_is_connected_at_once(client, ana) -> None:
    luis = listed("Luis Paz")
    connection_request(requester=luis, recipient=ana)
    assert "También te lo pidió" in page(client, ask_url(luis))
    answer = client.post(ask_url(luis), {"note": ""}, follow=True)
    assert "también quería conectarse con vos" in answer.content.decode()


def test_her_page_offers_what_makes_sense(client, ana) -> None:
    luis = listed("Luis Paz")
    path = reverse("connect:person-detail", args=[luis.public_id])
    assert ask_url(luis) in page(client, path)
    made = connection_request(requester=luis, recipient=ana)
    assert "Aceptar su pedido" in page(client, path)
    connection_accept(connection=made, actor=ana)
    assert reverse("connect:connection-end", args=[luis.public_id]) in page(client, path)
    assert ask_url(ana) not in page(client, reverse("connect:person-detail", args=[ana.public_id]))
