"""Invented solutions: what they say of themselves, and that they leave nothing behind."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Sum

from inspire.models import FacetCount, MapCell, Solution, SolutionPerson
from inspire.querysets import KIND
from inspire.samples import services, solutions_generate, solutions_remove_samples
from inspire.samples.phrases import phrases
from portal.catalog.models import Entry
from portal.core.starter import SampleWish, sample_contents
from portal.pages.services import samples_create
from portal.places.models import Municipality
from portal.topics.models import PolicyArea
from portal.topics.starter import load_topics
from tests.inspire.factories import SolutionFactory
from tests.inspire.test_facet_keys import counted, from_scratch
from tests.portal.places_factories import CountryFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
COUNT = 60


@pytest.fixture(autouse=True)
def _towns_and_topics() -> None:
    load_topics()
    for number in range(8):
        MunicipalityFactory(population=3_000 * 4**number, latitude=-30.0 - number)
    brazil = CountryFactory(code="BR")
    MunicipalityFactory(country=brazil, region_code="27", latitude=-23.5, longitude=-46.6, population=900_000)


def generate(count: int = COUNT, cities: int = 9, seed: int = 1) -> list[int]:
    return list(solutions_generate(SampleWish(count, cities, seed)))


def contents() -> list[tuple]:
    rows = Solution.objects.filter(is_sample=True).order_by("source_id")
    return list(rows.values_list("source_id", "title", "what_was_done", "municipality__name", "facet_keys"))


def test_every_one_says_in_title_and_summary_that_it_is_an_example_of_no_real_policy() -> None:
    generate()
    samples = Solution.objects.filter(is_sample=True)
    assert samples.count() == COUNT
    for solution in samples:
        for language in solution.languages:
            text = solution.text_in(language)
            assert text.title.startswith(("Ejemplo", "Example", "Exemplo"))
            assert any(word in text.summary for word in ("inventado", "invented"))
            assert any(
                words in text.summary for words in ("ninguna política", "nenhuma política", "no real policy")
            )


def test_the_people_behind_them_are_invented_too() -> None:
    generate()
    assert SolutionPerson.objects.exists()
    assert not SolutionPerson.objects.exclude(name__startswith="Persona de ejemplo ").exists()
    assert not SolutionPerson.objects.filter(user__isnull=False).exists()


def test_they_can_be_found_and_filtered_like_any_other() -> None:
    generate()
    assert Entry.objects.of_kind(KIND).filter(is_sample=True).count() == COUNT
    assert Entry.objects.matching("Ejemplo inventado").count() > COUNT / 2
    assert Solution.objects.in_area(*PolicyArea.objects.values_list("slug", flat=True)).count() == COUNT


def test_what_they_answer_to_is_what_the_database_derives() -> None:
    generate()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM inspire_solution WHERE facet_keys <> inspire_facet_keys_of(id)")
        assert cursor.fetchone() == (0,)


def test_what_they_tell_varies_as_in_a_real_library() -> None:
    generate(300)
    samples = Solution.objects.filter(is_sample=True)
    assert samples.values("municipality").distinct().count() > 5
    assert samples.filter(latitude__isnull=True).exists()
    assert samples.exclude(translations={}).exists() and samples.filter(language="pt").exists()
    assert samples.exclude(figures=[]).exists() and samples.filter(figures=[]).exists()
    assert samples.values("areas").distinct().count() == 11
    assert {*samples.values_list("level", flat=True)} == {*Solution.Level}
    assert {*samples.values_list("stage", flat=True)} == {"", *Solution.Stage}


def test_counts_equal_a_count_from_scratch_after_they_came_and_after_they_went() -> None:
    SolutionFactory.create_batch(3)
    before = counted()
    generate()
    assert counted() == from_scratch() != before
    solutions_remove_samples()
    assert counted() == from_scratch() == before


def test_the_map_counts_them_and_forgets_them() -> None:
    generate()
    positioned = Solution.objects.on_map().count()
    levels = MapCell.objects.values_list("level").annotate(Sum("count"))
    assert {count for _level, count in levels} == {positioned}
    solutions_remove_samples()
    assert not MapCell.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_write_the_same_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "BATCH", 7)
    assert generate(20) == [0, 7, 14, 20]
    written = contents()
    assert [int(row[0]) for row in sorted(written, key=lambda row: int(row[0]))] == list(range(1, 21))
    assert counted() == from_scratch()
    assert solutions_remove_samples() == 20
    assert counted() == {}
    with transaction.atomic():
        generate(20)
        assert contents() == written


def test_they_go_without_a_trace_and_what_is_real_stays() -> None:
    real = SolutionFactory(
        areas=list(PolicyArea.objects.all()[:2]), people=[("contact", "Ana")], stage="pilot"
    )
    call_command("rebuild_catalog", verbosity=0)
    generate()
    assert solutions_remove_samples() == COUNT
    assert list(Solution.objects.all()) == [real]
    assert real.areas.count() == Solution.areas.through.objects.count() == 2
    assert not Solution.topics.through.objects.exists()
    assert list(SolutionPerson.objects.values_list("solution", "name")) == [(real.pk, "Ana")]
    assert list(Entry.objects.values_list("object_id", flat=True)) == [real.pk]
    assert {key.partition(":")[0] for key in FacetCount.objects.values_list("key", flat=True)} == {
        *(key.partition(":")[0] for key in real.facet_keys),
        "all",
    }


def test_one_that_somebody_made_real_stays() -> None:
    generate()
    Solution.objects.filter(source_id="7").update(is_sample=False)
    assert solutions_remove_samples() == COUNT - 1
    assert Solution.objects.get().source_id == "7"


def test_the_same_seed_gives_the_same_examples_and_another_one_others() -> None:
    generate()
    first = contents()
    solutions_remove_samples()
    generate()
    assert contents() == first
    solutions_remove_samples()
    generate(seed=2)
    assert contents() != first


def test_the_library_is_filled_up_to_the_number_and_never_beyond() -> None:
    generate(20)
    assert generate(COUNT)[-1] == COUNT
    assert generate(10) == [COUNT]
    assert Solution.objects.filter(is_sample=True).count() == COUNT


def test_they_are_spread_over_as_many_places_as_was_asked() -> None:
    generate(200, cities=2)
    assert Municipality.objects.filter(solutions__is_sample=True).distinct().count() == 2


def test_without_places_the_reason_is_said() -> None:
    Municipality.objects.all().delete()
    with pytest.raises(ImproperlyConfigured, match="prepare"):
        generate()


def test_a_topic_that_the_installation_took_out_is_left_out() -> None:
    PolicyArea.objects.exclude(slug="health").delete()
    generate()
    assert {key for row in contents() for key in row[-1] if key.startswith("area:")} == {"area:health"}


def test_the_first_start_makes_none_of_them() -> None:
    assert "solutions" not in sample_contents
    list(samples_create())
    assert not Solution.objects.filter(is_sample=True).exists()


def test_there_are_phrases_for_every_area_and_topic() -> None:
    known = {
        area.slug: {*area.topics.values_list("slug", flat=True)}
        for area in PolicyArea.objects.prefetch_related("topics")
    }
    assert {area: {*told["topics"]} for area, told in phrases()["areas"].items()} == known
