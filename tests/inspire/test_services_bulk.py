from dataclasses import replace

import pytest
from django.core.cache import cache

from inspire.models import Solution
from inspire.record import SolutionRecord
from inspire.services import Upserted, solution_withdraw, solutions_upsert
from portal.catalog.models import Entry
from portal.core.visitor_cache import GENERATION_KEY
from tests.inspire.factories import SolutionFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def argentina() -> None:
    CountryFactory()


def record(number: int = 1, **fields: object) -> SolutionRecord:
    plain = {
        "source": "obras",
        "source_id": str(number),
        "slug": f"plaza {number}",
        "title": f"Plaza {number}",
    }
    return SolutionRecord(**(plain | {"country_id": "AR"} | fields))


def test_a_record_becomes_a_published_solution_that_can_be_found() -> None:
    area, topic, town = PolicyAreaFactory(), TopicFactory(), MunicipalityFactory()
    full = record(
        summary="Una plaza\nnueva; con \\ y tabulador\t",
        translations={"en": {"title": "Square"}},
        municipality_id=town.pk,
        latitude=-36.0,
        longitude=-60.0,
        position_precision="place",
        start_year=2019,
        tags=["Espacio, público"],
        areas=[area.slug],
        topics=[topic.slug],
    )
    done = solutions_upsert(records=[full])
    solution = Solution.objects.get()
    assert done == Upserted(created={solution.pk})
    assert solution.is_published
    assert (solution.slug, solution.summary, solution.tags) == ("plaza-1", full.summary, ["Espacio, público"])
    assert (solution.municipality, solution.latitude, solution.start_year) == (town, -36.0, 2019)
    assert solution.position_precision == "place"
    assert ([*solution.areas.all()], [*solution.topics.all()]) == ([area], [topic])
    entry = Entry.objects.get()
    assert (entry.title, entry.areas, entry.latitude) == ("Plaza 1", [area.slug], -36.0)


def test_the_same_again_changes_nothing() -> None:
    area = PolicyAreaFactory()
    records = [
        record(1, areas=[area.slug], translations={"en": {"title": "Square", "summary": ""}}),
        record(2),
    ]
    solutions_upsert(records=records)
    before = list(Solution.objects.order_by("pk").values_list("pk", "updated_at", "published_at"))
    assert solutions_upsert(records=records) == Upserted()
    assert list(Solution.objects.order_by("pk").values_list("pk", "updated_at", "published_at")) == before


def test_what_changed_is_updated_under_its_old_address_and_first_day() -> None:
    solutions_upsert(records=[record(1), record(2)])
    before = Solution.objects.get(source_id="1")
    done = solutions_upsert(records=[replace(record(1), title="Plaza nueva", slug="plaza nueva"), record(2)])
    after = Solution.objects.get(source_id="1")
    assert done == Upserted(updated={before.pk})
    assert (after.title, after.slug, after.published_at) == ("Plaza nueva", "plaza-1", before.published_at)
    assert Entry.objects.get(object_id=after.pk).title == "Plaza nueva"


def test_a_change_of_areas_alone_is_a_change() -> None:
    water, health = PolicyAreaFactory.create_batch(2)
    solutions_upsert(records=[record(areas=[water.slug])])
    done = solutions_upsert(records=[record(areas=[health.slug])])
    assert done.updated == {Solution.objects.get().pk}
    assert list(Solution.objects.get().areas.all()) == [health]
    assert Entry.objects.get().areas == [health.slug]


def test_what_staff_withdrew_stays_withdrawn() -> None:
    solutions_upsert(records=[record()])
    solution_withdraw(solution=Solution.objects.get())
    solutions_upsert(records=[record(title="Plaza cambiada")])
    assert Solution.objects.get().title == "Plaza cambiada"
    assert not Solution.objects.get().is_published
    assert not Entry.objects.exists()


def test_repeated_titles_get_addresses_of_their_own() -> None:
    SolutionFactory(slug="plaza")
    SolutionFactory(slug="plaza-7")
    same = [record(number, slug="Plaza") for number in (7, 8)] + [record(9, slug="¡¿?!")]
    solutions_upsert(records=same)
    slugs = dict(Solution.objects.filter(source="obras").values_list("source_id", "slug"))
    assert slugs["8"] == "plaza-8"
    assert slugs["7"].startswith("plaza-")
    assert len(slugs["7"]) == len("plaza-") + 12
    assert slugs["9"] == "solucion"


def test_one_id_in_two_sources_is_two_solutions() -> None:
    solutions_upsert(records=[record(source="a"), record(source="b")])
    assert Solution.objects.count() == 2


def test_many_of_one_title_have_an_address_each() -> None:
    records = [record(number, slug="plaza") for number in range(10)]
    assert len(solutions_upsert(records=records).created) == 10
    assert Entry.objects.count() == 10
    assert solutions_upsert(records=records) == Upserted()


def test_pages_are_made_anew_when_something_changed_that_the_catalogue_does_not_tell(
    django_capture_on_commit_callbacks,
) -> None:
    def generation_after(licence: str) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            solutions_upsert(records=[record(licence=licence)])
        return cache.get(GENERATION_KEY)

    first = generation_after("CC BY 4.0")
    assert generation_after("CC BY 4.0") == first
    assert generation_after("CC0") > first


def test_an_import_costs_the_same_number_of_queries_whatever_its_size(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(28):
        solutions_upsert(records=[record(number) for number in range(300)])


def test_the_same_file_again_leaves_what_staff_wrote_since() -> None:
    said = record(7, areas=[PolicyAreaFactory().slug])
    solutions_upsert(records=[said])
    solution = Solution.objects.get(source_id="7")
    solution.results = "Doce huertas en dos años."
    solution.save()
    solution.topics.add(TopicFactory())
    assert not solutions_upsert(records=[said]).updated
    solution.refresh_from_db()
    assert solution.results == "Doce huertas en dos años."
    assert solution.topics.count() == 1


def test_what_the_source_says_anew_is_written() -> None:
    solutions_upsert(records=[record(7)])
    done = solutions_upsert(records=[record(7, title="Huertas", areas=[PolicyAreaFactory().slug])])
    solution = Solution.objects.get(source_id="7")
    assert done.updated == {solution.pk}
    assert solution.title == "Huertas"
    assert solution.areas.count() == 1
