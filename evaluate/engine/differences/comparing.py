"""Compares two versions of a questionnaire, part by part."""

from collections.abc import Iterator, Mapping
from typing import Any

from evaluate.engine.definition import Choice, FormDefinition, Item, Question, Texts
from evaluate.engine.differences.changes import Change, Differences, ItemDifference, Kind, ListDifference
from evaluate.engine.differences.matching import matched, moved
from evaluate.engine.scoring.signature import scoring_signature

_TEXTS = ("label", "hint", "guidance", "good", "evidence", "required_message", "constraint_message")
_SCORING = ("criterion", "weight", "stage", "met_at", "not_applicable")
_CONDITIONS = (
    "relevant",
    "required",
    "constraint",
    "calculation",
    "default",
    "default_formula",
    "read_only",
    "choice_filter",
    "count",
)
_SHAPE = ("type", "choices_from", "choices_file", "parameters", "media", "appearance", "area", "topic")
_FIELDS = (
    *((field, Kind.RESCORED) for field in _SCORING),
    *((field, Kind.RECONDITIONED) for field in _CONDITIONS),
    *((field, Kind.RESHAPED) for field in _SHAPE),
)
_SETTINGS = (
    ("title", Kind.REWORDED),
    ("scoring", Kind.RESCORED),
    ("level_thresholds", Kind.RESCORED),
    ("not_applicable", Kind.RESCORED),
    ("area", Kind.RESHAPED),
    ("minutes", Kind.RESHAPED),
    ("default_language", Kind.RESHAPED),
    ("instance_name", Kind.RECONDITIONED),
)


def differences(old: FormDefinition, new: FormDefinition) -> Differences:
    """Return what is different in `new`, with what it was."""
    pairs = matched(old, new)
    return Differences(
        settings=tuple(_settings(old, new)),
        items=tuple(_items(old, new, pairs)),
        lists=tuple(_lists(old, new, pairs)),
        are_scores_comparable=scoring_signature(old) == scoring_signature(new),
    )


def _settings(old: FormDefinition, new: FormDefinition) -> Iterator[Change]:
    for field, kind in _SETTINGS:
        yield from _plain(old, new, field, kind)
    for field in ("titles", "summary", "intro"):
        yield from _texts(field, getattr(old, field), getattr(new, field))
    if len(old.level_names) != len(new.level_names):
        counts = str(len(old.level_names)), str(len(new.level_names))
        yield Change(Kind.RESCORED, "level_names", *counts)
    for was, now in zip(old.level_names, new.level_names, strict=False):
        yield from _texts("level_names", was, now)
    if old.tables != new.tables:
        yield Change(Kind.RESHAPED, "tables", ", ".join(old.tables), ", ".join(new.tables))


def _items(old: FormDefinition, new: FormDefinition, pairs: dict[str, str]) -> Iterator[ItemDifference]:
    displaced = moved(old, new, pairs)
    sections, old_sections = new.section_keys, old.section_keys
    for path, item in new.by_path.items():
        if path not in pairs:
            yield _difference(item, "", sections, (Change(Kind.ADDED, "place", "", path),))
            continue
        changes = tuple(_item_changes(old.by_path[pairs[path]], item, is_moved=path in displaced))
        if changes:
            yield _difference(item, pairs[path], sections, changes)
    kept = set(pairs.values())
    for path, item in old.by_path.items():
        if path not in kept:
            yield _difference(item, path, old_sections, (Change(Kind.REMOVED, "place", path, ""),))


def _difference(
    item: Item, old_path: str, sections: Mapping[str, str], changes: tuple[Change, ...]
) -> ItemDifference:
    return ItemDifference(
        changes, item.path, old_path, item.label, sections.get(item.path, ""), isinstance(item, Question)
    )


def _item_changes(old: Item, new: Item, *, is_moved: bool) -> Iterator[Change]:
    if is_moved:
        yield Change(Kind.MOVED, "place", old.path, new.path)
    if old.name != new.name:
        yield Change(Kind.RENAMED, "name", old.name, new.name)
    for field in _TEXTS:
        yield from _texts(field, getattr(old, field, {}), getattr(new, field, {}))
    for field, kind in _FIELDS:
        yield from _plain(old, new, field, kind)
    if type(old) is not type(new):
        yield Change(Kind.RESHAPED, "type", type(old).__name__.lower(), type(new).__name__.lower())


def _lists(old: FormDefinition, new: FormDefinition, pairs: dict[str, str]) -> Iterator[ListDifference]:
    users: dict[tuple[str, str], list[Question]] = {}
    for question in new.questions:
        before = old.by_path.get(pairs.get(question.path, ""))
        if isinstance(before, Question) and (before.choice_list or question.choice_list):
            users.setdefault((before.choice_list, question.choice_list), []).append(question)
    for (old_name, name), questions in users.items():
        changes = tuple(_choices(old.choice_lists.get(old_name, ()), new.choice_lists.get(name, ())))
        if changes:
            paths = tuple(question.path for question in questions)
            labels = tuple(question.label for question in questions)
            yield ListDifference(changes, name or old_name, paths, labels)


def _choices(old: tuple[Choice, ...], new: tuple[Choice, ...]) -> Iterator[Change]:
    before = {choice.name: choice for choice in old}
    after = {choice.name: choice for choice in new}
    for name, choice in after.items():
        if name not in before:
            yield Change(Kind.ADDED, "choices", "", _any_text(choice), choice=name)
        else:
            yield from _choice_changes(before[name], choice)
    for name, choice in before.items():
        if name not in after:
            yield Change(Kind.REMOVED, "choices", _any_text(choice), "", choice=name)
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield Change(Kind.MOVED, "choices", ", ".join(before), ", ".join(after))


def _choice_changes(old: Choice, new: Choice) -> Iterator[Change]:
    yield from _texts("label", old.label, new.label, choice=new.name)
    yield from _plain(old, new, "points", Kind.RESCORED, choice=new.name)
    for field in ("columns", "media"):
        yield from _plain(old, new, field, Kind.RESHAPED, choice=new.name)


def _texts(field: str, old: Texts, new: Texts, *, choice: str = "") -> Iterator[Change]:
    for language in dict.fromkeys((*old, *new)):
        was, now = old.get(language, ""), new.get(language, "")
        if was != now:
            yield Change(Kind.REWORDED, field, was, now, language, choice)


def _plain(old: Any, new: Any, field: str, kind: Kind, *, choice: str = "") -> Iterator[Change]:
    was, now = getattr(old, field, ""), getattr(new, field, "")
    if was != now:
        yield Change(kind, field, _written(was), _written(now), choice=choice)


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={_written(inner)}" for key, inner in sorted(value.items()))
    return " | ".join(value) if isinstance(value, tuple) else str(value)


def _any_text(choice: Choice) -> str:
    return next(iter(choice.label.values()), choice.name)
