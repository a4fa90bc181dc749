"""What the directory asks of the database: as little for a thousand people as for one, and never more than twelve."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from connect.directory.reading import Order, Sorting, findable_by
from connect.models import DirectoryEntry
from portal.safety.models import Block
from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory
from tests.portal.topics_factories import TopicFactory

pytestmark = pytest.mark.django_db
MOST = 12
PAGES = (
    "/conectarme/",
    "/conectarme/?orden=similares",
    "/conectarme/?can_help=compost&role=member&role=coordinator&country=AR",
    "/conectarme/?q=persona",
    "/conectarme/?q=persona&can_help=compost&orden=similares",
    "/conectarme/?q=pesrona",
)


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_twelve_times_at_most_and_no_more_for_more_people(path):
    TopicFactory(slug="compost")
    reader = MembershipFactory().user
    client = Client()
    client.force_login(reader)
    Block.objects.create(blocker=listed(), blocked=reader)
    listed("Persona Una", offer_topics=["compost"])
    cache.clear()
    client.get(path)
    few = queries(client, path)
    for number in range(5):
        listed(f"Persona {number}", offer_topics=["compost"])
    assert queries(client, path) <= few <= MOST


def test_a_visitor_costs_even_less(client):
    listed("Persona Una", audience="public")
    client.get("/conectarme/")
    assert queries(client, "/conectarme/") <= MOST - 4


@pytest.mark.parametrize(("order", "index"), [(Order.ACTIVITY, "activity"), (Order.NAME, "name")])
def test_many_are_read_in_the_order_of_an_index(order, index):
    for _number in range(30):
        listed()
    sorting = Sorting(order, is_of_many=True)
    rows = sorting.rows(findable_by(MembershipFactory().user)).order_by(*sorting.fields)[:21]
    with connection.cursor() as cursor:
        # So few rows would be read at once; what matters is that the index gives the order.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = rows.explain()
    assert f"connect_dir_by_{index}" in plan
    assert "Sort" not in plan
    assert DirectoryEntry.objects.count() == 30
