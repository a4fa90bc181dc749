"""From a topic to the people who can help with it: only where there is somebody whom the reader may find."""

import pytest
from django.contrib.auth.models import AnonymousUser

from connect.directory.ways import helpers_by_topic
from portal.accounts.models import User
from portal.catalog.ways import ways_onward
from portal.safety.services import block_add
from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.topics_factories import TopicFactory

pytestmark = pytest.mark.django_db
TOPICS = ["compost", "arbolado", "agua", "inventado"]


@pytest.fixture(autouse=True)
def topics() -> None:
    """Three topics that the portal knows."""
    for slug in TOPICS[:3]:
        TopicFactory(slug=slug, name_es=slug.title())


def test_a_topic_leads_to_those_who_offer_help_and_not_to_those_who_look_for_it(client):
    listed(offer_topics=["compost"], seek_topics=["arbolado"])
    reader = MembershipFactory().user
    found = helpers_by_topic(reader, TOPICS)
    assert list(found) == ["compost"]
    assert found["compost"].text == "Personas que pueden ayudar con Compost"
    client.force_login(reader)
    assert client.get(found["compost"].url).context["page"].rows
    assert ways_onward(reader, TOPICS) == {"compost": [found["compost"]]}


@pytest.mark.parametrize("who", ["herself", "visitor", "account", "left", "blocked"])
def test_it_leads_nobody_to_whom_she_may_not_find(who: str):
    helper = listed(offer_topics=["compost"])
    readers = {
        "herself": lambda: helper,
        "visitor": AnonymousUser,
        "account": UserFactory,
        "left": lambda: MembershipFactory(left=True).user,
        "blocked": lambda: MembershipFactory().user,
    }
    reader = readers[who]()
    if who == "blocked":
        assert helpers_by_topic(reader, TOPICS)
        block_add(user=helper, other=reader)
        reader = User.objects.get(pk=reader.pk)
    assert helpers_by_topic(reader, TOPICS) == {}


def test_it_asks_one_query_however_many_topics_and_people(django_assert_num_queries):
    reader = MembershipFactory().user
    for _number in range(3):
        listed(offer_topics=["compost", "agua"])
    helpers_by_topic(reader, TOPICS)
    with django_assert_num_queries(1):
        assert set(helpers_by_topic(reader, TOPICS)) == {"compost", "agua"}
    with django_assert_num_queries(0):
        assert helpers_by_topic(reader, []) == {}
