import pytest

from inspire.models import Solution
from inspire.services import solution_publish
from tests.inspire.factories import SolutionFactory
from tests.portal.places_factories import CountryFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_one_area_or_another() -> None:
    water, waste, health = PolicyAreaFactory.create_batch(3)
    both = SolutionFactory(areas=[water, waste])
    one = SolutionFactory(areas=[waste])
    SolutionFactory(areas=[health])
    assert set(Solution.objects.in_area(waste.slug)) == {both, one}
    assert Solution.objects.in_area(water.slug, waste.slug).count() == 2


def test_one_country() -> None:
    SolutionFactory()
    there = SolutionFactory(country=CountryFactory(code="PT"))
    assert list(Solution.objects.in_country("PT")) == [there]


def test_words_are_looked_for_in_every_language_of_a_solution() -> None:
    solution = SolutionFactory(translations={"en": {"title": "Kitchen waste", "summary": ""}})
    solution_publish(solution=solution)
    solution_publish(solution=SolutionFactory(title="Alumbrado", summary="", what_was_done=""))
    assert list(Solution.objects.matching("composteras")) == [solution]
    assert list(Solution.objects.matching("kitchen")) == [solution]
    assert not Solution.objects.matching("acueducto").exists()


def test_a_list_costs_two_queries_and_leaves_the_long_texts_where_they_are(django_assert_num_queries) -> None:
    area = PolicyAreaFactory()
    for _ in range(5):
        SolutionFactory(areas=[area])
    with django_assert_num_queries(2):
        rows = list(Solution.objects.newest().for_list())
        assert [(row.country.name, row.shown.title, list(row.areas.all())) for row in rows]
    assert "what_was_done" in rows[0].get_deferred_fields()


def test_the_catalogue_is_told_slugs_in_the_order_of_the_areas() -> None:
    second, first = PolicyAreaFactory(order=2), PolicyAreaFactory(order=1)
    topic = TopicFactory(area=first)
    solution = SolutionFactory(areas=[second, first])
    solution.topics.add(topic)
    row = Solution.objects.with_slugs().get()
    assert (row.area_slugs, row.topic_slugs) == ([first.slug, second.slug], [topic.slug])
