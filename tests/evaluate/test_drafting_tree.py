"""Rearranging a draft: pure functions with laws."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluate.drafting.bindings import bindings, mentioning
from evaluate.drafting.refusals import EditRefused
from evaluate.drafting.tree import (
    children_of,
    place_of,
    repathed,
    with_item_added,
    with_item_duplicated,
    with_item_moved,
    with_item_removed,
    with_item_shifted,
)
from evaluate.engine.definition import FormDefinition, Group, Question
from evaluate.engine.dependencies import parent_path
from evaluate.engine.question_types import QuestionType
from evaluate.engine.xlsform.limits import MAX_NESTING
from tests.evaluate.drafts import content, entangled, groups, paths, two_of_one_name

FORM = entangled()
BIG = content("ambiente-y-clima")
few = settings()


def is_sound(definition: FormDefinition) -> bool:
    """Whether every item knows where it is, and none stands on another's place."""
    placed = tuple(repathed(item, "") for item in definition.items)
    seen = [item.path for item in _walk(definition.items)]
    return placed == definition.items and len(seen) == len(set(seen))


def _walk(items):
    for item in items:
        yield item
        yield from _walk(getattr(item, "items", ()))


@pytest.mark.parametrize("form", [FORM, BIG], ids=["entangled", "content"])
@given(data=st.data())
@few
def test_moving_there_and_back_changes_nothing(form: FormDefinition, data: st.DataObject) -> None:
    path = data.draw(paths(form))
    container = data.draw(st.sampled_from(groups(form)))
    place = data.draw(st.integers(0, 8))
    home, back = parent_path(form.by_path[path]), place_of(form, path)
    try:
        moved = with_item_moved(form, path, container=container, place=place)
    except EditRefused:
        return
    assert is_sound(moved)
    assert sorted(item.name for item in moved.by_path.values()) == sorted(
        item.name for item in form.by_path.values()
    )
    name = form.by_path[path].name
    assert with_item_moved(moved, f"{container}/{name}", container=home, place=back) == form


@given(data=st.data())
@few
def test_up_and_down_again_changes_nothing(data: st.DataObject) -> None:
    path = data.draw(paths(FORM))
    siblings = len(children_of(FORM, parent_path(FORM.by_path[path])))
    if place_of(FORM, path) == 0:
        assert with_item_shifted(FORM, path, -1) == FORM
    else:
        assert with_item_shifted(with_item_shifted(FORM, path, -1), path, 1) == FORM
    if place_of(FORM, path) == siblings - 1:
        assert with_item_shifted(FORM, path, 1) == FORM


@given(data=st.data())
@few
def test_a_copy_taken_out_again_leaves_everything_as_it_was(data: st.DataObject) -> None:
    path = data.draw(paths(FORM))
    copied, copy = with_item_duplicated(FORM, path)
    assert is_sound(copied)
    assert place_of(copied, copy) == place_of(copied, path) + 1
    assert with_item_removed(copied, copy) == FORM


def test_a_copied_criterion_is_a_criterion_of_its_own_with_a_list_of_its_own() -> None:
    copied, copy = with_item_duplicated(BIG, "/arbolado/arbolado_censo")
    question = copied.by_path[copy]
    assert isinstance(question, Question)
    assert copied.criterion_keys[copy] != copied.criterion_keys["/arbolado/arbolado_censo"]
    assert question.choice_list != "arbolado_censo"
    assert copied.choice_lists[question.choice_list] == BIG.choice_lists["arbolado_censo"]


def test_taking_a_question_out_takes_its_list_and_leaves_shared_ones() -> None:
    assert "arbolado_censo" not in with_item_removed(BIG, "/arbolado/arbolado_censo").choice_lists
    assert "sino" in with_item_removed(FORM, "/agua/mide").choice_lists
    assert (
        "sino"
        not in with_item_removed(with_item_removed(FORM, "/agua/mide"), "/residuos/separa").choice_lists
    )


def test_what_mentions_an_item_is_known_before_it_is_taken_out() -> None:
    assert {item.name for item in mentioning(FORM, "/residuos/separa")} == {"barrios", "flota"}
    assert {item.name for item in mentioning(FORM, "/residuos")} == {"saludo", "flota", "por_barrio"}
    assert mentioning(FORM, "/agua/mide") == []


def test_a_section_does_not_go_into_itself() -> None:
    for container in ("/flota", "/flota/camion"):
        with pytest.raises(EditRefused, match="dentro de sí misma"):
            with_item_moved(FORM, "/flota", container=container, place=0)


def test_two_of_one_name_do_not_stand_in_one_section() -> None:
    form = two_of_one_name()
    with pytest.raises(EditRefused, match="ya hay algo que se llama «quien»"):
        with_item_moved(form, "/a/quien", container="/b", place=0)
    # The note means the nearest of that name: in the other section that would be another question.
    with pytest.raises(EditRefused, match="pasaría a hablar de otra pregunta"):
        with_item_moved(form, "/b/eco_b", container="/a", place=1)


def test_a_new_item_needs_a_name_that_nobody_has() -> None:
    new = Question(name="separa", path="", type=QuestionType.TEXT)
    with pytest.raises(EditRefused, match="«separa»"):
        with_item_added(FORM, new, container="/agua", place=0)
    with pytest.raises(EditRefused, match="empiece con una letra"):
        with_item_added(
            FORM, Question(name="1 año", path="", type=QuestionType.TEXT), container="/agua", place=0
        )


def test_nothing_goes_into_a_group_that_is_gone_or_too_deep() -> None:
    form, container = FORM, ""
    for place in range(MAX_NESTING):
        form = with_item_added(form, Group(name=f"g{place}", path=""), container=container, place=0)
        container = f"{container}/g{place}"
    with pytest.raises(EditRefused, match="unos dentro de otros"):
        with_item_added(form, Group(name="uno_mas", path=""), container=container, place=0)
    with pytest.raises(EditRefused, match="ya no está"):
        with_item_added(FORM, Group(name="otro", path=""), container="/no", place=0)
    with pytest.raises(EditRefused, match="ya no está"):
        with_item_removed(FORM, "/no")


@given(data=st.data())
@few
def test_a_move_never_makes_a_formula_mean_another_question(data: st.DataObject) -> None:
    path = data.draw(paths(FORM))
    container = data.draw(st.sampled_from(groups(FORM)))
    try:
        moved = with_item_moved(FORM, path, container=container, place=0)
    except EditRefused:
        return
    before, after = bindings(FORM), bindings(moved)
    for (owner, field), binding in before.items():
        now = after[_new(owner, path, container), field]
        assert {_new(target, path, container) for target in binding.targets} == now.targets


def _new(path: str, moved: str, container: str) -> str:
    inside = path == moved or path.startswith(f"{moved}/")
    return f"{container}/{moved.rpartition('/')[2]}{path[len(moved) :]}" if inside else path
