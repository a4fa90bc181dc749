import pytest

from inspire.counts import Count, count, counted, tally, whole_tally
from inspire.facet_choices import facet_choices
from inspire.models import Solution
from portal.facets import counts
from tests.inspire.factories import SolutionFactory
from tests.inspire.test_filters import filters_of
from tests.portal.places_factories import CountryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "MOST_COUNTED", 3)


def test_a_set_is_counted_by_all_its_keys_in_one_query(django_assert_num_queries) -> None:
    SolutionFactory(on_map=True)
    SolutionFactory(country=CountryFactory(code="PT"))
    with django_assert_num_queries(1):
        found = tally(Solution.objects.published())
    assert (found.keys["all"], found.keys["positioned"], found.keys["country:PT"]) == (2, 1, 1)
    assert not found.is_cut


def test_the_library_counts_itself() -> None:
    SolutionFactory(on_map=True)
    SolutionFactory(draft=True)
    gone = SolutionFactory(country=CountryFactory(code="PT"))
    gone.delete()
    assert whole_tally().keys == tally(Solution.objects.published()).keys


def test_nothing_is_nothing() -> None:
    assert tally(Solution.objects.none()).keys == {}
    assert count(Solution.objects.none()) == Count(0)
    assert not Count(0)


@pytest.mark.usefixtures("_few_are_many")
def test_beyond_the_limit_a_filtered_set_has_more_than_that_and_the_library_its_number() -> None:
    for _row in range(5):
        SolutionFactory()
    SolutionFactory(on_map=True)
    assert counted(filters_of()).total == Count(6)
    found = counted(filters_of(country="AR"))
    assert found.total == Count(3, is_least=True)
    assert found.positioned == Count(1)
    assert count(Solution.objects.published()) == Count(3, is_least=True)


@pytest.mark.usefixtures("_few_are_many")
def test_numbers_of_a_cut_set_are_least_numbers_and_no_value_is_missing() -> None:
    for number in range(8):
        SolutionFactory(level="regional" if number < 6 else "local", stage="idea")
    SolutionFactory(country=CountryFactory(code="PT"), stage="pilot")
    filters = filters_of(country="AR")
    offered = {
        (choices.facet.id, choice.value): choice.count
        for choices in facet_choices(filters, counted(filters))
        for choice in (*choices.first, *choices.rest)
    }
    for (facet, value), promised in offered.items():
        others = filters.found_without(facet).answering(facet, [value]).count()
        assert promised.number == others or (promised.is_least and promised.number < others)
    assert offered["country", "AR"] == Count(8)
    assert offered["country", "PT"] == Count(1)
    assert ("level", "local") in offered


def test_all_sets_are_counted_in_one_statement(django_assert_num_queries) -> None:
    SolutionFactory()
    with django_assert_num_queries(1):
        counted(filters_of())
    with django_assert_num_queries(2):
        counted(filters_of(country="AR"))
    with django_assert_num_queries(2):
        counted(filters_of(country="AR", level=["local", "regional"]))
