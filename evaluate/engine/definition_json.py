"""A questionnaire to and from JSON, without loss: this is what a published version stores."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any

from evaluate.engine.definition import Choice, FormDefinition, Group, Item, Question, Repeat
from evaluate.engine.question_types import QuestionType

FORMAT = 1
_KINDS: dict[str, type[Item]] = {"question": Question, "group": Group, "repeat": Repeat}
_KIND_NAMES = {kind: name for name, kind in _KINDS.items()}


def to_json(definition: FormDefinition) -> dict[str, Any]:
    """Return the definition as plain JSON values; what equals its default is left out, and so are row numbers."""
    data = _compact(definition)
    data["items"] = [_item_to_json(item) for item in definition.items]
    data["choice_lists"] = {
        name: [_compact(choice) for choice in choices] for name, choices in definition.choice_lists.items()
    }
    data["tables"] = {name: [dict(row) for row in rows] for name, rows in definition.tables.items()}
    data["level_names"] = [dict(texts) for texts in definition.level_names]
    data["languages"] = list(definition.languages)
    if definition.level_thresholds:
        data["level_thresholds"] = list(definition.level_thresholds)
    return {"format": FORMAT, **data}


def from_json(data: Mapping[str, Any]) -> FormDefinition:
    """Rebuild a definition from `to_json`.

    Raises ValueError when the data was written by a later format than this code knows.
    """
    if data.get("format") != FORMAT:
        raise ValueError(f"unknown questionnaire format {data.get('format')!r}")
    values = {key: value for key, value in data.items() if key != "format"}
    values["items"] = tuple(_item_from_json(item) for item in values.get("items", ()))
    values["choice_lists"] = {
        name: tuple(Choice(**choice) for choice in choices)
        for name, choices in values.get("choice_lists", {}).items()
    }
    values["tables"] = {name: tuple(rows) for name, rows in values.get("tables", {}).items()}
    values["level_names"] = tuple(values.get("level_names", ()))
    values["languages"] = tuple(values.get("languages", ()))
    values["level_thresholds"] = tuple(values.get("level_thresholds", ()))
    return FormDefinition(**values)


def _item_to_json(item: Item) -> dict[str, Any]:
    data = {"kind": _KIND_NAMES[type(item)], **_compact(item)}
    if isinstance(item, Question):
        data["type"] = item.type.value
    if isinstance(item, Group):
        data["items"] = [_item_to_json(child) for child in item.items]
    return data


def _item_from_json(data: Mapping[str, Any]) -> Item:
    values = {key: value for key, value in data.items() if key != "kind"}
    kind = _KINDS[data["kind"]]
    if kind is Question:
        values["type"] = QuestionType(values["type"])
    else:
        values["items"] = tuple(_item_from_json(child) for child in values.get("items", ()))
    return kind(**values)


def _compact(instance: Any) -> dict[str, Any]:
    """The instance's own fields that differ from their default, containers copied."""
    values: dict[str, Any] = {}
    for each in fields(instance):
        value = getattr(instance, each.name)
        if each.compare and value != _default_of(each):
            values[each.name] = _plain(value)
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return value


def _default_of(each: "Field[Any]") -> Any:
    if each.default_factory is not MISSING:
        return each.default_factory()
    return each.default
