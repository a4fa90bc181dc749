"""The pages of messages: the list, a conversation, and what one sends from them."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from connect.models import Conversation, Message, Participant
from connect.services.messages import message_send
from portal.accounts.models import User
from portal.notices.models import Notification
from portal.safety.models import Block, Suspension
from tests.connect.factories import answered, connect_two, listed, written
from tests.portal.accounts_factories import UserFactory
from tests.portal.catalog_factories import EntryFactory

pytestmark = pytest.mark.django_db
LIST = "/conectarme/mensajes/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User, path: str, **headers: str) -> str:
    response = signed_in(user).get(path, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def send(user: User, path: str, text: str, **data) -> object:
    return signed_in(user).post(path, {"text": text, "client_key": str(uuid4()), **data})


def test_who_may_read_a_conversation() -> None:
    ana, luis, left = listed(), listed(), listed()
    pair = written(ana, luis, text="Solo para Luis")
    group = written(ana, luis, left, text="Para el grupo")
    colleague = listed(municipality=ana.memberships.get().municipality)
    member_who_left = listed()
    member_who_left.memberships.update(status="left", ended_on=member_who_left.memberships.get().started_on)
    signed_in(left).post(reverse("connect:conversation-leave", args=[group.conversation.public_id]))
    answered(group, ana, "Después de que se fue")
    for reader in (ana, luis):
        assert "Solo para Luis" in page(reader, pair.conversation.get_absolute_url())
    shown = page(left, group.conversation.get_absolute_url())
    assert "Para el grupo" in shown
    assert "Después de que se fue" not in shown
    assert "message-form" not in shown
    strangers = (
        listed(),
        colleague,
        member_who_left,
        UserFactory(),
        UserFactory(staff=True),
        UserFactory(superuser=True),
    )
    for name in ("detail", "news", "people"):
        path = reverse(f"connect:conversation-{name}", args=[pair.conversation.public_id])
        for stranger in strangers:
            assert signed_in(stranger).get(path).status_code == 404
        assert Client().get(path).status_code == 302


def test_only_who_takes_part_acts_in_it() -> None:
    group = written(listed(), listed(), listed()).conversation
    client = signed_in(UserFactory(superuser=True))
    for name in ("detail", "rename", "mute", "leave", "people"):
        path = reverse(f"connect:conversation-{name}", args=[group.public_id])
        assert client.post(path, {"text": "Hola", "subject": "x"}).status_code == 404


def test_sending_from_the_page_without_a_script_leads_back_to_it() -> None:
    ana, luis = listed(), listed()
    path = written(ana, luis).conversation.get_absolute_url()
    response = send(luis, path, "Con una ordenanza.", files=[SimpleUploadedFile("o.txt", b"Ordenanza")])
    assert response.headers["Location"] == f"{path}#ultimo"
    shown = page(ana, path)
    assert "Con una ordenanza." in shown
    assert "o.txt" in shown


def test_sending_by_htmx_answers_with_what_is_new_and_an_empty_form() -> None:
    ana, luis = listed(), listed()
    first = written(ana, luis, text="La primera")
    path = first.conversation.get_absolute_url()
    key = uuid4()
    data = {"text": "La segunda", "client_key": str(key), "desde": str(first.public_id)}
    response = signed_in(luis).post(path, data, headers={"HX-Request": "true"})
    shown = response.content.decode()
    assert "La segunda" in shown
    assert "La primera" not in shown
    assert 'hx-swap-oob="true"' in shown
    assert str(key) not in shown


def test_what_was_refused_stays_in_the_form_with_the_reason_beside_it() -> None:
    ana, luis = listed(), listed()
    path = written(ana, luis).conversation.get_absolute_url()
    long = "largo " * 2_000
    for headers in ({}, {"HX-Request": "true"}):
        response = signed_in(luis).post(path, {"text": long}, headers=headers)
        shown = response.content.decode()
        assert response.status_code == 200
        assert long.strip() in shown
        assert "Acortalo" in shown
    assert response.headers["HX-Retarget"] == "#message-form"


def test_who_is_not_there_any_more_is_not_written_to_and_nothing_typed_is_lost() -> None:
    ana = listed("Ana Ruiz")
    pages = []
    for take_away in ("block", "suspend", "close"):
        luis = listed("Luis Paz")
        path = written(luis, ana, text="Hola").conversation.get_absolute_url()
        if take_away == "block":
            Block.objects.create(blocker=luis, blocked=ana)
        elif take_away == "suspend":
            Suspension.objects.create(user=luis, reason="Publicidad")
        else:
            User.objects.filter(pk=luis.pk).update(is_active=False)
        shown = send(ana, path, "Te contesto tarde").content.decode()
        assert "Te contesto tarde" in shown
        assert "Luis Paz" not in shown
        pages.append(shown[shown.index('<div id="ultimo">') : shown.index("</main>")])
    assert len(set(pages)) == 1


def test_opening_a_conversation_reads_it_and_its_notices_but_looking_ahead_does_not() -> None:
    ana, luis = listed(), listed()
    path = written(ana, luis).conversation.get_absolute_url()
    page(luis, path, **{"Sec-Purpose": "prefetch"})
    assert Notification.objects.filter(user=luis, read_at__isnull=True).exists()
    page(luis, path)
    assert not Notification.objects.filter(user=luis, read_at__isnull=True).exists()
    assert not Participant.objects.get(user=luis).is_unread


def test_that_it_was_read_is_told_once_both_have_written() -> None:
    ana, luis = listed(), listed()
    first = written(ana, luis)
    path = first.conversation.get_absolute_url()
    page(luis, path)
    assert "Leído" not in page(ana, path)
    answered(first, luis)
    answered(first, ana)
    assert "Leído" not in page(ana, path)
    page(luis, path)
    assert "Leído" in page(ana, path)


def test_looking_for_news_answers_with_nothing_until_there_is_something() -> None:
    ana, luis = listed(), listed()
    first = written(ana, luis)
    path = reverse("connect:conversation-news", args=[first.conversation.public_id])
    client = signed_in(luis)
    assert client.get(f"{path}?desde={first.public_id}").status_code == 204
    answered(first, ana, "Algo nuevo")
    response = client.get(f"{path}?desde={first.public_id}")
    assert "Algo nuevo" in response.content.decode()
    assert first.text not in response.content.decode()


def test_who_signed_out_elsewhere_gets_no_sign_in_page_in_the_place_of_a_message() -> None:
    path = written(listed(), listed()).conversation.get_absolute_url()
    htmx = {"HX-Request": "true"}
    assert Client().post(path, {"text": "Hola"}, headers=htmx).status_code == 401
    assert Client().get(f"{path}nuevos/", headers=htmx).status_code == 401
    assert Client().get(path).status_code == 302


def test_earlier_messages_come_by_their_own_address() -> None:
    ana, luis = listed(), listed()
    first = written(ana, luis, text="La primera de todas")
    Message.objects.bulk_create(
        Message(conversation=first.conversation, sender=ana, text=f"Sigue {number}") for number in range(35)
    )
    path = first.conversation.get_absolute_url()
    newest = page(luis, path)
    assert "La primera de todas" not in newest
    assert newest.index("Sigue 5<") < newest.index("Sigue 34<")
    cursor = newest.split("?cursor=")[1].split('"')[0]
    for headers in ({}, {"HX-Request": "true"}):
        assert "La primera de todas" in page(luis, f"{path}?cursor={cursor}", **headers)


def test_the_list_shows_the_newest_first_and_what_is_unread() -> None:
    ana, luis, eva = listed(), listed("Luis Paz"), listed("Eva Sol")
    first = written(luis, ana)
    written(eva, ana)
    answered(first, luis, "Otra <b>cosa</b>")
    shown = page(ana, LIST)
    assert shown.index("Luis Paz") < shown.index("Eva Sol")
    assert "Otra &lt;b&gt;cosa&lt;/b&gt;" in shown
    page(ana, first.conversation.get_absolute_url())
    unread = page(ana, f"{LIST}?estado=sin-leer")
    assert "Eva Sol" in unread
    assert "Luis Paz" not in unread


def test_the_search_finds_in_ones_own_messages_only_and_leads_to_the_place() -> None:
    ana, luis = listed(), listed()
    found = written(ana, luis, text="Empezamos con <i>composteras</i> de madera")
    written(listed(), listed(), text="Composteras ajenas")
    hidden = answered(found, luis, "Otra compostera")
    Message.objects.filter(pk=hidden.pk).update(hidden_at=hidden.created_at)
    shown = page(ana, f"{LIST}?q=compostera")
    assert "<mark>composteras</mark>" in shown
    assert "<i>" not in shown
    assert "ajenas" not in shown
    assert "Otra" not in shown
    assert f"?hasta={found.public_id}" in shown
    assert "No encontramos" in page(ana, f"{LIST}?q=%00" + "x" * 300)


def test_a_page_to_write_to_a_person_leads_to_what_they_wrote_before() -> None:
    ana, luis = listed(), listed()
    path = reverse("connect:message-person", args=[luis.public_id])
    assert "Enviar" in page(ana, path)
    response = send(ana, path, "Hola")
    conversation = Conversation.objects.get()
    assert response.headers["Location"] == conversation.get_absolute_url()
    assert signed_in(ana).get(path).headers["Location"] == conversation.get_absolute_url()


def test_writing_to_who_blocked_her_is_answered_as_to_nobody() -> None:
    ana, luis = listed(), listed()
    Block.objects.create(blocker=luis, blocked=ana)
    client = signed_in(ana)
    for public_id in (luis.public_id, uuid4()):
        path = reverse("connect:message-person", args=[public_id])
        assert client.get(path).status_code == client.post(path, {"text": "Hola"}).status_code == 404


def test_a_group_is_made_of_connections_and_changed_on_its_page() -> None:
    ana, luis, eva, sol = listed(), listed(), listed(), listed()
    for friend in (luis, eva, sol):
        connect_two(ana, friend)
    path = reverse("connect:conversation-create")
    response = send(ana, path, "Hola a las dos", people=[luis.public_id, eva.public_id], subject="Costa")
    group = Conversation.objects.get()
    assert response.headers["Location"] == group.get_absolute_url()
    people = reverse("connect:conversation-people", args=[group.public_id])
    signed_in(ana).post(people, {"people": [sol.public_id]})
    assert group.participants.count() == 4
    assert send(ana, path, "Hola", people=[listed().public_id]).status_code == 200
    signed_in(ana).post(reverse("connect:conversation-mute", args=[group.public_id]), {"silenciar": "1"})
    assert group.participants.get(user=ana).is_muted


def test_ten_megabytes_are_answered_with_a_sentence() -> None:
    ana, luis = listed(), listed()
    path = written(ana, luis).conversation.get_absolute_url()
    response = send(ana, path, "x" * 10_000_000)
    assert response.status_code == 413
    assert "demasiado grande" in response.content.decode()
    assert Message.objects.count() == 1


def test_a_thing_that_the_reader_may_not_find_is_not_told_and_one_that_is_gone_only_by_its_title() -> None:
    ana, luis = listed(), listed()
    entry = EntryFactory(title="Ordenanza 77", visibility="members", url="/inspirarme/ordenanza/")
    path = written(ana, luis, about=entry).conversation.get_absolute_url()
    assert "/inspirarme/ordenanza/" in page(luis, path)
    luis.memberships.update(status="left", ended_on=luis.memberships.get().started_on)
    for address in (path, LIST):
        assert "Ordenanza 77" not in page(luis, address)
    entry.delete()
    shown = page(ana, path)
    assert "Ordenanza 77" in shown
    assert "/inspirarme/ordenanza/" not in shown


def test_a_long_conversation_asks_the_database_no_more_than_a_short_one(
    django_assert_max_num_queries,
) -> None:
    ana, people = listed(), [listed() for _number in range(6)]
    first = written(ana, *people[:2], subject="Costa")
    path = first.conversation.get_absolute_url()
    client = signed_in(ana)
    client.get(path)
    with django_assert_max_num_queries(26) as short:
        client.get(path)
    for person in people[2:]:
        Participant.objects.create(conversation=first.conversation, user=person)
    for number in range(20):
        message_send(
            conversation=first.conversation,
            sender=people[number % 6],
            text=f"Mensaje {number}",
            uploads=[SimpleUploadedFile("o.txt", b"Ordenanza")],
        )
    client.get(path)
    with django_assert_max_num_queries(26) as long:
        client.get(path)
    assert len(long) <= len(short) + 1
