"""An edited draft as a workbook, and back."""

from dataclasses import replace

from evaluate.drafting.renaming import with_item_renamed
from evaluate.drafting.tree import with_item_duplicated, with_item_moved
from evaluate.engine.definition import FormDefinition, Group, Item
from evaluate.engine.xlsform import read_workbook, write_workbook
from tests.evaluate.drafts import content


def without_rows(definition: FormDefinition) -> FormDefinition:
    """The same without the rows of a workbook, which say where it was read and not what it asks."""
    return replace(definition, items=tuple(map(_bare, definition.items)))


def _bare(item: Item) -> Item:
    bare = replace(item, row=None)
    return replace(bare, items=tuple(map(_bare, bare.items))) if isinstance(bare, Group) else bare


def test_what_was_edited_in_the_browser_goes_into_a_workbook_and_back_without_loss() -> None:
    draft, _copy = with_item_duplicated(content("ambiente-y-clima"), "/arbolado/arbolado_censo")
    draft = with_item_moved(draft, "/arbolado/arbolado_poda", container="/clima", place=1)
    draft = with_item_renamed(draft, "/clima/arbolado_poda", "poda", keep_criterion=True)
    back = read_workbook(write_workbook(draft), "borrador.xlsx").definition
    assert without_rows(back) == without_rows(draft)
