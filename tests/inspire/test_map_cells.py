from collections import Counter

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from inspire.map_grid import COUNTED, FINEST, unravelled
from inspire.map_merging import pixels
from inspire.models import MapCell, Solution
from inspire.record import SolutionRecord
from inspire.services import map_cells_add_up, map_cells_rebuild, solutions_upsert
from inspire.tasks import add_up_map_cells
from tests.inspire.factories import SolutionFactory
from tests.portal.places_factories import CountryFactory

pytestmark = pytest.mark.django_db

POSITIONS = st.one_of(
    st.none(),
    st.sampled_from([(-34.61, -58.38), (90, 180), (-90, -180), (0, 0), (-34.610001, -58.38)]),
    st.sampled_from([(0.0, 5e-324), (5e-324, 0.0), (-5e-324, -5e-324), (1e-300, -1e-300)]),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
PRECISIONS = st.sampled_from(["exact", "country"])
NUMBERS = st.integers(0, 7)
STATUSES = st.sampled_from(["draft", "published", "archived"])
STEPS = st.one_of(
    st.tuples(st.just("add"), POSITIONS, PRECISIONS),
    st.tuples(st.just("move"), NUMBERS, POSITIONS, PRECISIONS),
    st.tuples(st.just("move all"), POSITIONS, PRECISIONS),
    st.tuples(st.just("status"), NUMBERS, STATUSES),
    st.tuples(st.just("import"), st.lists(st.tuples(NUMBERS, POSITIONS), min_size=1, max_size=4)),
    st.tuples(st.just("delete"), NUMBERS),
    st.tuples(st.just("add up")),
)


def counted() -> dict[tuple, tuple]:
    """Return what the cells say, by level and cell."""
    sums: dict[tuple, Counter] = {}
    for cell in MapCell.objects.all():
        one = sums.setdefault((cell.level, cell.cell), Counter())
        one.update(n=cell.count, wide=cell.country_wide, lat=cell.latitude_sum, lon=cell.longitude_sum)
    return {
        key: said for key, one in sums.items() if any(said := (one["n"], one["wide"], one["lat"], one["lon"]))
    }


def from_scratch() -> dict[tuple, tuple]:
    """Return what the cells should say, from the solutions, with arithmetic of another kind."""
    sums: dict[tuple, Counter] = {}
    for solution in Solution.objects.published().on_map():
        x, y = pixels(solution.latitude, solution.longitude, FINEST - 8)
        side = 2**FINEST
        column, row = min(int(x), side - 1), max(0, min(int(y), side - 1))
        assert unravelled(solution.map_cell) == (column, row)
        for level in COUNTED:
            key = (level, solution.map_cell >> 2 * (FINEST - level))
            lat, lon = (round(degrees * 1_000_000) for degrees in (solution.latitude, solution.longitude))
            sums.setdefault(key, Counter()).update(n=1, wide=solution.is_country_wide, lat=lat, lon=lon)
    return {key: (one["n"], one["wide"], one["lat"], one["lon"]) for key, one in sums.items()}


def placed(position: tuple[float, float] | None, precision: str = "exact") -> dict:
    latitude, longitude = position or (None, None)
    return {
        "latitude": latitude,
        "longitude": longitude,
        "position_precision": precision if position else "",
    }


def take(step: tuple) -> None:
    """Change the library."""
    what, *rest = step
    if what == "add":
        SolutionFactory(**placed(*rest))
    elif what == "move all":
        Solution.objects.update(**placed(*rest))
    elif what == "import":
        records = {
            number: SolutionRecord(
                source="cosas",
                source_id=str(number),
                slug=f"cosa-{number}",
                title="Cosa",
                country_id="AR",
                **placed(position),
            )
            for number, position in rest[0]
        }
        solutions_upsert(records=list(records.values()))
    elif what == "add up":
        map_cells_add_up()
    else:
        ids = list(Solution.objects.order_by("pk").values_list("pk", flat=True))
        chosen = Solution.objects.filter(pk=ids[rest[0] % len(ids)] if ids else 0)
        if what == "move":
            chosen.update(**placed(*rest[1:]))
        elif what == "status":
            chosen.update(status=rest[1], published_at="2026-03-01T00:00:00Z")
        else:
            chosen.delete()


def test_after_any_changes_the_cells_say_what_the_solutions_say() -> None:
    @settings(deadline=None)
    @given(steps=st.lists(STEPS, max_size=12))
    def holds(steps: list[tuple]) -> None:
        with transaction.atomic():
            CountryFactory()
            for step in steps:
                take(step)
                assert counted() == from_scratch()
            before = counted()
            map_cells_add_up()
            assert counted() == before
            assert MapCell.objects.count() == len(before)
            total = Solution.objects.published().on_map().count()
            for level in COUNTED:
                assert sum(said[0] for (at, _cell), said in before.items() if at == level) == total
            transaction.set_rollback(True)

    holds()


def test_many_at_once_are_one_addend_of_each_cell() -> None:
    argentina = CountryFactory()
    rows = SolutionFactory.build_batch(50, country=argentina, latitude=1, longitude=1)
    Solution.objects.bulk_create(rows)
    assert [cell.count for cell in MapCell.objects.all()] == [50] * len(COUNTED)


def test_a_change_that_moves_nothing_adds_nothing() -> None:
    SolutionFactory(on_map=True)
    before = MapCell.objects.count()
    Solution.objects.update(title="Otro título")
    assert MapCell.objects.count() == before


def test_adding_up_again_has_nothing_to_do() -> None:
    SolutionFactory.create_batch(2, on_map=True)
    assert add_up_map_cells() == len(COUNTED)
    assert add_up_map_cells() == 0
    assert MapCell.objects.count() == len(COUNTED)


def test_cells_are_made_anew_from_the_solutions() -> None:
    SolutionFactory(on_map=True)
    expected = counted()
    MapCell.objects.update(count=7)
    map_cells_rebuild()
    assert counted() == expected


def test_when_the_library_is_emptied_at_once_so_are_the_cells() -> None:
    SolutionFactory(on_map=True)
    with connection.cursor() as cursor:
        # What constraints have put off until the end of the transaction is done first.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE inspire_solution CASCADE")
    assert not MapCell.objects.exists()
