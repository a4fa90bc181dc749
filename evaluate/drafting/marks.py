"""Short marks of what a page showed, so that a save can tell whether somebody else changed just that."""

import hashlib
import json
from dataclasses import fields
from typing import Any

from evaluate.drafting.formulas import choices_of
from evaluate.engine.definition import FormDefinition, Group
from evaluate.engine.definition_json import to_json

GONE = "gone"
_LEFT_OUT = frozenset({"items", "row"})
_MARK_BYTES = 16


def item_mark(definition: FormDefinition, path: str) -> str:
    """Return a mark of an item with its choices; of a group without what is inside it."""
    item = definition.by_path.get(path)
    if item is None:
        return GONE
    facts = {each.name: getattr(item, each.name) for each in fields(item) if each.name not in _LEFT_OUT}
    choices = choices_of(definition, item)
    facts["choices"] = [[choice.name, choice.label, choice.points, choice.columns] for choice in choices]
    return _mark(facts)


def subtree_mark(definition: FormDefinition, path: str) -> str:
    """Return a mark of an item with everything inside it."""
    item = definition.by_path.get(path)
    if item is None:
        return GONE
    inside = (
        (each for each in definition.by_path if each.startswith(f"{path}/"))
        if isinstance(item, Group)
        else ()
    )
    return _mark([item_mark(definition, each) for each in (path, *inside)])


def settings_mark(definition: FormDefinition) -> str:
    """Return a mark of what a questionnaire says of itself, without its questions."""
    values = to_json(definition)
    return _mark(
        {name: value for name, value in values.items() if name not in {"items", "choice_lists", "tables"}}
    )


def _mark(facts: Any) -> str:
    text = json.dumps(facts, sort_keys=True, default=dict)
    return hashlib.blake2b(text.encode(), digest_size=_MARK_BYTES).hexdigest()
