"""A score is exact, explained, and moves only as its questionnaire says."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluate.engine.scoring import NOT_RELEVANT, Score, score
from evaluate.engine.state import FormState
from tests.evaluate.form_workbooks import NOW, read, scored_form

LEVELS = ("0", "1", "2", "3")
CHOICES = [
    {"list_name": "l", "name": "bad", "label": "Mal", "points": -1},
    {"list_name": "l", "name": "fair", "label": "Regular", "points": "0.1"},
    {"list_name": "l", "name": "good", "label": "Bien", "points": 2},
]


def result(definition, **answers):
    state = FormState(definition, {f"/{name}": value for name, value in answers.items()}, now=NOW)
    return score(definition, state)


def test_points_over_maximum_weighs_each_question():
    definition = scored_form(("a", "2", LEVELS), ("b", "0.5", LEVELS))
    found = result(definition, a="c1", b="c3")
    assert (found.points, found.maximum, found.share) == (Fraction(7, 2), Fraction(15, 2), Fraction(7, 15))


def test_no_answer_is_no_points_and_counts_in_the_maximum():
    found = result(scored_form(("a", "1", LEVELS), ("b", "1", LEVELS)), a="c3")
    assert (found.share, found.asked, found.answered) == (Fraction(1, 2), 2, 1)


def test_what_is_not_relevant_counts_on_neither_side_and_says_so():
    survey = [
        {"type": "select_one l", "name": "a", "label": "A"},
        {"type": "select_one l", "name": "b", "label": "B", "relevant": "${a} = 'good'"},
    ]
    definition = read(survey, CHOICES).definition
    found = result(definition, a="fair", b="good")
    assert found.share == Fraction(1, 20)
    assert [(each.path, each.excluded_because) for each in found.questions] == [
        ("/a", ""),
        ("/b", NOT_RELEVANT),
    ]
    assert found.questions[1].answer == ""


def test_points_may_be_negative_and_several_choices_add_up():
    survey = [
        {"type": "select_one l", "name": "a", "label": "A"},
        {"type": "select_multiple l", "name": "b", "label": "B"},
    ]
    found = result(read(survey, CHOICES).definition, a="bad", b="fair bad")
    one, several = found.questions
    assert (one.points, one.maximum) == (Fraction(-1), Fraction(2))
    assert (several.points, several.maximum) == (Fraction(-9, 10), Fraction(21, 10))
    assert several.answer_labels == ("Regular", "Mal")


def test_sections_have_their_own_share_and_those_without_points_none():
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
    assert [(each.key, each.label, each.share) for each in found.sections] == [
        ("g", "Salud", Fraction(1)),
        ("r", "Centros", Fraction(21, 40)),
    ]
    assert (found.questions[0].area, found.questions[0].topic) == ("salud", "vacunas")


def test_a_questionnaire_without_points_has_no_share():
    found = result(read([{"type": "text", "name": "q", "label": "Q"}]).definition, q="x")
    assert (found.share, found.maximum, found.sections, found.questions) == (None, 0, (), ())


def test_a_score_survives_its_json():
    found = result(scored_form(("a", "1/3", LEVELS), ("b", "1", LEVELS)), a="c1")
    data = json.loads(json.dumps(found.to_json()))
    assert data["points"] == "1/3"
    assert Score.from_json(data) == found


weights = st.sampled_from(["0", "0.1", "1", "2.5", "3"])
points = st.lists(st.integers(-5, 9).map(str), min_size=2, max_size=5)
question_sets = st.lists(st.tuples(weights, points), min_size=1, max_size=8)


def answered(questions, picks):
    """A questionnaire and answers to it; a pick out of range leaves its question open."""
    definition = scored_form(*((f"q{place}", weight, each) for place, (weight, each) in enumerate(questions)))
    answers = {
        f"q{place}": f"c{pick}"
        for place, ((_weight, each), pick) in enumerate(zip(questions, picks, strict=False))
        if pick < len(each)
    }
    return definition, answers


@given(
    question_sets, st.lists(st.integers(0, 5), min_size=8, max_size=8), st.integers(0, 7), st.integers(0, 4)
)
def test_a_better_answer_never_lowers_the_score(questions, picks, which, better):
    definition, answers = answered(questions, picks)
    name = f"q{which % len(questions)}"
    choices = definition.choice_lists[name]
    chosen = choices[better % len(choices)]
    now = result(definition, **answers)
    then = result(definition, **{**answers, name: chosen.name})
    before = int(choices[int(answers[name][1:])].points) if name in answers else 0
    if int(chosen.points) >= before:
        assert then.points >= now.points
        assert then.maximum == now.maximum


@given(question_sets, st.lists(st.integers(0, 5), min_size=8, max_size=8), st.integers(0, 7))
def test_excluding_a_question_equals_removing_it(questions, picks, which):
    definition, answers = answered(questions, picks)
    place = which % len(questions)
    before, one, after = definition.items[:place], definition.items[place], definition.items[place + 1 :]
    hidden = replace(definition, items=(*before, replace(one, relevant="false()"), *after))
    removed = replace(definition, items=(*before, *after))
    without = {name: value for name, value in answers.items() if name != f"q{place}"}
    excluded, gone = result(hidden, **answers), result(removed, **without)
    assert (excluded.points, excluded.maximum, excluded.asked) == (gone.points, gone.maximum, gone.asked)


@given(question_sets, st.lists(st.integers(0, 5), min_size=8, max_size=8))
def test_the_explanation_recomputes_to_the_score(questions, picks):
    definition, answers = answered(questions, picks)
    found = Score.from_json(result(definition, **answers).to_json())
    counted = [each for each in found.questions if each.counted]
    assert sum(each.weight * each.points for each in counted) == found.points
    assert sum(each.weight * each.maximum for each in counted) == found.maximum
    assert sum(section.points for section in found.sections) == found.points
    assert sum(section.maximum for section in found.sections) == found.maximum


@pytest.mark.parametrize("pick", range(4))
def test_the_share_of_one_criterion_is_its_level(pick):
    assert result(scored_form(("a", "3", LEVELS)), a=f"c{pick}").share == Fraction(pick, 3)
