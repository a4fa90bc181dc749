"""What moved since an earlier run, by the criteria's keys."""

import pytest

from evaluate.engine.definition import POINTS_OVER_MAXIMUM, WEIGHTED_MEAN
from evaluate.result.figures import area_figure, section_figure
from evaluate.result.movement import movement_since
from tests.evaluate.result_forms import asked, form, scored

pytestmark = pytest.mark.django_db


def moved(before, now):
    return movement_since(now.result, now.run, before.run)


def labels(changes):
    return [change.label for change in changes]


def test_criteria_are_matched_by_their_keys_wherever_they_stand_now():
    before = scored(
        form(POINTS_OVER_MAXIMUM, {"s": [asked("a", "s"), asked("b", "s"), asked("c", "s")]}),
        {"s/a": "c0", "s/b": "c3", "s/c": "c1"},
    )
    now = scored(
        form(POINTS_OVER_MAXIMUM, {"t": [asked("c", "t"), asked("a", "t"), asked("b", "t")]}),
        {"t/a": "c2", "t/b": "c2", "t/c": "c1"},
    )
    movement = moved(before, now)
    assert (labels(movement.up), labels(movement.down), labels(movement.same)) == (
        ["Criterio a"],
        ["Criterio b"],
        ["Criterio c"],
    )
    assert (movement.up[0].shown_before, movement.up[0].shown_now, movement.up[0].shown_difference) == (
        "0 %",
        "67 %",
        "+67",
    )
    assert movement.is_comparable
    assert movement.differences == ()
    assert [change.direction for change in movement.sections] == ["new", "gone"]


def test_new_and_removed_criteria_are_named_and_totals_are_said_not_to_compare():
    before = scored(form(POINTS_OVER_MAXIMUM, {"s": [asked("a", "s"), asked("old", "s")]}), {"s/a": "c1"})
    now = scored(
        form(POINTS_OVER_MAXIMUM, {"s": [asked("a", "s", weight="2"), asked("new", "s")]}), {"s/a": "c1"}
    )
    movement = moved(before, now)
    assert (labels(movement.new), labels(movement.gone)) == (["Criterio new"], ["Criterio old"])
    assert not movement.is_comparable
    assert movement.differences == (
        "Hay 1 criterio nuevo.",
        "Ya no está 1 criterio.",
        "1 criterio pesa o puntúa distinto.",
    )


def test_another_method_is_said_by_name():
    sections = {"s": [asked("a", "s")]}
    movement = moved(
        scored(form(POINTS_OVER_MAXIMUM, sections), {"s/a": "c1"}),
        scored(form(WEIGHTED_MEAN, sections), {"s/a": "c1"}),
    )
    assert "puntos sobre el máximo; ahora: promedio ponderado" in movement.differences[0]


def test_what_counted_only_once_neither_rose_nor_fell():
    definition = form(POINTS_OVER_MAXIMUM, {"s": [asked("a", "s"), asked("b", "s")]})
    before = scored(definition, {"s/a": "c1"}, {"s/b": "No hay"})
    movement = moved(before, scored(definition, {"s/a": "c1", "s/b": "c0"}))
    assert labels(movement.unknown) == ["Criterio b"]
    assert movement.unknown[0].shown_difference == ""
    assert movement.differences == ("1 criterio contó solo una de las dos veces.",)


def test_a_move_smaller_than_half_a_point_is_not_shown_as_none():
    questions = [asked(f"q{place}", "s") for place in range(100)]
    definition = form(POINTS_OVER_MAXIMUM, {"s": questions})
    movement = moved(scored(definition, {}), scored(definition, {"s/q0": "c1"}))
    assert (movement.total.direction, movement.total.shown_difference) == ("up", "+<1")


def test_a_run_in_a_format_of_before_is_not_compared():
    found = scored(form(POINTS_OVER_MAXIMUM, {"s": [asked("a", "s")]}), {"s/a": "c1"})
    old = scored(form(POINTS_OVER_MAXIMUM, {"s": [asked("a", "s")]}), {"s/a": "c1"})
    old.run.result = {"format": 1}
    assert moved(old, found) is None


def test_the_numbers_in_a_figure_s_charts_are_those_of_its_table():
    sections = {name: [asked(f"{name}1", name)] for name in ("uno", "dos", "tres")}
    definition = form(POINTS_OVER_MAXIMUM, sections)
    before = scored(definition, {"uno/uno1": "c1", "dos/dos1": "c3"}, {"tres/tres1": "No hay"})
    now = scored(definition, {"uno/uno1": "c3", "dos/dos1": "c2", "tres/tres1": "c0"})
    figure = section_figure(now.result, moved(before, now))
    radar, bars = figure.charts
    assert [row[:2] for row in figure.table.rows] == [
        ["1. Uno", "100 %"],
        ["2. Dos", "67 %"],
        ["3. Tres", "0 %"],
    ]
    assert [row[3:5] for row in figure.table.rows] == [["33 %", "+67"], ["100 %", "−33"], ["—", "—"]]
    for text in ("100 %", "67 %", "0 %", "33 %", ">—<"):
        assert text in bars
    assert radar.count("chart__dot--now") == 3
    assert radar.count("chart__dot--before") == 2, "no data is not zero"
    assert "chart__area--before" not in radar


def test_two_sections_have_no_radar_and_one_area_no_figure():
    definition = form(POINTS_OVER_MAXIMUM, {"s": [asked("a", "s")], "t": [asked("b", "t")]})
    result = scored(definition, {"s/a": "c1"}).result
    assert len(section_figure(result).charts) == 1
    assert area_figure(result) is None
