"""Keeping people apart: idempotent, silent, and no way to ask about others."""

import uuid

import pytest
from django.urls import reverse

from portal.accounts.services import account_erase
from portal.core.events import people_blocked
from portal.safety.blocks import are_kept_apart, kept_apart_from
from portal.safety.models import Block
from portal.safety.services import block_add, block_remove
from tests.connect.factories import listed
from tests.portal.accounts_factories import UserFactory
from tests.portal.safety_factories import at_once

pytestmark = pytest.mark.django_db


def block_page(person):
    return reverse("safety:block", args=[person.public_id])


def confirm(client, person, **data):
    return client.post(block_page(person), {"confirmed": "yes", **data})


@pytest.fixture
def ana(client):
    user = listed("Ana")
    client.force_login(user)
    return user


def test_a_block_keeps_both_apart_and_is_announced_once_it_is_saved(django_capture_on_commit_callbacks):
    ana, luis = listed(), listed()
    told = []
    people_blocked.connect(lambda **payload: told.append(payload), weak=False, dispatch_uid="test")
    try:
        with django_capture_on_commit_callbacks(execute=True):
            block_add(user=ana, other=luis)
    finally:
        people_blocked.disconnect(dispatch_uid="test")
    assert are_kept_apart(ana, luis.pk)
    assert are_kept_apart(luis, ana.pk)
    assert (told[0]["blocker_id"], told[0]["blocked_id"]) == (ana.pk, luis.pk)


def test_blocking_twice_is_one_block_and_removing_twice_is_fine():
    ana, luis = listed(), listed()
    first = block_add(user=ana, other=luis, known_as="Luis")
    assert block_add(user=ana, other=luis, known_as="Otro nombre") == first
    assert Block.objects.get().known_as == "Luis"
    assert block_remove(user=ana, other=luis)
    assert not block_remove(user=ana, other=luis)
    assert kept_apart_from(ana) == frozenset()


def test_taking_away_ones_own_block_leaves_the_other_persons():
    ana, luis = listed(), listed()
    block_add(user=ana, other=luis)
    block_add(user=luis, other=ana)
    block_remove(user=ana, other=luis)
    assert are_kept_apart(ana, luis.pk)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_block():
    ana, luis = listed(), listed()
    outcomes = at_once(*[lambda: block_add(user=ana, other=luis)] * 2)
    assert [type(outcome) for outcome in outcomes] == [Block, Block]
    assert Block.objects.count() == 1


def test_the_page_explains_before_it_blocks(client, ana):
    luis = listed("Luis Paz")
    answer = client.get(block_page(luis)).content.decode()
    assert "¿Bloquear a Luis Paz?" in answer
    assert "No se le avisa" in answer
    assert not Block.objects.exists()


def test_a_button_elsewhere_that_posts_is_asked_first(client, ana):
    answer = client.post(block_page(listed("Luis Paz")))
    assert "¿Bloquear a Luis Paz?" in answer.content.decode()
    assert not Block.objects.exists()


def test_after_confirming_she_is_on_the_list_by_the_name_she_was_known_by(client, ana):
    luis = listed("Luis Paz")
    answer = confirm(client, luis)
    assert answer.headers["Location"] == reverse("safety:block-list")
    luis.name = "Otro Nombre"
    luis.save()
    page = client.get(reverse("safety:block-list")).content.decode()
    assert "Luis Paz" in page
    assert "Otro Nombre" not in page


def test_nothing_reaches_the_blocked_one(client, ana, django_capture_on_commit_callbacks):
    luis = listed()
    with django_capture_on_commit_callbacks(execute=True):
        confirm(client, luis)
    assert luis.notifications.count() == 0
    client.force_login(luis)
    assert "Ana" not in client.get(reverse("safety:block-list")).content.decode()


def stripped(response):
    """Return an answer without what differs in every one: its token and the address that was asked for."""
    text = response.content.decode()
    return response.status_code, [
        line for line in text.splitlines() if "csrf" not in line.lower() and "next=" not in line
    ]


def test_blocking_tells_nothing_of_people_whom_the_reader_does_not_know(client, ana):
    hidden = UserFactory(name="Nadie Que Conozca")
    blocker = listed("Me Bloqueó")
    block_add(user=blocker, other=ana)
    erased = listed("Se Fue")
    account_erase(user=erased, actor=erased)
    nobody = reverse("safety:block", args=[uuid.uuid4()])
    expected = {
        method: stripped(getattr(client, method)(nobody, {"confirmed": "yes"})) for method in ("get", "post")
    }
    for person in (hidden, blocker, erased):
        for method, answer in expected.items():
            given = stripped(getattr(client, method)(block_page(person), {"confirmed": "yes"}))
            assert given[0] == answer[0] == 404
            assert [line.replace(str(person.public_id), "") for line in given[1]] == [
                line.replace(nobody.split("/")[-2], "") for line in answer[1]
            ]
    assert Block.objects.filter(blocker=ana).count() == 0


def test_nobody_blocks_herself(client, ana):
    assert confirm(client, ana).status_code in (403, 404)
    assert not Block.objects.exists()


def test_unblocking_is_one_click_and_says_so(client, ana):
    luis = listed("Luis Paz")
    block_add(user=ana, other=luis, known_as="Luis Paz")
    answer = client.post(
        reverse("safety:unblock", args=[luis.public_id]), {"next": "https://otro.example/"}, follow=True
    )
    assert answer.redirect_chain[-1][0] == reverse("safety:block-list")
    assert "Ya no hay bloqueo con Luis Paz" in answer.content.decode()
    assert not Block.objects.exists()


def test_unblocking_somebody_who_blocked_the_reader_tells_nothing(client, ana):
    luis = listed()
    block_add(user=luis, other=ana)
    for public_id in (luis.public_id, uuid.uuid4()):
        assert client.post(reverse("safety:unblock", args=[public_id])).status_code == 404
    assert Block.objects.count() == 1


def test_erasing_an_account_takes_its_blocks_and_those_against_it_away():
    ana, luis = listed(), listed("Luis Paz")
    block_add(user=ana, other=luis, known_as="Luis Paz")
    block_add(user=luis, other=ana)
    account_erase(user=luis, actor=luis)
    assert not Block.objects.exists()


def test_the_list_costs_the_same_with_one_row_and_with_ten(client, ana, django_assert_max_num_queries):
    for number in range(10):
        block_add(user=ana, other=UserFactory(), known_as=f"Persona {number}")
    client.get(reverse("safety:block-list"))
    with django_assert_max_num_queries(8):
        client.get(reverse("safety:block-list"))
