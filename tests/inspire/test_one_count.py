"""Map count = list count = facet counts = database count, for every filter over every library."""

from urllib.parse import urlencode

from django.db import transaction
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from inspire.counts import POSITIONED, count, counted
from inspire.entries import all_drafts
from inspire.exporting.batches import exported
from inspire.facet_choices import facet_choices, flag_choices
from inspire.facets import YES, facets
from inspire.filters import SolutionFilter
from inspire.map_clusters import map_data, map_data_of, read_viewport
from inspire.models import Solution
from inspire.orders import Order, Sorting, page_of
from portal.catalog.services import entries_publish
from tests.inspire.factories import SolutionFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

AREAS, TOPICS, WORDS = ("agua", "salud"), ("cloacas", "vacunas"), ("huerta", "plaza")
CASES = st.lists(
    st.fixed_dictionaries(
        {
            "country": st.sampled_from(["AR", "PT"]),
            "town": st.sampled_from([None, 0, 1]),
            "areas": st.sets(st.sampled_from(AREAS)),
            "topics": st.sets(st.sampled_from(TOPICS)),
            "title": st.sampled_from(WORDS),
            "status": st.sampled_from(["published", "published", "draft", "archived"]),
            "stage": st.sampled_from(["", "pilot"]),
            "level": st.sampled_from(["local", "regional"]),
            "start_year": st.sampled_from([None, 1999, 2016, 2019]),
            "sdgs": st.lists(st.sampled_from([1, 11]), max_size=2),
            "recognitions": st.sampled_from([[], ["Premio"]]),
            "results": st.sampled_from(["", "Creció."]),
            "position": st.sampled_from([None, (-34.6, -58.4), (38.7, -9.1), (90.0, 180.0)]),
            "has_contact": st.booleans(),
        }
    ),
    max_size=8,
)
VALUES = {
    "country": ["AR", "PT", "XX"],
    "province": ["AR-06", "AR-14"],
    "area": [*AREAS, "nada"],
    "topic": TOPICS,
    "stage": ["pilot", "idea"],
    "level": ["local", "regional"],
    "years": ["1995", "2015"],
    "sdg": ["1", "11"],
    "recognition": ["Premio", "Otro"],
    "language": ["es", "en"],
    "population": ["2", "4"],
    "has_results": [YES],
    "has_contact": [YES],
}
QUERIES = st.fixed_dictionaries(
    {},
    optional={name: st.lists(st.sampled_from(list(values)), max_size=2) for name, values in VALUES.items()}
    | {
        "q": st.sampled_from([*WORDS, "-huerta", "nada"]),
        "like": st.sampled_from(["0", "1", "none"]),
        "positioned": st.just("true"),
        "box": st.sampled_from(["-70,-40,-50,-30", "-180,-90,180,90"]),
    },
)


def make_library(cases: list[dict]) -> list[int]:
    """Make the solutions, and return the ids of the two towns."""
    towns = [
        MunicipalityFactory(population=20_000).pk,
        MunicipalityFactory(population=500_000, region_code="14", category="Ciudad").pk,
    ]
    areas = {slug: PolicyAreaFactory(slug=slug) for slug in AREAS}
    topics = {slug: TopicFactory(slug=slug, area=areas["agua"]) for slug in TOPICS}
    for case in cases:
        position, town = case["position"] or (None, None), case["town"]
        solution = SolutionFactory(
            country=CountryFactory(code=case["country"]),
            municipality_id=None if town is None else towns[town],
            areas=[areas[slug] for slug in case["areas"]],
            topics=[topics[slug] for slug in case["topics"]],
            latitude=position[0],
            longitude=position[1],
            people=[("contact", "Ana Ejemplo")] if case["has_contact"] else [],
            draft=case["status"] == "draft",
            **{
                name: case[name]
                for name in ("title", "stage", "level", "start_year", "sdgs", "recognitions", "results")
            },
        )
        if case["status"] == "archived":
            Solution.objects.filter(pk=solution.pk).update(status="archived")
    return towns


def published_in_the_catalogue() -> None:
    """Let words be found, as the services do for one after another."""
    entries_publish(drafts=all_drafts())


def answers_to(solution: Solution, name: str, values: list[str]) -> bool:
    return bool({f"{name}:{value}" for value in values} & set(solution.facet_keys))


class OneCount(TestCase):
    @settings(deadline=None)
    @given(cases=CASES, query=QUERIES)
    def test_every_way_to_look_at_a_filtered_set_counts_the_same(self, cases: list, query: dict) -> None:
        with transaction.atomic():
            towns = make_library(cases)
            published_in_the_catalogue()
            if query.get("like", "none") != "none":
                query = query | {"like": towns[int(query["like"])]}
            filters = SolutionFilter(
                QueryDict(urlencode(query, doseq=True)), queryset=Solution.objects.published()
            )
            rows = list(filters.found)
            self.check_facets(rows, query)
            self.check_counts(filters, rows)
            self.check_choices(filters)
            transaction.set_rollback(True)

    def check_facets(self, rows: list[Solution], query: dict) -> None:
        """Each row is published, and has one of the values of every facet; no other published row has."""
        asked = {name: values for name, values in query.items() if name in VALUES and values}
        fitting = {
            solution.pk
            for solution in Solution.objects.published()
            if all(answers_to(solution, name, values) for name, values in asked.items())
        }
        found = {row.pk for row in rows}
        if query.keys() - {name for name in query if name in VALUES}:
            assert found <= fitting
        else:
            assert found == fitting

    def check_counts(self, filters: SolutionFilter, rows: list[Solution]) -> None:
        """List, map, facets and database agree on how many there are."""
        counts = counted(filters)
        positioned = [row for row in rows if row.has_position]
        assert counts.total.number == len(rows) == count(filters.found).number == filters.found.count()
        assert counts.positioned.number == len(positioned)
        for sorting in (
            Sorting(order, many) for order in (Order.NEWEST, Order.PLACE) for many in (False, True)
        ):
            page = page_of(filters.found, sorting, "", "")
            assert {row.pk for row in page.rows} == {row.pk for row in rows}
        world = read_viewport("", "1")
        assert map_data(filters.found, world)["total"] == len(positioned)
        assert map_data_of(filters, world)["total"] == len(positioned)
        assert {row.pk for row in exported(filters.found)} == {row.pk for row in rows}

    def check_choices(self, filters: SolutionFilter) -> None:
        """What a facet promises for a value is what choosing that value alone in it finds."""
        counts = counted(filters)
        for choices in facet_choices(filters, counts):
            others = filters.found_without(choices.facet.id)
            for choice in (*choices.first, *choices.rest):
                assert choice.count.number == others.answering(choices.facet.id, [choice.value]).count()
        for flag in flag_choices(filters, counts):
            others = filters.found_without(flag.name)
            chosen = others.on_map() if flag.name == POSITIONED else others.answering(flag.name, [flag.value])
            assert flag.count.number == chosen.count()


def test_every_facet_is_tried() -> None:
    assert VALUES.keys() == {facet.id for facet in facets}
