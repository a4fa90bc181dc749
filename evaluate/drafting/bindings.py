"""Which item each formula and text of a questionnaire means, to see that a change leaves the meaning alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluate.drafting.formulas import choices_of, formulas_of, texts_of
from evaluate.engine.compiled import mentioned_names
from evaluate.engine.definition import FormDefinition, Item, Question
from evaluate.engine.dependencies import ItemIndex
from evaluate.engine.expressions import ExpressionError, parse

Place = tuple[str, str]


@dataclass(frozen=True)
class Binding:
    """What a formula or text mentions: the items that it means, and the names that mean nothing."""

    targets: frozenset[str]
    unknown: frozenset[str]


def bindings(definition: FormDefinition) -> dict[Place, Binding]:
    """Return what every formula and text mentions, by the path of its item and its field."""
    index = ItemIndex(definition)
    found: dict[Place, Binding] = {}
    for path, item in definition.by_path.items():
        for field, text in formulas_of(item):
            found[path, field] = formula_binding(index, text, path, field)
        names: dict[str, set[str]] = {field: mentioned_names([texts]) for field, texts in texts_of(item)}
        names["choices"] = mentioned_names(choice.label for choice in choices_of(definition, item))
        if isinstance(item, Question) and item.choices_from:
            names["choices_from"] = {item.choices_from}
        found.update({(path, field): _named(index, each, path) for field, each in names.items() if each})
    return found


def formula_binding(index: ItemIndex, text: str, path: str, field: str) -> Binding:
    """Return what a formula of an item mentions; nothing while it cannot be understood."""
    try:
        expression = parse(text)
    except ExpressionError:
        return Binding(frozenset(), frozenset())
    unknown = {name for name in expression.references if index.find(name, path) is None}
    # In a filter a bare name is a column of the list.
    unknown |= {
        written
        for written in index.unknown_paths(expression, path)
        if field != "choice_filter" or written.startswith(".")
    }
    return Binding(frozenset(index.looked_at(expression, path)), frozenset(unknown))


def mentioning(definition: FormDefinition, path: str) -> list[Item]:
    """Return the items outside this one whose formulas or texts mention it or something inside it."""
    inside = f"{path}/"
    owners = {
        owner: None
        for (owner, _field), binding in bindings(definition).items()
        if owner != path
        and not owner.startswith(inside)
        and any(target == path or target.startswith(inside) for target in binding.targets)
    }
    return [definition.by_path[owner] for owner in owners]


def retargeted(before: FormDefinition, after: FormDefinition, moves: Mapping[str, str]) -> list[str]:
    """Return the names of the items of which a formula or text means another item after a change than before.

    moves: the paths of items that were moved or renamed, with where they are now.
    """
    earlier, later = bindings(before), bindings(after)
    names: dict[str, None] = {}
    for (owner, field), binding in earlier.items():
        now = later.get((_moved(owner, moves), field))
        meant = {_moved(target, moves) for target in binding.targets}
        if now is not None and now.targets - meant and meant - now.targets:
            names[before.by_path[owner].name] = None
    return list(names)


def _moved(path: str, moves: Mapping[str, str]) -> str:
    for old, new in moves.items():
        if path == old or path.startswith(f"{old}/"):
            return new + path[len(old) :]
    return path


def _named(index: ItemIndex, mentioned: set[str], path: str) -> Binding:
    targets = {name: index.find(name, path) for name in mentioned}
    return Binding(
        frozenset(target for target in targets.values() if target is not None),
        frozenset(name for name, target in targets.items() if target is None),
    )
