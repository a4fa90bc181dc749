"""From a weak criterion to a colleague: evaluate shows where its topic leads and does not know that people do."""

import pytest
from django.test import Client

from portal.catalog.ways import TopicWay, Way, topic_ways, ways_onward
from portal.core.registry import Registry
from tests.connect.factories import listed
from tests.evaluate.test_views_result_page import body, page_url, scored

pytestmark = pytest.mark.django_db
LINE = "Personas que pueden ayudar con"


def test_a_weak_criterion_leads_to_the_people_who_can_help_with_its_topic(client: Client):
    evaluation = scored()
    client.force_login(evaluation.owner)
    assert LINE not in body(client, page_url(evaluation))
    listed(offer_topics=["agua-segura"])
    page = body(client, page_url(evaluation))
    assert LINE in page
    assert "/conectarme/?can_help=agua-segura" in page
    assert page.count("can_help=agua-segura") == 1


def test_the_way_costs_the_result_one_query_however_many_can_help(
    client: Client, django_assert_max_num_queries
):
    evaluation = scored()
    client.force_login(evaluation.owner)
    counts = []
    for number in (1, 5):
        for _one in range(number):
            listed(offer_topics=["agua-segura"])
        body(client, page_url(evaluation))
        with django_assert_max_num_queries(13) as queries:
            body(client, page_url(evaluation))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_several_apps_may_lead_on_from_a_topic_in_their_order(monkeypatch: pytest.MonkeyPatch):
    registry: Registry[TopicWay] = Registry("ways of topics")
    for order, name in ((2, "cursos"), (1, "encuentros")):
        way = Way(name, f"/{name}/")
        registry.register(
            TopicWay(name, lambda user, topics, way=way: dict.fromkeys(topics, way), order=order)
        )
    monkeypatch.setattr("portal.catalog.ways.topic_ways", registry)
    assert [way.text for way in ways_onward(None, ["agua"])["agua"]] == ["encuentros", "cursos"]
    assert ways_onward(None, []) == {}
    assert "people" in topic_ways
