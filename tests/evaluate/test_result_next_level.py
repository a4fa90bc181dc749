"""What is missing for the next level really gets there, and by the shortest list."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluate.engine.definition import MINIMUM, POINTS_OVER_MAXIMUM, STAGED, SUM, WEIGHTED_MEAN, Choice
from evaluate.engine.question_types import QuestionType
from evaluate.engine.scoring import score
from evaluate.result.climbing import Ladder, step_up
from evaluate.result.next_level import way_up, worth
from tests.evaluate.result_forms import asked, choices, form, scored, state_with

LISTS = {
    "steep": choices("0", "1", "5"),
    "harsh": choices("-2", "0", "3"),
    "odd": choices("0", "0.1", "0.4", "1.7"),
    "many": choices("1", "2", "-1"),
}
METHODS = [POINTS_OVER_MAXIMUM, WEIGHTED_MEAN, SUM, MINIMUM, STAGED]


@st.composite
def responses(draw, methods=tuple(METHODS)):
    """A questionnaire of some criteria by any method, and some answers to it."""
    method = draw(st.sampled_from(methods))
    questions, answers = [], {}
    for place in range(draw(st.integers(1, 6))):
        listed = draw(st.sampled_from(["l", *LISTS]))
        several = listed == "many"
        question = asked(
            f"q{place}",
            "s",
            choice_list=listed,
            type=QuestionType.SELECT_MULTIPLE if several else QuestionType.SELECT_ONE,
            weight=draw(st.sampled_from(["1", "2", "0.5", "0"])),
            criterion=draw(st.sampled_from(["", "", "juntos"])),
            stage=draw(st.integers(1, 3)) if method == STAGED else None,
            met_at=draw(st.sampled_from(["1", "0.5"])) if method == STAGED else "1",
        )
        questions.append(question)
        options = [choice.name for choice in ({"l": choices("0", "1", "2", "3")} | LISTS)[listed]]
        picked = draw(st.lists(st.sampled_from(options), max_size=3 if several else 1, unique=True))
        if picked:
            answers[f"s/{question.name}"] = " ".join(picked)
    thresholds = draw(st.sampled_from([(), ("0", "25", "50", "90")])) if method != STAGED else ()
    definition = form(method, {"s": questions}, lists=LISTS, level_thresholds=thresholds)
    return definition, answers


def rescored(definition, answers, way):
    raised = {question.path.lstrip("/"): question.answer for climb in way.climbs for question in climb.raised}
    return score(definition, state_with(definition, answers | raised))


@given(responses())
def test_answering_what_the_list_says_reaches_the_next_level(response):
    definition, answers = response
    before = score(definition, state_with(definition, answers))
    way = way_up(definition, before)
    if way is None or not way.is_reachable:
        return
    after = rescored(definition, answers, way)
    if definition.scoring == STAGED:
        assert after.total.points > before.total.points
    else:
        assert way.place == before.total.level + 1
        assert after.total.level >= way.place


@given(responses((POINTS_OVER_MAXIMUM, WEIGHTED_MEAN, SUM)))
def test_no_shorter_list_of_next_steps_gets_there(response):
    definition, answers = response
    before = score(definition, state_with(definition, answers))
    way = way_up(definition, before)
    if way is None or not way.is_reachable or any(climb.times > 1 for climb in way.climbs):
        return
    steps = [(each, step_up(Ladder(definition), each)) for each in before.criteria if each.counted]
    gains = [worth(before.method, after) - worth(before.method, each) for each, after in steps if after]
    missing = way.missing * before.total.maximum if way.unit == "share" else way.missing
    for shorter in combinations(gains, len(way.climbs) - 1):
        assert sum(shorter, Fraction(0)) < missing


@given(responses())
def test_what_cannot_be_reached_is_not_reached_by_the_best_answers_either(response):
    definition, answers = response
    before = score(definition, state_with(definition, answers))
    way = way_up(definition, before)
    if way is None or way.is_reachable:
        return
    best = dict(answers)
    for each in before.criteria:
        after = each
        while (following := step_up(Ladder(definition), after)) is not None:
            after = following
        best |= {question.path.lstrip("/"): question.answer for question in after.questions}
    found = score(definition, state_with(definition, best))
    if definition.scoring == STAGED:
        assert found.total.points == before.total.points
    else:
        assert found.total.level < way.place


@pytest.mark.parametrize("method", METHODS)
def test_at_the_top_nothing_is_missing(method):
    definition = form(method, {"s": [asked("a", "s"), asked("b", "s")]})
    top = score(definition, state_with(definition, {"s/a": "c3", "s/b": "c3"}))
    assert way_up(definition, top) is None


def test_without_levels_or_without_a_score_there_is_no_next_level():
    definition = form(SUM, {"s": [asked("a", "s")]}, level_names=())
    assert way_up(definition, score(definition, state_with(definition, {}))) is None
    leveled = form(SUM, {"s": [asked("a", "s")]})
    away = state_with(leveled, {}, {"s/a": "No hay"})
    assert way_up(leveled, score(leveled, away)) is None


def test_the_heaviest_step_comes_before_two_light_ones():
    questions = [asked("a", "s"), asked("b", "s"), asked("c", "s", weight="4")]
    definition = form(POINTS_OVER_MAXIMUM, {"s": questions}, level_thresholds=("0", "20", "60", "90"))
    found = score(definition, state_with(definition, {"s/a": "c0", "s/b": "c0", "s/c": "c0"}))
    way = way_up(definition, found)
    assert way is not None
    assert [climb.before.key for climb in way.climbs] == ["c"]
    assert way.missing == Fraction(18, 5)


def test_stages_name_the_unmet_criteria_of_the_next_stage_only():
    questions = [
        asked("a", "s", stage=1),
        asked("b", "s", stage=2),
        asked("c", "s", stage=2),
        asked("d", "s", stage=3),
    ]
    definition = form(STAGED, {"s": questions})
    found = score(definition, state_with(definition, {"s/a": "c3", "s/b": "c3", "s/c": "c1", "s/d": "c0"}))
    way = way_up(definition, found)
    assert way is not None
    assert (way.place, [climb.before.key for climb in way.climbs]) == (2, ["c"])


def test_no_step_leads_to_a_choice_that_the_other_answers_do_not_offer():
    """A small town is not offered the answers of a big one: its next level is found among its own."""
    size = asked("size", "s", choice_list="sizes", label={"es": "Tamaño"})
    asks = asked("a", "s", choice_list="filtered", choice_filter="size = ${size}")
    both = ("small", "big")
    filtered = tuple(
        Choice(f"{size}{points}", {"es": f"{size} {points}"}, {"size": size}, points=str(points))
        for size in both
        for points in ((0, 2, 3) if size == "small" else (0, 1, 3))
    )
    definition = form(
        POINTS_OVER_MAXIMUM,
        {"s": [size, asks]},
        lists={"sizes": tuple(Choice(name) for name in both), "filtered": filtered},
    )
    found = scored(definition, {"s/size": "small", "s/a": "small0"}).result
    assert [each.following for each in found.criteria if each.key == "a"] == ["small 2"]
    assert found.next_level is not None
    (step,) = found.next_level.steps
    assert [target.description for target in step.targets] == ["small 2"]
