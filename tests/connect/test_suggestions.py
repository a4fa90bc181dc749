"""People like one: who is suggested, who is not, and the reason in words."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache

from connect.models import Connection, Profile
from connect.suggestions.finding import suggestions_for
from portal.accounts.models import Membership, User
from portal.places.models import Municipality
from portal.safety.models import Block
from tests.connect.factories import connect_two, connected, listed
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def subjects() -> None:
    area = PolicyAreaFactory(slug="environment-waste", name_es="Ambiente y residuos")
    TopicFactory(slug="composting", name_es="Compostaje", area=area)
    TopicFactory(slug="ict", name_es="TIC", area=area)


@pytest.fixture
def town() -> Municipality:
    return MunicipalityFactory(name="Tandil", population=150_000, region_code="06")


@pytest.fixture
def ana(subjects, town) -> User:
    return listed(
        "Ana Ruiz",
        municipality=town,
        areas=["environment-waste"],
        offer_topics=["ict"],
        seek_topics=["composting"],
    )


def reasons(user: User, **wanted) -> dict[str, str]:
    fresh = User.objects.get(pk=user.pk)
    return {one.person.name: one.reason for one in suggestions_for(fresh, **wanted)}


def test_each_reason_is_written_out(ana) -> None:
    rafaela = MunicipalityFactory(name="Rafaela", population=140_000, region_code="82")
    far = MunicipalityFactory(name="Salta", population=900_000, region_code="66")
    listed("Helps", municipality=far, offer_topics=["composting"])
    listed("Seeks", municipality=far, seek_topics=["ict"])
    listed("Alike", municipality=rafaela, areas=["environment-waste"])
    listed("Area", municipality=far, areas=["environment-waste"])
    listed("Nothing", municipality=far)
    friend = connected(ana, listed("Carla Bru", municipality=far))
    connect_two(friend, listed("Friend", municipality=far))
    assert reasons(ana) == {
        "Helps": "Puede ayudar con compostaje, que estás buscando.",
        "Seeks": "Está buscando TIC, y vos podés ayudar.",
        "Alike": "También trabaja en ambiente y residuos, en un municipio de tamaño parecido: Rafaela.",
        "Area": "También trabaja en ambiente y residuos, en Salta.",
        "Friend": "Tienen a Carla Bru en común.",
    }


def test_the_likeliest_comes_first_with_two_reasons(ana) -> None:
    listed("One", offer_topics=["composting"])
    listed("Both", offer_topics=["composting"], seek_topics=["ict"], areas=["environment-waste"])
    found = suggestions_for(ana, limit=1)
    assert [one.person.name for one in found] == ["Both"]
    assert len(found[0].reasons) == 2


def test_never_whom_she_knows_asked_refused_or_is_kept_apart_from(ana) -> None:
    wanted = {"offer_topics": ["composting"]}
    connected(ana, listed("Connected", **wanted))
    for name, status in (("Asked", "requested"), ("Declined", "declined"), ("Ended", "ended")):
        Connection.objects.create(requester=ana, recipient=listed(name, **wanted), status=status)
    Connection.objects.create(requester=listed("Refused", **wanted), recipient=ana, status="declined")
    Block.objects.create(blocker=ana, blocked=listed("Blocked", **wanted))
    Block.objects.create(blocker=listed("Blocker", **wanted), blocked=ana)
    gone = listed("Gone", **wanted)
    Membership.objects.filter(user=gone).update(status="left", ended_on="2030-01-01")
    User.objects.filter(pk=listed("Suspended", **wanted).pk).update(is_active=False)
    listed("Unknown", **wanted)
    assert set(reasons(ana)) == {"Unknown"}


def test_a_reason_tells_only_what_the_reader_may_see(ana) -> None:
    hidden = {"offers": "connections", "areas": "nobody", "seeks": "nobody", "work": "nobody"}
    everything = {
        "offer_topics": ["composting"], "seek_topics": ["ict"], "areas": ["environment-waste"],
    }  # fmt: skip
    listed("Hidden", visibility=hidden, **everything)
    listed("Members", **everything)
    listed("Connections", audience="connections", **everything)
    assert set(reasons(ana)) == {"Members"}
    stranger = UserFactory()
    Profile.objects.create(user=stranger, seek_topics=["composting"])
    listed("Public", audience="public", visibility={"offers": "public"}, offer_topics=["composting"])
    assert set(reasons(stranger)) == {"Public"}
    assert suggestions_for(AnonymousUser()) == []


def test_whoever_has_told_nothing_gets_what_her_work_says(subjects, town) -> None:
    user = listed("Nueva", municipality=town)
    Membership.objects.get(user=user).areas.set([PolicyAreaFactory(slug="environment-waste")])
    Profile.objects.filter(user=user).delete()
    listed("Area", municipality=town, areas=["environment-waste"])
    assert set(reasons(user)) == {"Area"}


def test_the_questions_do_not_grow_with_the_people(ana, django_assert_max_num_queries) -> None:
    for _number in range(15):
        listed(offer_topics=["composting"], seek_topics=["ict"], areas=["environment-waste"])
    friend = connected(ana, listed())
    connect_two(friend, listed())
    cache.clear()
    suggestions_for(ana)
    with django_assert_max_num_queries(12):
        assert len(suggestions_for(User.objects.get(pk=ana.pk))) == 12


def test_the_page_shows_them_and_explains_itself_when_there_are_none(client, ana) -> None:
    client.force_login(ana)
    assert "Todavía no sabemos a quién sugerirte" in client.get("/conectarme/como-vos/").content.decode()
    listed("Helps", offer_topics=["composting"])
    found = client.get("/conectarme/como-vos/").content.decode()
    assert "Puede ayudar con compostaje, que estás buscando." in found
