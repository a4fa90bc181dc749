"""Invented people who know each other and write: what a newcomer finds, once, marked, and gone again when asked."""

import pytest
from django.test import Client

from connect.models import (
    Connection,
    Conversation,
    Introduction,
    Message,
    Participant,
    Succession,
    TownProfile,
)
from connect.samples import (
    acquaintances_create,
    acquaintances_remove,
    create_samples,
    remove_samples,
    towns_create,
    towns_remove,
)
from connect.samples.letters import ANA, BRUNO, CARLA, DORA, LEFT_BEHIND, REQUESTS, SERGIO, THREADS, TOWNS
from connect.samples.people import OTHERS
from connect.services.connections import connection_end
from portal.accounts.models import Membership, User
from portal.catalog.models import Entry
from portal.catalog.services import catalog_rebuild
from portal.notices.models import Notification
from portal.safety.models import Allowance
from portal.topics.models import Topic
from portal.topics.starter import load_topics
from tests.connect.factories import connect_two, listed, written
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict[str, User]:
    """The sample accounts and the sample people of the directory."""
    for name in {sample.town for sample in OTHERS}:
        MunicipalityFactory(name=name)
    town = MunicipalityFactory(name="Chivilcoy")
    for email, where in ((ANA, town), (BRUNO, town), (CARLA, MunicipalityFactory())):
        user = UserFactory(email=email, is_sample=True)
        MembershipFactory(user=user, municipality=where, coordinator=email == BRUNO)
    UserFactory(email=DORA, is_sample=True, is_staff=True)
    create_samples()
    return {user.email: user for user in User.objects.samples()}


def test_the_sample_practitioner_knows_two_is_asked_by_one_and_writes_with_several(people):
    other = MunicipalityFactory()
    EntryFactory(topics=["open-data"], title="Otra cosa", country=other.country)
    EntryFactory(
        topics=["open-data", "environmental-control"], title="El aire, en datos", country=other.country
    )
    assert acquaintances_create()
    assert acquaintances_create() == ""
    ana = people[ANA]
    assert Connection.objects.of(ana.pk).accepted().count() == 2
    asked = Connection.objects.get(recipient=ana, status=Connection.Status.REQUESTED)
    assert asked.requester == people[CARLA]
    assert asked.note
    about, group = Conversation.objects.filter(participants__user=ana).order_by("is_group")
    assert about.about_title == "El aire, en datos"
    assert group.is_group
    assert group.participants.count() == 4
    assert Introduction.objects.get().first == people[BRUNO]
    for conversation in (about, group):
        times = list(conversation.messages.order_by("pk").values_list("created_at", flat=True))
        assert times == sorted(times)
        assert times[-1] == conversation.last_message_at
        assert Message.objects.visible_to(ana).filter(conversation=conversation).count() == 4


def test_what_others_wrote_since_waits_for_the_sample_practitioner_in_grouped_notices(people):
    acquaintances_create()
    assert Participant.objects.unread().filter(user=people[ANA]).count() == 2
    heads = Notification.objects.filter(user=people[ANA], kind="message", is_folded=False, read_at=None)
    assert sorted(heads.values_list("number", flat=True)) == [1, 3]


def test_the_sample_accounts_may_write_as_much_as_if_they_had_not_yet(people):
    acquaintances_create()
    towns_create()
    assert not Allowance.objects.exists()


def test_what_a_sample_account_ended_does_not_come_back(people):
    acquaintances_create()
    for row in Connection.objects.of(people[ANA].pk).accepted():
        connection_end(one=people[ANA], other_id=row.requester_id + row.recipient_id - people[ANA].pk)
    Conversation.objects.all().delete()
    assert acquaintances_create() == ""
    assert not Connection.objects.of(people[ANA].pk).accepted().exists()


def test_taking_the_samples_away_leaves_what_real_people_have_with_them_and_each_other(people):
    one, other = listed(), listed()
    connect_two(one, other)
    kept = {written(one, other).conversation, written(people[ANA], one).conversation}
    acquaintances_create()
    towns_create()
    assert acquaintances_remove() > 0
    assert set(Conversation.objects.all()) == kept
    assert Connection.objects.get().requester == one
    assert towns_remove() == len(_towns(people)) + 1
    assert remove_samples()
    assert not TownProfile.objects.exists()
    assert not Entry.objects.filter(kind="town").exists()
    assert not Succession.objects.exists()
    assert acquaintances_remove() == towns_remove() == 0


def test_sample_towns_say_what_they_offer_and_seek_and_are_marked_as_invented(people, client: Client):
    own = TownProfile.objects.create(municipality=_town(people[BRUNO]), about="Lo que dice de verdad")
    towns_create()
    assert towns_create() == ""
    own.refresh_from_db()
    assert own.about == "Lo que dice de verdad"
    assert TownProfile.objects.count() == len(_towns(people))
    rafaela = TownProfile.objects.get(municipality__name="Rafaela")
    assert (
        "son inventados" in client.get(f"/conectarme/municipios/{rafaela.municipality_id}/").content.decode()
    )
    assert (
        "son inventados" not in client.get(f"/conectarme/municipios/{own.municipality_id}/").content.decode()
    )
    assert Entry.objects.get(kind="town", object_id=rafaela.municipality_id).is_sample
    catalog_rebuild()
    assert Entry.objects.get(kind="town", object_id=rafaela.municipality_id).is_sample
    assert not Entry.objects.get(kind="town", object_id=own.municipality_id).is_sample


def test_somebody_left_the_sample_coordinators_municipality_and_she_is_asked_who_follows(
    people, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        towns_create()
    succession = Succession.objects.open().get()
    assert succession.leaver.email == SERGIO
    assert succession.leaver.is_sample
    assert succession.municipality == _town(people[BRUNO])
    assert len(succession.held["conversations"]) == len(LEFT_BEHIND)
    assert Notification.objects.filter(user=people[BRUNO], kind="succession").exists()
    assert not Membership.objects.active().filter(user__email=SERGIO).exists()


def test_the_topics_that_the_samples_name_are_topics_that_there_are():
    load_topics()
    known = set(Topic.objects.values_list("slug", flat=True))
    named = {slug for thread in THREADS for slug in thread.topics}
    named |= {slug for town in TOWNS for slug in (*town.offer_topics, *town.seek_topics)}
    assert named <= known


def test_the_notes_of_the_samples_are_as_long_as_a_note_may_be():
    assert all(len(request.note) <= 500 for request in REQUESTS)


def _town(user: User):
    return user.memberships.get(status="active").municipality


def _towns(people: dict[str, User]) -> set[int]:
    return {_town(people[text.editor]).pk for text in TOWNS if text.editor in people}
