"""What keeps two views from being subtracted, without a database."""

from hypothesis import given
from hypothesis import strategies as st

from evaluate.benchmark.figures import Quartiles, whole_percent
from evaluate.benchmark.position import Position, position_of
from evaluate.benchmark.separation import (
    View,
    differing,
    held_by,
    keys_too_close,
    leaves_a_few,
    mask_of,
    too_close,
)

RESULTS = st.dictionaries(st.integers(1, 30), st.integers(1, 3), max_size=20)


def test_a_town_with_another_run_counts_once():
    assert differing({1: 10, 2: 20}, {1: 11, 2: 20}) == 1
    assert differing({1: 10, 2: 20}, {1: 11, 3: 30}) == 3


@given(RESULTS, RESULTS)
def test_too_close_is_one_to_four_towns_whichever_is_looked_at_first(one, other):
    towns = {town for town in one.keys() | other.keys() if one.get(town) != other.get(town)}
    assert too_close(one, other) == (1 <= len(towns) <= 4) == too_close(other, one)


@given(st.lists(st.integers(1, 10**9), unique=True, min_size=1, max_size=300), st.data())
def test_what_is_written_of_holders_is_read_again(towns, data):
    held = data.draw(st.sets(st.sampled_from(towns)))
    assert held_by(towns, mask_of(towns, held)) == held


def test_a_criterion_that_few_left_out_is_compared_on_its_own():
    seven = {town: town for town in range(7)}
    twelve = {town: town for town in range(12)}
    one = View(seven, {"total": 7, "criterion:a": 7}, {})
    other = View(twelve, {"total": 12, "criterion:a": 8}, {"criterion:a": frozenset(range(8))})
    assert not too_close(one.results, other.results)
    assert keys_too_close(other, one) == {"criterion:a"}


def test_what_everybody_can_read_is_taken_out_of_a_view_with_what_it_holds_of_each_criterion():
    view = View({1: 10, 2: 20, 3: 30}, {"total": 3, "criterion:a": 2}, {"criterion:a": frozenset({1, 2})})
    left = view.without({10})
    assert left == View({2: 20, 3: 30}, {"total": 2, "criterion:a": 1}, {"criterion:a": frozenset({2})})
    assert left.few() == {"total", "criterion:a"}
    assert not view.without({10, 20, 30}).few()


def test_the_parts_of_a_whole_may_leave_none_or_at_least_five():
    whole = range(20)
    assert not leaves_a_few(whole, [range(20)])
    assert leaves_a_few(whole, [range(10), range(10, 18)])
    assert not leaves_a_few(whole, [range(10), range(10, 15)])


def test_a_half_is_rounded_up_whatever_binary_fractions_make_of_it():
    assert [whole_percent(share) for share in (0.285, 0.575, 0.005, 0.0, 1.0, 0.004999)] == [
        29,
        58,
        1,
        0,
        100,
        0,
    ]


def test_the_position_is_a_quarter_and_not_a_rank():
    quartiles = Quartiles(9, 20, 50, 80)
    found = [position_of(own, quartiles) for own in (19, 20, 49, 50, 51, 80, 81)]
    assert found == [
        Position.LOWEST, Position.BELOW, Position.BELOW, Position.MEDIAN,
        Position.ABOVE, Position.ABOVE, Position.HIGHEST,
    ]  # fmt: skip
