"""What a cell of XLSForm does not give back as it was, kept beside in a sheet of its own.

pyxform strips blanks, a cell of Excel ends at 32,767 characters, XML has no control characters. Each row of the sheet
names a place in the questionnaire, a mark of what the other sheets give there, and the exact value as JSON. A cell that
somebody changed since has another mark: then the change stands and the row is passed over.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from evaluate.engine.definition import Choice, FormDefinition, Group, Item, Question, Repeat, Texts
from evaluate.engine.definition_json import from_json, to_json
from evaluate.engine.xlsform.workbook import EXACT_SHEET, Workbook

PIECE = 30_000
_PLACE, _READ, _EXACT = "place", "read", "exact"
_GOES_ON = "+"
_MISSING: Any = object()
# What says where things stand is XLSForm's to say.
_FIXED = frozenset({"items", "row", "kind", "type", "path", "choice_lists", "tables", "format"})
_KINDS: dict[str, type[Item]] = {"question": Question, "group": Group, "repeat": Repeat}

Keys = tuple[str, ...]
Difference = tuple[Keys, Any, Any]


def exact_rows(come_back: FormDefinition, meant: FormDefinition) -> Iterator[dict[str, str]]:
    """Yield the rows that turn a questionnaire as it was read into the one that was meant."""
    for keys, read, exact in _different(_Parts(to_json(come_back)), _Parts(to_json(meant))):
        text = "" if exact is _MISSING else json.dumps(exact)
        place = json.dumps(keys)
        yield {_PLACE: place, _READ: _mark(read), _EXACT: text[:PIECE]}
        for start in range(PIECE, len(text), PIECE):
            yield {_PLACE: place, _READ: _GOES_ON, _EXACT: text[start : start + PIECE]}


def with_exact_values(definition: FormDefinition, book: Workbook) -> FormDefinition:
    """Return a questionnaire as its workbook means it, exactly."""
    written = list(_written(book))
    if not written:
        return definition
    rows = {path: item.row for path, item in definition.by_path.items()}
    parts = _Parts(to_json(definition))
    for keys, mark, text in written:
        value = _parsed(text)
        if mark == _mark(parts.value(keys)) and parts.accepts(keys, value):
            parts.put(keys, value)
    for path, item in parts.survey.items():
        item["row"] = rows[path]
    return from_json(parts.settings)


class _Parts:
    """A questionnaire's JSON with its items within reach by their path; changes are made in that JSON."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.settings = data
        self.choices: dict[str, list[dict[str, Any]]] = data["choice_lists"]
        self.tables: dict[str, list[dict[str, str]]] = data["tables"]
        self.survey: dict[str, dict[str, Any]] = {}
        pending = list(data["items"])
        while pending:
            item = pending.pop()
            self.survey[item["path"]] = item
            pending.extend(item.get("items", ()))

    def value(self, keys: Keys) -> Any:
        """What stands at a place; `_MISSING` where nothing does."""
        found: Any = getattr(self, keys[0], _MISSING) if keys else _MISSING
        for key in keys[1:]:
            found = _inside(found, key)
        return found

    def accepts(self, keys: Keys, value: Any) -> bool:
        """Whether a value may stand at a place: workbooks come from anywhere."""
        match keys:
            case ("tables", _name):
                return value is _MISSING or _is_list_of(value, _is_texts)
            case ("choices", _name):
                return value is _MISSING or _is_list_of(value, _is_choice)
            case ("choices", _name, _place, field, *rest):
                return self.value(keys[:3]) is not _MISSING and _fits(Choice, field, rest, value)
            case ("survey", path, field, *rest):
                kind = self.survey.get(path, {}).get("kind", "")
                return kind in _KINDS and field != "name" and _fits(_KINDS[kind], field, rest, value)
            case ("settings", field, *rest):
                return _fits(FormDefinition, field, rest, value)
        return False

    def put(self, keys: Keys, value: Any) -> None:
        """Write a value at a place, with what has to be around it; `_MISSING` takes it away."""
        found: Any = getattr(self, keys[0])
        for key in keys[1:-1]:
            found = found[int(key)] if isinstance(found, list) else found.setdefault(key, {})
        if value is _MISSING:
            found.pop(keys[-1], None)
        else:
            found[keys[-1]] = value


def _different(read: _Parts, meant: _Parts) -> Iterator[Difference]:
    yield from _in_fields(("settings",), read.settings, meant.settings)
    for path, item in meant.survey.items():
        if path in read.survey:
            yield from _in_fields(("survey", path), read.survey[path], item)
    for name in dict.fromkeys((*read.choices, *meant.choices)):
        before, after = read.choices.get(name, _MISSING), meant.choices.get(name, _MISSING)
        if before is _MISSING or after is _MISSING or len(before) != len(after):
            yield from _between(("choices", name), before, after)
            continue
        for place, (choice, exact) in enumerate(zip(before, after, strict=True)):
            yield from _in_fields(("choices", name, str(place)), choice, exact)
    for name in dict.fromkeys((*read.tables, *meant.tables)):
        before, after = read.tables.get(name, _MISSING), meant.tables.get(name, _MISSING)
        if before != after:
            yield ("tables", name), before, after


def _in_fields(keys: Keys, read: Mapping[str, Any], meant: Mapping[str, Any]) -> Iterator[Difference]:
    for field in dict.fromkeys((*read, *meant)):
        if field not in _FIXED:
            yield from _between((*keys, field), read.get(field, _MISSING), meant.get(field, _MISSING))


def _between(keys: Keys, read: Any, meant: Any) -> Iterator[Difference]:
    if read == meant:
        return
    if isinstance(read, dict) and isinstance(meant, dict):
        for key in dict.fromkeys((*read, *meant)):
            yield from _between((*keys, key), read.get(key, _MISSING), meant.get(key, _MISSING))
    else:
        yield keys, read, meant


def _written(book: Workbook) -> Iterator[tuple[Keys, str, str]]:
    """Yield the rows of the sheet, long values put together; what is no row of ours is passed over."""
    sheet = book.own_sheets.get(EXACT_SHEET)
    found: list[list[str]] = []
    for row in sheet.rows.values() if sheet is not None else ():
        place, mark, piece = (row.get(header, "") for header in (_PLACE, _READ, _EXACT))
        if mark == _GOES_ON and found and found[-1][0] == place:
            found[-1][2] += piece
        else:
            found.append([place, mark, piece])
    for place, mark, text in found:
        keys = _parsed(place)
        if isinstance(keys, list) and keys and all(isinstance(key, str) for key in keys):
            yield tuple(keys), mark, text


def _parsed(text: str) -> Any:
    try:
        return json.loads(text) if text else _MISSING
    # RecursionError: a value nested without end.
    except (ValueError, RecursionError):
        return None


def _mark(value: Any) -> str:
    """Sixteen characters by which a value is known again."""
    text = "" if value is _MISSING else json.dumps(value, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _inside(container: Any, key: str) -> Any:
    if isinstance(container, dict):
        return container.get(key, _MISSING)
    if (
        isinstance(container, list)
        and key.isdecimal()
        and len(key) < len(str(10**6))
        and int(key) < len(container)
    ):
        return container[int(key)]
    return _MISSING


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


def _is_media(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_is_texts, value.values()))


def _is_list_of(value: Any, is_one: Callable[[Any], bool]) -> bool:
    return isinstance(value, list) and all(map(is_one, value))


def _is_choice(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and "name" in value
        and all(_fits(Choice, field, (), inner) for field, inner in value.items())
    )


_SHAPES: dict[Any, Callable[[Any], bool]] = {
    str: _is_text,
    Texts: _is_texts,
    Mapping[str, Texts]: _is_media,
    int | None: lambda value: type(value) is int and value >= 0,
    tuple[str, ...]: lambda value: _is_list_of(value, _is_text),
    tuple[Texts, ...]: lambda value: _is_list_of(value, _is_texts),
}


def _fits(kind: type, field: str, rest: Any, value: Any) -> bool:
    """Whether a value may stand in a field, or in what the field holds under the keys of `rest`."""
    annotation = next(
        (each.type for each in fields(kind) if each.name == field and field not in _FIXED), None
    )
    shape = _SHAPES.get(annotation)
    if shape is None or not (value is not _MISSING or rest or field not in {"name", "form_id", "title"}):
        return False
    # The value is looked at inside of what has to be around it.
    held = {} if value is _MISSING and rest else value
    if held is _MISSING:
        return True
    for key in reversed(rest):
        held = {key: held} if value is not _MISSING else {}
    return shape(held)
