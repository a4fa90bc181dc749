"""A result says the right thing for each method, and where there is little or nothing to say."""

from fractions import Fraction

import pytest

from evaluate.engine.definition import (
    MINIMUM,
    POINTS_OVER_MAXIMUM,
    STAGED,
    SUM,
    WEIGHTED_MEAN,
    Group,
    Repeat,
)
from evaluate.engine.question_types import QuestionType
from evaluate.result.building import public_result_of
from tests.evaluate.result_forms import asked, choices, form, scored
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
TWO = {"plan": [asked("a", "plan"), asked("b", "plan", weight="3")], "agua": [asked("c", "agua")]}
ANSWERS = {"plan/a": "c3", "plan/b": "c1", "agua/c": "c0"}


def keys(criteria):
    return [each.key for each in criteria]


def test_points_over_the_maximum():
    result = scored(form(POINTS_OVER_MAXIMUM, TWO), ANSWERS).result
    assert (result.total.shown_points, result.total.shown_maximum, result.total.percent) == ("6", "15", 40)
    assert result.total.level_name == "En desarrollo"
    assert [(each.group.label, each.group.percent) for each in result.sections] == [("Plan", 50), ("Agua", 0)]
    assert keys(result.strengths) == ["a"]
    assert keys(result.opportunities) == ["b", "c"], "what would add most comes first"
    assert (result.next_level.name, result.next_level.shown_missing) == ("Consolidado", "1,5")
    assert keys(step.criterion for step in result.next_level.steps) == ["b"]
    assert result.next_level.steps[0].targets[0].description == "Nivel 2"


def test_a_weighted_mean_shows_shares_and_no_points():
    result = scored(form(WEIGHTED_MEAN, TWO), ANSWERS).result
    assert result.total.share == Fraction(1 + 3 * Fraction(1, 3), 5)
    assert not result.total.has_points
    assert result.next_level.unit == "share"
    assert result.next_level.shown_missing == "10"


def test_a_sum_shows_points_and_its_parts_have_no_level():
    definition = form(SUM, TWO, level_thresholds=("0", "5", "8", "12"))
    result = scored(definition, ANSWERS).result
    assert result.total.is_sum
    assert (result.total.shown_points, result.total.level_name) == ("6", "En desarrollo")
    assert [each.group.level_name for each in result.sections] == ["", ""]
    assert (result.next_level.name, result.next_level.shown_missing) == ("Consolidado", "2")


def test_the_minimum_names_its_weakest_criterion():
    result = scored(form(MINIMUM, TWO), {**ANSWERS, "agua/c": "c1"}).result
    assert result.total.percent == 33
    assert keys(result.lowest) == ["b", "c"]
    assert {each.criterion.key for each in result.next_level.steps} == {"b", "c"}


def test_stages_show_what_is_met_and_what_is_missing():
    sections = {"s": [asked("a", "s", stage=1), asked("b", "s", stage=2, met_at="0.5"), asked("c", "s", stage=2),
                      asked("d", "s", stage=3)]}  # fmt: skip
    answers = {"s/a": "c3", "s/b": "c2", "s/c": "c0", "s/d": "c3"}
    result = scored(form(STAGED, sections), answers).result
    assert [(each.name, each.is_reached) for each in result.stages] == [
        ("En desarrollo", True),
        ("Consolidado", False),
        ("Referente", False),
    ]
    assert (keys(result.stages[1].met), keys(result.stages[1].unmet)) == (["b"], ["c"])
    assert not result.stages[2].unmet
    assert result.next_level.name == "Consolidado"
    assert result.next_level.steps[0].times == 3


def test_a_total_may_be_negative():
    harsh = {"l": choices("-4", "0", "1")}
    result = scored(form(POINTS_OVER_MAXIMUM, TWO, lists=harsh), {"plan/a": "c0", "plan/b": "c0"}).result
    assert result.total.percent < 0
    assert result.total.shown_points == "−16"
    assert result.total.level == 0
    assert result.next_level.is_reachable


def test_a_section_where_nothing_is_relevant_has_no_score_which_is_not_zero():
    sections = {"plan": [asked("a", "plan")], "agua": [asked("c", "agua", relevant="/plan/a = 'c3'")]}
    result = scored(form(POINTS_OVER_MAXIMUM, sections), {"plan/a": "c1"}).result
    water = result.sections[1]
    assert (water.group.percent, water.group.shown_percent) == (None, "")
    assert "No correspondía" in water.criteria[0].exclusion
    assert result.total.percent == 33


def test_without_any_score_there_is_nothing_to_order_and_nothing_breaks():
    result = scored(
        form(POINTS_OVER_MAXIMUM, TWO), {}, dict.fromkeys(ANSWERS, "No es competencia nuestra")
    ).result
    assert result.total.percent is None
    assert result.next_level is None
    assert (result.strengths, result.opportunities) == ((), ())
    assert result.excluded[0].reasons == ["No es competencia nuestra"]


def test_what_people_wrote_and_their_names_are_not_in_a_public_result():
    found = scored(form(POINTS_OVER_MAXIMUM, TWO), ANSWERS, {"agua/c": "Lo lleva Marta"})
    public = public_result_of(found.evaluation, found.run)
    assert found.result.excluded[0].reasons == ["Lo lleva Marta"]
    assert public.excluded[0].reasons == []
    assert "Marta" not in repr(public)


def test_an_answer_that_a_label_mentions_is_not_in_a_public_result():
    name = asked("who", "plan", type=QuestionType.TEXT, choice_list="")
    labelled = asked("a", "plan", label={"es": "¿Qué hace **${who}**?"})
    definition = form(POINTS_OVER_MAXIMUM, {"plan": [name, labelled]})
    found = scored(definition, {"plan/who": "Marta", "plan/a": "c1"})
    assert found.result.criteria[0].label == "¿Qué hace Marta?"
    assert public_result_of(found.evaluation, found.run).criteria[0].label == "¿Qué hace …?"


def test_a_criterion_of_several_questions_is_called_by_its_heading_and_steps_up_its_weakest():
    one = asked("one", "s/centro", criterion="centro")
    other = asked("other", "s/centro", criterion="centro")
    inner = Group(name="centro", path="/s/centro", label={"es": "El centro"}, items=(one, other))
    definition = form(POINTS_OVER_MAXIMUM, {"s": [inner]})  # type: ignore[list-item]
    criterion = scored(definition, {"s/centro/one": "c3", "s/centro/other": "c1"}).result.criteria[0]
    assert (criterion.label, criterion.percent, len(criterion.questions)) == ("El centro", 67, 2)
    assert criterion.answer == "Nivel 3 · Nivel 1"
    assert criterion.following == "Criterio other: Nivel 2"


def test_a_repeated_question_tells_its_cases_apart():
    inner = asked("b", "s/r")
    repeat = Repeat(name="r", path="/s/r", label={"es": "Centros"}, items=(inner,))
    definition = form(POINTS_OVER_MAXIMUM, {"s": [repeat]})  # type: ignore[list-item]
    criterion = scored(definition, {"s/r[1]/b": "c3", "s/r[2]/b": "c0"}).result.criteria[0]
    assert [each.label for each in criterion.questions] == ["Criterio b (1)", "Criterio b (2)"]
    assert criterion.percent == 50


def test_policy_areas_are_told_apart_and_named():
    PolicyAreaFactory(slug="salud", name_es="Salud")
    sections = {"s": [asked("a", "s", area="salud"), asked("b", "s", area="otra")]}
    result = scored(form(POINTS_OVER_MAXIMUM, sections), {"s/a": "c3", "s/b": "c1"}).result
    assert [(each.label, each.percent) for each in result.areas] == [("Salud", 100), ("otra", 33)]
