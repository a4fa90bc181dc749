"""The laws of scoring, over random questionnaires of every method."""

import json
from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from evaluate.engine.definition import Group
from evaluate.engine.definition_json import from_json, to_json
from evaluate.engine.paths import template_path
from evaluate.engine.question_types import QuestionType
from evaluate.engine.scoring import Score, scoring_signature
from tests.evaluate.random_forms import FACT, Response, responses, scored_questions

ZERO = Fraction(0)
# A questionnaire takes a moment to draw; how long says nothing about the law.
law = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def better(draw: st.DataObject, response: Response, path: str, points: Fraction) -> str:
    """An answer to the same question that is worth as much or more."""
    question = response.definition.by_path[template_path(path)]
    choices = response.definition.choice_lists[question.choice_list]
    worth = {choice.name: Fraction(choice.points or 0) for choice in choices}
    if question.type is QuestionType.SELECT_ONE:
        options = [name for name, each in worth.items() if each >= points]
    else:
        options = [name for name, each in worth.items() if each >= 0]
    assume(options)
    more = draw.draw(st.sampled_from(options))
    return more if question.type is QuestionType.SELECT_ONE else f"{response.answers.get(path, '')} {more}"


@law
@given(responses(), st.data())
def test_a_better_answer_never_lowers_a_score(response, data):
    now = response.score
    open_ones = [
        each
        for each in now.questions
        if each.excluded_because == "" and each.path not in response.not_applicable
    ]
    assume(open_ones)
    question = data.draw(st.sampled_from(open_ones))
    answer = better(data, response, question.path, question.points)
    then = replace(response, answers={**response.answers, question.path: answer}).score
    before = {(group.kind, group.key): group for group in now.groups}
    for group in then.groups:
        was = before[group.kind, group.key]
        assert group.points >= was.points
        assert (group.maximum, group.counted) == (was.maximum, was.counted)
        assert (group.share is None) == (was.share is None)
        assert group.share is None or group.share >= was.share
        assert group.level is None or group.level >= was.level


@law
@given(responses(), st.data())
def test_excluding_a_question_equals_removing_it(response, data):
    questions = scored_questions(response.definition)
    question = data.draw(st.sampled_from(questions))
    marked = dict.fromkeys(response.cases(question), "No hay.")
    excluding = response.with_question(replace(question, not_applicable="excluded"))
    excluded = replace(excluding, not_applicable={**response.not_applicable, **marked}).score
    removed = response.without(question).score
    assert counted_groups(excluded) == counted_groups(removed)
    assert counted_criteria(excluded) == counted_criteria(removed)


@law
@given(responses(), st.data())
def test_what_is_not_relevant_scores_as_if_it_were_not_there(response, data):
    question = data.draw(st.sampled_from(scored_questions(response.definition)))
    hidden = response.with_question(replace(question, relevant="false()")).score
    assert counted_groups(hidden) == counted_groups(response.without(question).score)


def counted_groups(found: Score) -> dict:
    return {
        (group.kind, group.key): (group.points, group.maximum, group.share, group.level, group.counted)
        for group in found.groups
        if group.counted
    }


def counted_criteria(found: Score) -> dict:
    return {
        each.key: (each.section, each.area, each.weight, each.points, each.maximum, each.stage, each.is_met)
        for each in found.criteria
        if each.counted
    }


@law
@given(responses())
def test_the_explanation_recomputes_to_the_score(response):
    data = json.loads(json.dumps(response.score.to_json()))
    definition = response.definition
    for criterion in data["criteria"]:
        assert recomputed_criterion(definition, criterion) == (
            Fraction(criterion["points"]),
            Fraction(criterion["maximum"]),
        )
    for group in data["groups"]:
        field = {"section": "section", "area": "area"}.get(group["kind"])
        members = [each for each in data["criteria"] if field is None or each[field] == group["key"]]
        share = None if group["share"] is None else Fraction(group["share"])
        assert share == RECOMPUTED[data["method"]](
            [each for each in members if "excluded_because" not in each]
        )


def recomputed_criterion(definition, criterion: dict) -> tuple[Fraction, Fraction]:
    points = maximum = ZERO
    for question in criterion["questions"]:
        if "excluded_because" in question:
            continue
        asked = definition.by_path[template_path(question["path"])]
        worth = {c.name: Fraction(c.points or 0) for c in definition.choice_lists[asked.choice_list]}
        given_points = sum((worth[name] for name in question["answer"].split()), ZERO)
        assert given_points == Fraction(question["points"])
        points += Fraction(asked.weight) * given_points
        good = [each for each in worth.values() if each > 0] or [ZERO]
        maximum += Fraction(asked.weight) * (
            max(good) if asked.type is QuestionType.SELECT_ONE else sum(good)
        )
    return points, maximum


def share_of(criterion: dict) -> Fraction:
    return Fraction(criterion["points"]) / Fraction(criterion["maximum"])


def over_maximum(criteria: list[dict]) -> Fraction | None:
    maximum = sum((Fraction(each["maximum"]) for each in criteria), ZERO)
    return sum((Fraction(each["points"]) for each in criteria), ZERO) / maximum if maximum else None


def mean(criteria: list[dict]) -> Fraction | None:
    weights = sum((Fraction(each["weight"]) for each in criteria), ZERO)
    weighted = sum((Fraction(each["weight"]) * share_of(each) for each in criteria), ZERO)
    return weighted / weights if weights else None


def lowest(criteria: list[dict]) -> Fraction | None:
    return min(map(share_of, criteria)) if criteria else None


def stages(criteria: list[dict]) -> Fraction | None:
    reached, levels = 0, sorted({each["stage"] for each in criteria})
    while reached < len(levels) and all(
        each["is_met"] for each in criteria if each["stage"] <= levels[reached]
    ):
        reached += 1
    return Fraction(reached, len(levels)) if levels else None


RECOMPUTED = {
    "points_over_maximum": over_maximum,
    "sum": over_maximum,
    "weighted_mean": mean,
    "minimum": lowest,
    "staged": stages,
}


@law
@given(responses())
def test_the_sections_points_add_up_to_the_whole(response):
    found = response.score
    if found.method not in {"points_over_maximum", "sum", "weighted_mean"}:
        return
    assert sum((section.points for section in found.sections), ZERO) == found.total.points
    assert sum((section.maximum for section in found.sections), ZERO) == found.total.maximum
    assert sum(section.counted for section in found.sections) == found.total.counted


@law
@given(responses())
def test_a_score_and_its_questionnaire_survive_their_json(response):
    found = response.score
    assert Score.from_json(json.loads(json.dumps(found.to_json()))) == found
    again = from_json(json.loads(json.dumps(to_json(response.definition))))
    assert replace(response, definition=again).score == found


@law
@given(responses(), st.randoms(use_true_random=False))
def test_the_order_of_answers_and_questions_does_not_matter(response, chance):
    found = response.score
    answers = list(response.answers.items())
    chance.shuffle(answers)
    assert replace(response, answers=dict(answers)).score == found
    items = list(response.definition.items)
    chance.shuffle(items)
    moved = replace(response, definition=replace(response.definition, items=tuple(items))).score
    assert (moved.total, moved.signature) == (found.total, found.signature)


@law
@given(responses(), st.data())
def test_texts_and_sections_leave_the_signature_alone_and_weights_and_points_do_not(response, data):
    definition = response.definition
    sign = scoring_signature(definition)
    question = data.draw(st.sampled_from(scored_questions(definition)))
    worded = replace(question, label={"es": "Otra"}, hint={"es": "Más"}, topic="otro", area="otra")
    assert scoring_signature(response.with_question(worded).definition) == sign
    inside = tuple(
        replace(each, path=f"/x/{each.name}")
        for item in definition.items
        if isinstance(item, Group)
        for each in item.items
    )
    together = replace(definition, items=(FACT, Group(name="x", path="/x", items=inside)))
    assert scoring_signature(together) == sign
    heavier = replace(question, weight=str(Fraction(question.weight) + 1))
    assert scoring_signature(response.with_question(heavier).definition) != sign
    first, *rest = definition.choice_lists[question.choice_list]
    richer = replace(first, points=str(Fraction(first.points or 0) + 1))
    lists = {**definition.choice_lists, question.choice_list: (richer, *rest)}
    assert scoring_signature(replace(definition, choice_lists=lists)) != sign
