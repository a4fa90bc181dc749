"""Encounters in the catalogue, on the home page, and on the way from a topic."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.catalog.models import Entry
from portal.catalog.services import catalog_rebuild
from portal.catalog.ways import ways_onward
from share.events.entries import event_entry_refresh
from share.events.own import event_card
from share.models import Event, Session
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.topics_factories import TopicFactory
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db


def entry_of(made: Event) -> Entry | None:
    return Entry.objects.of_kind("event").filter(object_id=made.pk).first()


def test_an_announced_event_is_found_and_a_draft_or_a_hidden_one_is_not(client):
    made = event(title="Compostaje", organiser=member(), areas=["health"])
    Session.objects.create(event=made, begins_after=0, minutes=10, title="Lombrices")
    event_entry_refresh(event_id=made.pk)
    assert entry_of(made).title == "Compostaje"
    assert made.get_absolute_url() in client.get("/buscar/?q=lombrices").content.decode()
    assert [
        one.event.pk for one in client.get("/intercambiar/encuentros/?q=lombrices").context["events"]
    ] == [made.pk]
    for change in ({"hidden_at": timezone.now()}, {"hidden_at": None, "status": "draft"}):
        Event.objects.filter(pk=made.pk).update(**change)
        event_entry_refresh(event_id=made.pk)
        assert entry_of(made) is None


def test_a_cancelled_event_says_so_wherever_it_is_found():
    made = event(title="Visita", status="cancelled", cancelled_at=timezone.now())
    event_entry_refresh(event_id=made.pk)
    assert entry_of(made).title == "Cancelado: Visita"


def test_what_is_for_members_is_found_by_members_alone():
    made = event(visibility="members")
    event_entry_refresh(event_id=made.pk)
    assert not Entry.objects.visible_to(AnonymousUser()).filter(object_id=made.pk).exists()
    assert Entry.objects.visible_to(member()).filter(object_id=made.pk).exists()


def test_the_catalogue_made_anew_says_what_services_said():
    organiser = member()
    made = event(organiser=organiser, municipality=organiser.memberships.get().municipality)
    event(status="draft", published_at=None)
    event_entry_refresh(event_id=made.pk)
    before = Entry.objects.of_kind("event").values().get()
    Entry.objects.of_kind("event").delete()
    assert catalog_rebuild()["event"] == 1
    after = Entry.objects.of_kind("event").values().get()
    assert before.pop("id") != after.pop("id")
    assert before == after
    assert after["people"] == [organiser.pk]


def test_where_one_connects_is_not_in_the_catalogue():
    made = event(link="https://reunion.example.org/secreto")
    event_entry_refresh(event_id=made.pk)
    assert "secreto" not in str(Entry.objects.of_kind("event").values().get())


def test_a_topic_leads_to_what_is_to_come_about_it_for_who_may_find_it(django_assert_num_queries):
    TopicFactory(slug="trees", name_es="Arbolado")
    TopicFactory(slug="dengue")
    event(topics=["trees"], visibility="members")
    event(topics=["dengue"], starts=timezone.now() - timedelta(days=9))

    def found(reader):
        ways = ways_onward(reader, ["trees", "dengue"])
        return [way.text for each in ways.values() for way in each if "Encuentros" in way.text]

    assert found(AnonymousUser()) == []
    assert found(member()) == ["Encuentros por venir sobre Arbolado"]


def test_the_home_page_tells_a_person_which_encounter_comes_next(client, django_assert_num_queries):
    reader = member()
    client.force_login(reader)
    assert event_card(reader) is None
    registered(event(title="más tarde", starts=timezone.now() + timedelta(days=5)), reader)
    registered(event(title="enseguida"), reader, status="interested")
    registered(event(title="ayer", starts=timezone.now() - timedelta(days=1)), reader)
    registered(event(title="de otra persona"))
    with django_assert_num_queries(1):
        card = event_card(reader)
    assert [one.event.title for one in card["own_events"]] == ["más tarde", "enseguida"]
    text = client.get("/").content.decode()
    assert "Tus próximos encuentros" in text
    assert "de otra persona" not in text


def test_whoever_left_the_network_reads_no_more_of_its_own_encounters_anywhere(client):
    former = MembershipFactory(left=True).user
    for title, visibility in (("reservado", "members"), ("de todo el mundo", "public")):
        registered(event(title=title, visibility=visibility), former, status="interested")
    past = event(title="ya fue", visibility="members", starts=timezone.now() - timedelta(days=2))
    registered(past, former)
    client.force_login(former)
    for path in ("/", "/intercambiar/mis-encuentros/"):
        text = client.get(path).content.decode()
        assert "de todo el mundo" in text
        assert "reservado" not in text
        assert "ya fue" not in text


def test_a_visitor_s_home_page_has_no_card():
    assert event_card(AnonymousUser()) is None
    assert event_card(UserFactory()) is None
