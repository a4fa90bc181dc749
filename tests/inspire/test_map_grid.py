import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspire.map_box import WORLD, Box, read_box
from inspire.map_grid import COUNTED, FINEST, Cell, Range, Window, at_level, counted_level, unravelled
from inspire.map_viewport import MOST_FEATURES, Viewport

windows = st.builds(
    lambda level, ends, sides: Window(
        level, *(int(part * 2**level) for part in (min(ends), min(sides), max(ends), max(sides)))
    ),
    st.integers(0, 7),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)


def cells_of(window: Window) -> set[int]:
    """Return the numbers of a window's cells, looking at all there are."""
    columns = range(window.west, window.west + window.columns)
    inside = {column % 2**window.level for column in columns}
    places = ((number, unravelled(number)) for number in range(4**window.level))
    return {
        number for number, (column, row) in places if column in inside and window.north <= row < window.south
    }


@given(windows)
def test_ranges_hold_exactly_the_cells_of_a_window(window: Window) -> None:
    found = [number for first, end in window.ranges() for number in range(first, end)]
    assert set(found) == cells_of(window)
    assert len(found) == len(set(found)) == window.columns * window.rows


@given(windows, st.integers(1, 6))
def test_a_few_ranges_hold_at_least_the_cells_of_a_window(window: Window, most: int) -> None:
    ranges = window.ranges(most)
    assert len(ranges) <= most
    assert cells_of(window) <= {number for first, end in ranges for number in range(first, end)}


def test_a_window_across_the_180th_meridian_has_cells_on_both_sides() -> None:
    window = Window.around(Box(170, -10, -170, 10), 4)
    assert (window.west, window.east, window.columns) == (15, 1, 2)
    assert {number for one in window.ranges() for number in range(*one)} == cells_of(window)


def test_a_window_whose_ends_meet_on_the_other_side_goes_all_the_way_around() -> None:
    dragged = read_box("-187.5,-80,166.5,85")
    assert dragged == Box(172.5, -80, 166.5, 85)
    assert Window.around(dragged, 2).columns == 4


def test_a_finer_cell_lies_in_the_cell_whose_number_begins_its_own() -> None:
    number = 0b11_01_10
    column, row = unravelled(number)
    assert unravelled(number >> 2) == (column >> 1, row >> 1)
    assert at_level([Range(3, 5)], 1, 3) == [Range(48, 80)]
    assert Cell(FINEST, 7).finest == Range(7, 8)


def test_the_cells_of_the_world_are_the_world() -> None:
    assert Cell(0, 0).box == WORLD
    assert Window.around(WORLD, 5).is_world
    assert Window.around(WORLD, 5).ranges() == [Range(0, 4**5)]


@pytest.mark.parametrize("level", range(FINEST))
def test_each_level_is_read_from_a_finer_one_that_is_counted(level: int) -> None:
    assert counted_level(level) in COUNTED
    assert counted_level(level) > level


@given(
    west=st.floats(-180, 179),
    south=st.floats(-90, 89),
    width=st.floats(0.001, 360),
    height=st.floats(0.001, 180),
    zoom=st.integers(0, 19),
)
@example(west=-180, south=-90, width=360, height=180, zoom=19)
def test_a_viewport_never_has_more_cells_than_the_map_may_show(
    west: float, south: float, width: float, height: float, zoom: int
) -> None:
    viewport = Viewport(Box(west, south, min(180, west + width), min(90, south + height)), zoom)
    assert viewport.window.columns * viewport.window.rows <= MOST_FEATURES


@given(middle=st.floats(-170, 170), zoom=st.integers(0, 16))
def test_views_side_by_side_share_no_cell_of_what_is_in_view(middle: float, zoom: int) -> None:
    left = Window.nearest(Box(-175, -60, middle, 60), zoom)
    right = Window.nearest(Box(middle, -60, 175, 60), zoom)
    assert left.east == right.west
