import pytest

from inspire.map_box import WORLD, Box, read_box
from inspire.map_viewport import Viewport, read_viewport


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "1,2,3,4,5", "nan,0,1,1", "inf,0,1,1", "5,0,1,1", "0,5,1,1", "0,91,1,95"]
)
def test_what_is_no_box_is_none(text: str) -> None:
    assert read_box(text) is None


def test_a_box_is_read_as_a_map_reports_it() -> None:
    assert read_box("-74.5,-55,-53.6,-21.8") == Box(-74.5, -55, -53.6, -21.8)
    assert read_box("-74.5,-100,-53.6,100") == Box(-74.5, -90, -53.6, 90)


def test_a_map_that_was_dragged_around_the_globe_is_brought_back() -> None:
    assert read_box("170,-10,190,10") == Box(170, -10, -170, 10)
    assert read_box("290,-10,310,10") == Box(-70, -10, -50, 10)
    assert read_box("-500,-80,400,80") == Box(-180, -80, 180, 80)


def test_a_box_across_the_180th_meridian_is_as_wide_as_it_looks() -> None:
    assert Box(170, -10, -170, 10).width == 20


def test_whatever_cannot_be_read_is_the_world() -> None:
    assert read_viewport("?", "x") == Viewport(WORLD, 1)
    assert read_viewport("0,0,1,1", "99").zoom == 19
