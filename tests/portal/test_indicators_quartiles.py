"""Strips of quartiles and small columns."""

from xml.etree import ElementTree

from portal.indicators.charts.distribution import Spread, columns
from portal.indicators.charts.quartiles import Strip, quartile_strips

SVG = "{http://www.w3.org/2000/svg}"


def drawn(markup: str, name: str, class_name: str) -> list[ElementTree.Element]:
    found = ElementTree.fromstring(markup).iter(f"{SVG}{name}")  # noqa: S314 our own markup
    return [each for each in found if class_name in each.get("class", "").split()]


def test_the_box_reaches_from_quartile_to_quartile_and_the_median_stands_in_it():
    markup = quartile_strips([Strip("Agua", (0.25, 0.5, 0.75), own=1.0)], label="Agua")
    box = drawn(markup, "rect", "chart__box")[0]
    median = drawn(markup, "line", "chart__median")[0]
    left, width = float(box.get("x")), float(box.get("width"))
    assert abs(float(median.get("x1")) - (left + width / 2)) < 0.02
    # From 0 to 1 are the width without the margins; half of it lies between the quartiles.
    assert abs(width - (360 - 16) / 2) < 0.02
    assert len(drawn(markup, "polygon", "chart__own")) == 1


def test_without_figures_there_is_no_box_and_without_a_value_no_mark():
    markup = quartile_strips([Strip("Agua", None)], label="Agua")
    assert not drawn(markup, "rect", "chart__box")
    assert not drawn(markup, "polygon", "chart__own")


def test_equal_quartiles_are_still_to_be_seen_and_values_below_zero_widen_the_scale():
    markup = quartile_strips([Strip("Agua", (0.5, 0.5, 0.5), own=-0.5)], label="Agua")
    assert float(drawn(markup, "rect", "chart__box")[0].get("width")) == 2
    first_corner = drawn(markup, "polygon", "chart__own")[0].get("points").split(",")[0]
    assert float(first_corner) >= 8


def test_labels_are_escaped():
    assert "<script>" not in quartile_strips([Strip("<script>", None)], label="<script>")
    assert "<script>" not in columns(Spread("<script>", [1], "<script>"), label="<script>", most=1)


def test_columns_are_as_tall_as_their_count_and_zero_draws_nothing():
    markup = columns(Spread("Buenos Aires", [0, 2, 4]), label="Buenos Aires", most=4)
    bars = drawn(markup, "rect", "chart__bar")
    assert [float(bar.get("height")) for bar in bars] == [32, 64]
