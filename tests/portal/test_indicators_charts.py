"""Charts draw the numbers they are given, and nothing that could run."""

import re
from xml.etree import ElementTree

import pytest

from portal.indicators.charts.bars import Bar, bars
from portal.indicators.charts.radar import Series, can_be_radar, radar
from portal.indicators.charts.shapes import text_lines

HOSTILE = "<script>alert(\"x\")</script> & 'y'"


def rects(drawn: str, tone: str) -> list[tuple[float, float]]:
    """Where bars of a tone begin, and how wide they are."""
    found = re.findall(rf'<rect x="([\d.-]+)" y="[\d.]+" width="([\d.]+)"[^>]*chart__bar--{tone}"', drawn)
    return [(float(start), float(width)) for start, width in found]


def test_the_widths_of_bars_are_in_the_proportion_of_their_values():
    drawn = bars([Bar("A", 0.5, "50 %"), Bar("B", 1.0, "100 %")], label="Dos")
    (_, half), (_, whole) = rects(drawn, "now")
    assert whole == pytest.approx(half * 2)


def test_no_data_draws_no_bar_and_zero_a_hair():
    drawn = bars([Bar("A", None, "sin datos"), Bar("B", 0.0, "0 %")], label="Dos")
    assert rects(drawn, "now") == [(0, 1.5)]
    assert "sin datos" in drawn


def test_values_below_zero_go_to_the_left_of_zero():
    drawn = bars([Bar("A", -0.5, "−50 %"), Bar("B", 0.5, "50 %")], label="Dos")
    (below, width), (above, other) = rects(drawn, "now")
    assert below == 0
    assert below + width == pytest.approx(above, abs=0.02)
    assert width == pytest.approx(other / 1, abs=0.02)


def test_an_earlier_value_is_drawn_beneath():
    drawn = bars([Bar("A", 0.5, "50 %", 0.25, "25 %")], label="Uno")
    assert rects(drawn, "before")[0][1] == pytest.approx(rects(drawn, "now")[0][1] / 2)


@pytest.mark.parametrize(
    "drawn",
    [
        bars([Bar(HOSTILE, 0.5, HOSTILE)], label=HOSTILE),
        bars([], label="Nada"),
        radar(["1", HOSTILE, "3"], [Series([0.1, None, 1.4])], label=HOSTILE),
    ],
)
def test_every_chart_is_well_formed_and_holds_no_script_or_style(drawn):
    root = ElementTree.fromstring(drawn)  # noqa: S314 our own markup
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert names <= {"svg", "title", "g", "rect", "text", "polygon", "line", "circle"}
    assert not [element for element in root.iter() if "style" in element.attrib]


def test_a_radar_needs_three_axes_and_is_not_drawn_for_a_crowd():
    with pytest.raises(ValueError, match="three axes"):
        radar(["1", "2"], [Series([0.1, 0.2])], label="Poco")
    assert [can_be_radar(count) for count in (2, 3, 12, 13)] == [False, True, True, False]


def test_a_gap_in_a_radar_breaks_the_line_and_fills_nothing():
    whole = radar(["1", "2", "3"], [Series([0.1, 0.2, 0.3])], label="Todo")
    broken = radar(["1", "2", "3"], [Series([0.1, None, 0.3])], label="Con hueco")
    assert whole.count("chart__line--now") == 3
    assert broken.count("chart__line--now") == 1
    assert "chart__area" in whole
    assert "chart__area" not in broken


def test_long_labels_take_two_lines_at_most():
    lines = text_lines("Una sección de nombre larguísimo que no entra " * 5, 360)
    assert len(lines) == 2
    assert lines[1].endswith("…")


def test_the_style_guide_shows_a_figure(client, db):
    page = client.get("/guia-de-estilo/").content.decode()
    assert "chart--radar" in page
    assert "chart--bars" in page
    assert "figura-ejemplo-caption" in page
    assert page.count("chart--quartiles") == 2
