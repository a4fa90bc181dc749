"""The explanation works every number out again, and gets the same."""

import pytest
from hypothesis import HealthCheck, given, settings

from evaluate.engine.definition import POINTS_OVER_MAXIMUM, SUM, WEIGHTED_MEAN
from evaluate.result.explanation import explanation_of
from tests.evaluate.random_forms import responses
from tests.evaluate.result_forms import asked, choices, form, scored

pytestmark = pytest.mark.django_db


def explained(found):
    return explanation_of(found.result, found.definition, "es")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(responses())
def test_every_group_and_criterion_is_worked_out_to_the_number_that_the_result_shows(response):
    found = scored(
        response.definition,
        {path[1:]: value for path, value in response.answers.items()},
        {path[1:]: why for path, why in response.not_applicable.items()},
    )
    explanation = explained(found)
    groups = [explanation.total, *explanation.areas, *(work for work, _criteria in explanation.sections)]
    assert all(work.agrees for work in groups)
    assert len(groups) == 1 + len(found.score.areas) + len(found.score.sections)
    for _work, criteria in explanation.sections:
        for each in criteria:
            stored = found.score.by_key[each.criterion.key]
            assert (each.points, each.maximum) == (stored.points, stored.maximum)
            assert each.share == stored.share


def test_the_formula_holds_the_numbers():
    definition = form(POINTS_OVER_MAXIMUM, {"s": [asked("a", "s"), asked("b", "s", weight="2.5")]})
    explanation = explained(scored(definition, {"s/a": "c2", "s/b": "c1"}))
    total = explanation.total
    assert total.formula == "(2 + 2,5) = 4,5 puntos, de (3 + 7,5) = 10,5 posibles"
    assert (total.exact, total.rounded, total.shown) == ("3/7", "0,4286", "43 %")
    _work, (first, second) = explanation.sections[0]
    assert (first.formula, second.formula) == (
        "2, de un máximo de 3",
        "2,5 × 1 = 2,5, de un máximo de 2,5 × 3 = 7,5",
    )


def test_a_mean_shows_weights_and_shares():
    definition = form(WEIGHTED_MEAN, {"s": [asked("a", "s"), asked("b", "s", weight="2")]})
    total = explained(scored(definition, {"s/a": "c2", "s/b": "c1"})).total
    assert total.formula == "(1 × 2/3 + 2 × 1/3) = 1,33, sobre los pesos: (1 + 2) = 3"


def test_levels_begin_in_points_for_a_sum_and_in_per_cent_otherwise():
    sections = {"s": [asked("a", "s")]}
    in_points = explained(scored(form(SUM, sections, level_thresholds=("0", "1", "2", "3")), {"s/a": "c2"}))
    assert in_points.levels[1] == "En desarrollo: desde 1 puntos"
    evenly = explained(scored(form(POINTS_OVER_MAXIMUM, sections), {"s/a": "c2"}))
    assert evenly.levels[1] == "En desarrollo: desde 25 % del máximo"


def test_a_score_that_does_not_agree_with_its_questions_is_noticed():
    definition = form(POINTS_OVER_MAXIMUM, {"s": [asked("a", "s")]}, lists={"l": choices("0", "1")})
    found = scored(definition, {"s/a": "c1"})
    result = found.result
    wrong = type(result.total)(**{**result.total.__dict__, "share": result.total.share / 2})
    explanation = explanation_of(type(result)(**{**result.__dict__, "total": wrong}), definition, "es")
    assert not explanation.total.agrees
