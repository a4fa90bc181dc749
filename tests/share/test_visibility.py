"""Who finds an encounter or a conversation at all."""

import pytest
from django.contrib.auth.models import AnonymousUser

from share.models import Event, EventOrganiser, Thread
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.share.factories import event, member, thread

pytestmark = pytest.mark.django_db


def test_each_reader_finds_the_encounters_that_are_hers():
    organiser = member()
    for fields in (
        {"title": "abierto"},
        {"title": "de la red", "visibility": "members"},
        {"title": "borrador", "status": "draft"},
        {"title": "oculto", "hidden": True},
    ):
        hide = fields.pop("hidden", False)
        made = event(organiser=organiser, **fields)
        if hide:
            Event.objects.filter(pk=made.pk).update(hidden_at=made.published_at)
    left = MembershipFactory(left=True).user
    town = MembershipFactory().municipality
    Event.objects.update(municipality=town)
    # Whoever looked after them and left the network does so no more.
    left_organiser = MembershipFactory(left=True, municipality=town).user
    for one in Event.objects.all():
        EventOrganiser.objects.create(event=one, user=left_organiser)
    found = {
        name: sorted(Event.objects.visible_to(reader).values_list("title", flat=True))
        for name, reader in {
            "visitor": AnonymousUser(),
            "account": UserFactory(),
            "left": left,
            "member": member(),
            "organiser": organiser,
            "left organiser": left_organiser,
            "colleague": member(municipality=town),
            "coordinator": member(municipality=town, role="coordinator"),
            "coordinator elsewhere": member(role="coordinator"),
            "staff": UserFactory(staff=True),
        }.items()
    }
    everything = ["abierto", "borrador", "de la red", "oculto"]
    assert found == {
        "visitor": ["abierto"],
        "account": ["abierto"],
        "left": ["abierto"],
        "member": ["abierto", "de la red"],
        "organiser": everything,
        "left organiser": ["abierto"],
        "colleague": ["abierto", "de la red"],
        "coordinator": everything,
        "coordinator elsewhere": ["abierto", "de la red"],
        "staff": everything,
    }


def test_each_reader_finds_the_conversations_that_are_hers():
    thread(title="abierta", visibility="public")
    thread(title="de la red")
    hidden = thread(title="oculta")
    Thread.objects.filter(pk=hidden.pk).update(hidden_at=hidden.created_at)
    readers = {
        "visitor": AnonymousUser(),
        "left": MembershipFactory(left=True).user,
        "member": member(),
        "staff": UserFactory(staff=True),
    }
    found = {
        name: set(Thread.objects.visible_to(one).values_list("title", flat=True))
        for name, one in readers.items()
    }
    assert found == {
        "visitor": {"abierta"},
        "left": {"abierta"},
        "member": {"abierta", "de la red"},
        "staff": {"abierta", "de la red", "oculta"},
    }
