"""A score is exact, explained, and follows the method that its questionnaire declares: worked examples."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from evaluate.engine.definition import Choice, FormDefinition, Question
from evaluate.engine.question_types import QuestionType
from evaluate.engine.scoring import (
    NO_MAXIMUM,
    NOT_APPLICABLE,
    NOT_RELEVANT,
    Score,
    score,
    scoring_signature,
)
from evaluate.engine.state import FormState
from tests.evaluate.form_workbooks import NOW, read, scored_form

LEVELS = ("0", "1", "2", "3")
CHOICES = [
    {"list_name": "l", "name": "bad", "label": "Mal", "points": -1},
    {"list_name": "l", "name": "fair", "label": "Regular", "points": "0.1"},
    {"list_name": "l", "name": "good", "label": "Bien", "points": 2},
]
HALF, THIRD, NAMES = Fraction(1, 2), Fraction(1, 3), ({"es": "Inicial"}, {"es": "Medio"}, {"es": "Alto"})


def result(definition, not_applicable=None, **answers):
    given = {f"/{name}": value for name, value in answers.items()}
    return score(definition, FormState(definition, given, now=NOW, not_applicable=not_applicable))


def form(scoring="points_over_maximum", **fields):
    """Three criteria of 0 to 3 points that weigh 2, 1 and 1."""
    definition = scored_form(("a", "2", LEVELS), ("b", "1", LEVELS), ("c", "1", LEVELS))
    return replace(definition, scoring=scoring, **fields)


def with_question(definition, which, **fields):
    items = tuple(replace(item, **fields) if item.name == which else item for item in definition.items)
    return replace(definition, items=items)


def test_points_over_maximum_weighs_each_question():
    found = result(scored_form(("a", "2", LEVELS), ("b", "0.5", LEVELS)), a="c1", b="c3")
    assert (found.total.points, found.total.maximum, found.share) == (HALF * 7, HALF * 15, Fraction(7, 15))


def test_a_weighted_mean_counts_each_criterion_by_its_weight_whatever_its_scale():
    definition = replace(scored_form(("a", "2", LEVELS), ("b", "1", ("0", "10"))), scoring="weighted_mean")
    found = result(definition, a="c1", b="c1")
    assert found.share == (2 * THIRD + 1) / 3
    assert result(replace(definition, scoring="points_over_maximum"), a="c1", b="c1").share == Fraction(
        12, 16
    )


def test_a_sum_gives_points_and_its_levels_begin_at_points():
    definition = form("sum", level_names=NAMES, level_thresholds=("0", "3", "10.5"))
    found = result(definition, a="c1", b="c1")
    assert (found.total.points, found.total.maximum, found.total.level) == (3, 12, 1)
    assert result(definition, a="c1").total.level == 0
    assert result(definition, a="c3", b="c3", c="c2").total.level == 2
    assert [section.level for section in found.sections] == [None], (
        "points of the whole say nothing of a part"
    )


def test_the_minimum_is_as_strong_as_the_weakest_criterion():
    assert result(form("minimum"), a="c3", b="c1", c="c3").share == THIRD
    assert result(form("minimum"), a="c3", b="c3").share == 0


@pytest.mark.parametrize(
    ("answers", "reached", "level"),
    [
        ({"a": "c3", "b": "c3", "c": "c3"}, Fraction(1), 2),
        ({"a": "c3", "b": "c3", "c": "c2"}, HALF, 1),
        ({"a": "c2", "b": "c3", "c": "c3"}, Fraction(0), 0),
        ({"c": "c3"}, Fraction(0), 0),
    ],
)
def test_with_stages_all_of_the_first_comes_before_the_second(answers, reached, level):
    definition = with_question(form("staged", level_names=NAMES), "c", stage=2)
    found = result(definition, **answers)
    assert (found.share, found.total.level) == (reached, level)


def test_a_stage_is_met_at_the_share_that_a_criterion_says():
    definition = with_question(form("staged", level_names=NAMES), "a", met_at="2/3")
    assert result(definition, a="c2", b="c3", c="c3").share == 1
    assert result(definition, a="c1", b="c3", c="c3").share == 0
    assert [each.is_met for each in result(definition, a="c1", b="c3").criteria] == [False, True, False]


@pytest.mark.parametrize(("pick", "level"), [("c0", 0), ("c1", 0), ("c2", 1), ("c3", 2)])
def test_levels_begin_at_their_thresholds(pick, level):
    definition = form(level_names=NAMES, level_thresholds=("0", "66.6", "90"))
    assert result(definition, a=pick, b=pick, c=pick).total.level == level


def test_without_thresholds_the_levels_divide_the_way_evenly():
    definition = form(level_names=NAMES)
    assert [result(definition, **dict.fromkeys("abc", f"c{pick}")).total.level for pick in range(4)] == [
        0,
        1,
        2,
        2,
    ]


def test_no_answer_is_no_points_and_counts_in_the_maximum():
    found = result(scored_form(("a", "1", LEVELS), ("b", "1", LEVELS)), a="c3")
    assert (found.share, found.total.counted, found.total.answered) == (HALF, 2, 1)


def test_what_is_not_relevant_counts_on_neither_side_and_says_so():
    survey = [
        {"type": "select_one l", "name": "a", "label": "A"},
        {"type": "select_one l", "name": "b", "label": "B", "relevant": "${a} = 'good'"},
    ]
    found = result(read(survey, CHOICES).definition, a="fair", b="good")
    assert found.share == Fraction(1, 20)
    assert [(each.key, each.excluded_because, each.share) for each in found.criteria] == [
        ("a", "", Fraction(1, 20)),
        ("b", NOT_RELEVANT, None),
    ]
    assert found.questions[1].answer == ""


@pytest.mark.parametrize(
    ("rule", "share", "because"), [("excluded", Fraction(1), NOT_APPLICABLE), ("counted", HALF, "")]
)
def test_not_applicable_leaves_both_sides_or_counts_as_nothing(rule, share, because):
    found = result(form(not_applicable=rule), {"/a": "No hay costa."}, a="c3", b="c3", c="c3")
    assert found.share == share
    assert (found.criteria[0].excluded_because, found.questions[0].reason) == (because, "No hay costa.")
    assert found.questions[0].answer == ""


def test_where_not_applicable_is_refused_the_answer_counts():
    assert result(form(not_applicable="no"), {"/a": "No."}, a="c3", b="c3", c="c3").share == 1


def test_with_everything_excluded_there_is_no_score_and_no_level():
    reasons = {f"/{name}": "No aplica." for name in "abc"}
    for method in ("points_over_maximum", "weighted_mean", "sum", "minimum", "staged"):
        found = result(form(method, not_applicable="excluded", level_names=NAMES), reasons)
        assert (found.share, found.total.level, found.total.excluded) == (None, None, 3)


def test_points_may_be_negative_and_several_choices_add_up():
    survey = [
        {"type": "select_one l", "name": "a", "label": "A"},
        {"type": "select_multiple l", "name": "b", "label": "B"},
    ]
    found = result(read(survey, CHOICES).definition, a="bad", b="fair bad fair")
    one, several = found.questions
    assert (one.points, one.maximum) == (Fraction(-1), Fraction(2))
    assert (several.points, several.maximum) == (Fraction(-9, 10), Fraction(21, 10))
    assert found.share == Fraction(-19, 41)


def test_a_mere_penalty_takes_points_off_a_sum_and_has_no_share_of_its_own():
    definition = scored_form(("a", "1", LEVELS), ("p", "1", ("0", "-2")))
    assert result(definition, a="c3", p="c1").share == THIRD
    found = result(replace(definition, scoring="weighted_mean"), a="c3", p="c1")
    assert (found.share, found.criteria[1].excluded_because) == (1, NO_MAXIMUM)


def test_questions_of_one_criterion_are_scored_together():
    definition = scored_form(("a", "1", LEVELS), ("b", "1", LEVELS), ("c", "2", LEVELS))
    for name in "ab":
        definition = with_question(definition, name, criterion="plan")
    found = result(replace(definition, scoring="weighted_mean"), a="c3", b="c0", c="c3")
    assert [(each.key, each.weight, each.share) for each in found.criteria] == [
        ("plan", 2, HALF),
        ("c", 2, 1),
    ]
    assert found.share == Fraction(3, 4)


def test_a_repeated_question_weighs_once_in_a_mean_however_many_cases_there_are():
    survey = [
        {"type": "begin repeat", "name": "r", "label": "Centros"},
        {"type": "select_one l", "name": "b", "label": "B"},
        {"type": "end repeat"},
        {"type": "select_one l", "name": "c", "label": "C"},
    ]
    definition = replace(read(survey, CHOICES).definition, scoring="weighted_mean")
    answers = {"/r[1]/b": "good", "/r[2]/b": "good", "/r[3]/b": "", "/c": ""}
    found = score(definition, FormState(definition, answers, now=NOW))
    assert [(each.key, each.weight, each.share) for each in found.criteria] == [
        ("b", 1, Fraction(2, 3)),
        ("c", 1, 0),
    ]
    assert found.share == THIRD


def test_sections_and_areas_have_their_own_share():
    survey = [
        {"type": "text", "name": "note", "label": "Nota"},
        {"type": "begin group", "name": "g", "label": "Salud"},
        {"type": "select_one l", "name": "a", "label": "A", "area": "salud", "topic": "vacunas"},
        {"type": "end group"},
        {"type": "begin repeat", "name": "r", "label": "Centros"},
        {"type": "select_one l", "name": "b", "label": "B"},
        {"type": "end repeat"},
    ]
    definition = read(survey, CHOICES).definition
    answers = {"/g/a": "good", "/r[1]/b": "good", "/r[2]/b": "fair"}
    found = score(definition, FormState(definition, answers, now=NOW))
    assert [(each.key, each.share) for each in found.sections] == [("g", 1), ("r", Fraction(21, 40))]
    assert [(each.key, each.share) for each in found.areas] == [("salud", 1)]
    assert (found.criteria[0].area, found.criteria[0].topic) == ("salud", "vacunas")
    assert found.shares()["section:r"] == 0.525


def test_a_questionnaire_without_points_has_no_share():
    found = result(read([{"type": "text", "name": "q", "label": "Q"}]).definition, q="x")
    assert (found.share, found.sections, found.questions, found.signature) == (None, (), (), "")


def test_a_score_survives_its_json_and_another_format_is_refused():
    found = result(form("staged", not_applicable="excluded"), {"/a": "No hay."}, b="c1")
    data = json.loads(json.dumps(found.to_json()))
    assert Score.from_json(data) == found
    with pytest.raises(ValueError, match="unknown score format"):
        Score.from_json({**data, "format": 1})


def test_versions_that_score_alike_share_a_signature_whatever_they_say():
    definition = form()
    sign = scoring_signature(definition)
    same = [
        replace(definition, title="Otro", items=definition.items[::-1]),
        with_question(definition, "a", label={"es": "Otra redacción"}, weight="2.0", topic="agua"),
        with_question(definition, "a", name="z", path="/z", criterion="a"),
    ]
    assert {scoring_signature(each) for each in same} == {sign}
    other = [
        form("sum"),
        form(not_applicable="excluded"),
        form(level_names=NAMES),
        with_question(definition, "a", weight="3"),
        with_question(definition, "a", stage=2),
        replace(definition, items=definition.items[1:]),
        replace(definition, choice_lists={**definition.choice_lists, "a": definition.choice_lists["a"][:-1]}),
    ]
    assert len({sign, *(scoring_signature(each) for each in other)}) == len(other) + 1


def test_hidden_values_are_no_part_of_a_score():
    hidden = Question(name="h", path="/h", type=QuestionType.CALCULATE, calculation="'c1'")
    definition = FormDefinition(
        form_id="s",
        title="S",
        scoring="sum",
        items=(hidden,),
        choice_lists={"h": (Choice("c1", points="5"),)},
    )
    assert result(definition).share is None
