"""What the home page and the own account say to a person about Conectarme: little, and only what is hers to do."""

import pytest
from django.test import Client

from connect.home_cards import connect_card
from connect.models import Introduction, Profile
from connect.services.connections import connection_request
from portal.accounts.services import membership_approve
from portal.safety.services import block_add
from tests.connect.factories import listed, written
from tests.portal.accounts_factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
INVITATION = "Contá en qué podés ayudar"


def home(client: Client) -> str:
    return client.get("/").content.decode()


def test_a_member_who_never_looked_at_her_profile_is_invited_until_she_does(client: Client):
    client.force_login(MembershipFactory().user)
    assert INVITATION in home(client)
    client.get("/conectarme/mi-perfil/")
    assert INVITATION not in home(client)


def test_a_member_who_says_not_now_is_not_asked_again_and_not_listed(client: Client):
    user = MembershipFactory().user
    client.force_login(user)
    assert client.get("/conectarme/mi-perfil/mas-adelante/").status_code == 405
    said = client.post("/conectarme/mi-perfil/mas-adelante/", follow=True).content.decode()
    assert "no te lo preguntamos más" in said
    assert INVITATION not in home(client)
    assert Profile.objects.get(user=user).listed_at is None


@pytest.mark.parametrize("who", ["visitor", "account", "left", "listed"])
def test_nobody_else_is_invited(client: Client, who: str):
    people = {
        "account": UserFactory,
        "left": lambda: MembershipFactory(left=True).user,
        "listed": listed,
    }
    if who != "visitor":
        client.force_login(people[who]())
    page = home(client)
    assert INVITATION not in page
    assert "home-card" not in page


def test_whoever_was_just_approved_finds_the_invitation_where_her_notice_leads(client: Client):
    membership = MembershipFactory(requested=True)
    client.force_login(membership.user)
    assert INVITATION not in client.get("/cuenta/").content.decode()
    membership_approve(membership=membership, actor=UserFactory(staff=True))
    assert INVITATION in client.get("/cuenta/").content.decode()


def test_what_waits_for_her_is_counted_in_a_line_each(client: Client):
    reader, one, other = listed(), listed("Ana"), listed("Berta")
    for person in (one, other):
        connection_request(requester=person, recipient=reader)
    written(one, reader)
    Introduction.objects.create(first=reader, second=one, introducer=other, note="x", status="offered")
    client.force_login(reader)
    page = home(client)
    assert "2 personas quieren conectarse con vos" in page
    assert "mensajes sin leer en 1 conversación" in page
    assert "presentar a 1 persona" in page


def test_whom_a_block_keeps_apart_is_in_no_line():
    reader, other = listed(), listed()
    connection_request(requester=other, recipient=reader)
    written(other, reader)
    assert connect_card(reader)["requests"] == 1
    block_add(user=other, other=reader)
    assert (connect_card(type(reader).objects.get(pk=reader.pk)) or {"requests": 0})["requests"] == 0


def test_the_cards_ask_as_much_for_many_as_for_one(client: Client, django_assert_max_num_queries):
    reader = listed()
    client.force_login(reader)
    counts = []
    for _round in range(2):
        for _number in range(3):
            person = listed()
            connection_request(requester=person, recipient=reader)
            written(person, reader)
        home(client)
        with django_assert_max_num_queries(15) as queries:
            home(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]
