import pytest
from django.utils import translation

from inspire import starter
from inspire.models import Solution
from portal.catalog.models import Entry
from portal.core.starter import starter_contents
from tests.portal.places_factories import CountryFactory, MunicipalityCodeFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

CASES = starter.read_cases()


@pytest.fixture
def loaded(db) -> None:
    for code in {case["country"] for case in CASES}:
        CountryFactory(code=code)
    for slug in {area for case in CASES for area in case["areas"]}:
        PolicyAreaFactory(slug=slug)
    MunicipalityCodeFactory(
        source="geonames", code="3128760", municipality__latitude=41.38, municipality__longitude=2.17
    )
    bogota = {"country": CountryFactory(code="CO"), "name": "Bogotá", "region_code": "", "region_name": ""}
    MunicipalityFactory(**bogota, latitude=4.61, longitude=-74.08, population=7_674_366)
    MunicipalityFactory(**bogota, latitude=2.0, longitude=-70.0, population=900)
    MunicipalityFactory(
        **bogota | {"country": CountryFactory(code="GB"), "name": "London"}, latitude=51.5, longitude=-0.1
    )
    starter.load_solutions()


def test_every_case_is_in_the_library_in_two_languages(loaded: None) -> None:
    assert len(CASES) == Solution.objects.published().count() == Entry.objects.count() == 60
    for solution in Solution.objects.all():
        assert solution.languages == ["es", "en"]
        assert solution.text_in("en").title
        assert solution.source_name


def test_a_case_of_a_town_stands_there(loaded: None) -> None:
    barcelona = Solution.objects.get(slug="decidim-barcelona")
    assert (barcelona.latitude, barcelona.longitude) == (41.38, 2.17)
    assert (barcelona.municipality is not None, barcelona.position_precision) == (True, "place")


def test_a_case_of_a_whole_country_stands_at_its_capital_and_belongs_to_no_town(loaded: None) -> None:
    colombian = Solution.objects.filter(country="CO")
    assert colombian.count() == 3
    for solution in colombian:
        assert (solution.latitude, solution.longitude, solution.position_precision) == (
            4.61,
            -74.08,
            "country",
        )
        assert (solution.municipality, solution.place_name) == (None, "")
    assert Entry.objects.filter(country="CO", latitude=4.61, longitude=-74.08).count() == 3


def test_a_case_of_a_region_or_of_several_countries_has_no_position(loaded: None) -> None:
    nowhere = [case for case in CASES if not case.get("geonames_id") and case["level"] != "national"]
    assert {case["id"] for case in nowhere} >= {
        "escocia-presupuesto-decidido-por-la-comunidad",
        "santa-catarina-riesgos-en-compras",
        "argentina-portal-de-gestion-municipal",
    }
    assert not Solution.objects.on_map().filter(slug__in=[case["id"] for case in nowhere]).exists()


def test_a_capital_that_is_not_in_the_register_leaves_the_case_without_a_position(loaded: None) -> None:
    assert not Solution.objects.on_map().filter(country="CL").exists()


def test_a_town_that_is_not_in_the_register_leaves_the_case_without_a_position(loaded: None) -> None:
    porto = Solution.objects.get(slug="oporto-explore")
    assert (porto.place_name, porto.municipality, porto.latitude) == ("Oporto", None, None)


def test_loading_twice_changes_nothing(loaded: None) -> None:
    with translation.override("es-ar"):
        assert starter.load_solutions() == "60 soluciones: 0 nuevas, 0 cambiadas"


def test_what_a_source_does_not_tell_stays_empty(loaded: None) -> None:
    untold = [case["id"] for case in CASES if not case["es"].get("results")]
    assert untold
    assert set(Solution.objects.filter(results="").values_list("slug", flat=True)) == set(untold)


def test_the_content_is_registered_after_the_places_with_a_version_that_follows_the_files(
    tmp_path, monkeypatch
) -> None:
    content = starter_contents.get("solutions")
    assert content.order > starter_contents.get("places").order
    assert content.version == starter.content_version()
    (tmp_path / "a.yaml").write_text("id: a")
    monkeypatch.setattr(starter, "CONTENT", tmp_path)
    assert starter.content_version() != content.version
