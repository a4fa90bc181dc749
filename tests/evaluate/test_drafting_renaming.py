"""Giving a question another name, with all that mentions it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluate.drafting.bindings import bindings
from evaluate.drafting.refusals import EditRefused
from evaluate.drafting.renaming import with_item_renamed
from evaluate.engine.definition import FormDefinition
from tests.evaluate.drafts import CONTENT_NAMES, content, entangled, paths, two_of_one_name
from tests.evaluate.form_workbooks import read

FORM = entangled()
few = settings()


@given(data=st.data())
@few
def test_every_formula_and_text_means_the_same_after_a_renaming(data: st.DataObject) -> None:
    path = data.draw(paths(FORM))
    new = f"{path.rpartition('/')[0]}/otro_nombre"
    renamed = with_item_renamed(FORM, path, "otro_nombre")
    after = bindings(renamed)
    for (owner, field), binding in bindings(FORM).items():
        now = after[moved(owner, path, new), field]
        assert now.targets == {moved(target, path, new) for target in binding.targets}
        assert now.unknown == binding.unknown
    assert with_item_renamed(renamed, new, path.rpartition("/")[2]) == FORM


@pytest.mark.parametrize("name", CONTENT_NAMES[:6])
def test_renaming_there_and_back_changes_nothing_in_our_own_questionnaires(name: str) -> None:
    form = content(name)
    for path in list(form.by_path)[:8]:
        there = with_item_renamed(form, path, "otro_nombre")
        assert (
            with_item_renamed(there, f"{path.rpartition('/')[0]}/otro_nombre", path.rpartition("/")[2])
            == form
        )


def test_formulas_and_texts_are_rewritten_letter_by_letter() -> None:
    renamed = with_item_renamed(FORM, "/flota/camiones", "unidades")
    assert renamed.by_path["/flota/por_barrio"].calculation == "${unidades} div ${barrios}"
    assert renamed.by_path["/flota/camion/anio"].label["default"] == "¿De qué año? (de ${unidades})"
    assert "/flota/unidades" in renamed.by_path


def test_choices_that_mention_it_are_rewritten_too() -> None:
    form = read(
        [
            {"type": "text", "name": "barrio", "label": "¿Qué barrio?"},
            {"type": "select_one cual", "name": "zona", "label": "¿Qué zona?"},
            {
                "type": "text",
                "name": "dicho",
                "label": "?",
                "calculation": "jr:choice-name(${zona}, '${zona}')",
            },
        ],
        [{"list_name": "cual", "name": "a", "label": "La de ${barrio}"}],
    ).definition
    assert (
        with_item_renamed(form, "/barrio", "lugar").choice_lists["cual"][0].label["default"]
        == "La de ${lugar}"
    )
    renamed = with_item_renamed(form, "/zona", "parte")
    assert renamed.by_path["/dicho"].calculation == "jr:choice-name(${parte}, '${parte}')"


@pytest.mark.parametrize("name", ["barrios", "residuos", "con espacio", "1", "ñandú", "x" * 61, ""])
def test_a_name_that_is_taken_or_none_is_refused(name: str) -> None:
    with pytest.raises(EditRefused) as refusal:
        with_item_renamed(FORM, "/residuos/separa", name)
    assert refusal.value.field == "name"


def test_a_formula_that_reaches_it_by_a_written_path_stops_the_renaming() -> None:
    form = written_path()
    with pytest.raises(EditRefused, match=r"«total» llega a «uno».*\.\./uno"):
        with_item_renamed(form, "/g/uno", "otro")


def written_path() -> FormDefinition:
    return read(
        [
            {"type": "begin group", "name": "g", "label": "G"},
            {"type": "integer", "name": "uno", "label": "Uno"},
            {"type": "calculate", "name": "total", "calculation": "../uno + 1"},
            {"type": "end group"},
        ]
    ).definition


def test_a_criterion_lives_on_under_its_old_key_where_results_may_refer_to_it() -> None:
    path, new = "/residuos/separa", "/residuos/separacion"
    assert with_item_renamed(FORM, path, "separacion", keep_criterion=True).criterion_keys[new] == "separa"
    assert with_item_renamed(FORM, path, "separacion").criterion_keys[new] == "separacion"


def test_only_the_item_meant_is_rewritten_where_two_have_one_name() -> None:
    form = two_of_one_name()
    renamed = with_item_renamed(form, "/a/quien", "persona")
    assert renamed.by_path["/a/eco_a"].label["es"] == "Dijiste ${persona}"
    assert renamed.by_path["/b/eco_b"].label["es"] == "Dijiste ${quien}"


def test_a_formula_that_is_not_finished_does_not_stop_it() -> None:
    item = FORM.by_path["/flota/resumen"]
    broken = replace(item, relevant="${camiones} > (")
    form = replace(FORM, items=tuple(_with(each, broken) for each in FORM.items))
    assert with_item_renamed(form, "/flota/camiones", "u").by_path["/flota/resumen"].relevant == "${u} > ("


def _with(item, changed):
    if item.path == changed.path:
        return changed
    return (
        replace(item, items=tuple(_with(each, changed) for each in item.items))
        if hasattr(item, "items")
        else item
    )


def moved(path: str, old: str, new: str) -> str:
    return new + path[len(old) :] if path == old or path.startswith(f"{old}/") else path
