"""Giving an item another name, with every formula and text that mentions it."""

import re
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from evaluate.drafting.bindings import retargeted
from evaluate.drafting.formulas import FORMULA_FIELDS, TEXT_FIELDS, choices_of, formulas_of
from evaluate.drafting.names import require_name_free
from evaluate.drafting.refusals import EditRefused
from evaluate.drafting.tree import repathed, require_item
from evaluate.engine.definition import Choice, FormDefinition, Group, Item, Question, Texts
from evaluate.engine.dependencies import ItemIndex
from evaluate.engine.expressions import ExpressionError, parse
from evaluate.engine.expressions.nodes import Part, Path

_MENTION = re.compile(r"\$\{(\s*(?:last-saved#)?)([^\s{}#]+)(\s*)\}")


def with_item_renamed(
    definition: FormDefinition, path: str, name: str, *, keep_criterion: bool = False
) -> FormDefinition:
    """Rename an item and rewrite what mentions it as `${name}`.

    keep_criterion: a scored question without a criterion keeps its old name as one, so that its results of before
    stay beside those to come.
    Raises EditRefused when the name is taken or no name, or when a formula reaches the item by a written path.
    """
    item = require_item(definition, path)
    if name == item.name:
        return definition
    require_name_free(definition, name)
    _require_no_written_path(definition, item)
    renamer = _Renamer(definition, path, name)
    renamed = renamer.renamed()
    if keep_criterion and isinstance(item, Question) and path in definition.criterion_keys:
        renamed = _with_criterion(renamed, renamer.new_path, definition.criterion_keys[path])
    changed = retargeted(definition, renamed, {path: renamer.new_path})
    if changed:
        message = _(
            "No se puede cambiar el nombre: lo que dice «%(names)s» pasaría a hablar de otra pregunta."
        )
        raise EditRefused(message % {"names": "», «".join(changed)}, "name")
    return renamed


class _Renamer:
    """One pass over a questionnaire that gives one item another name."""

    def __init__(self, definition: FormDefinition, path: str, name: str) -> None:
        self._definition = definition
        self._path = path
        self._name = name
        self._index = ItemIndex(definition)
        self.new_path = f"{path.rpartition('/')[0]}/{name}"

    def renamed(self) -> FormDefinition:
        items = tuple(repathed(self._item(item), "") for item in self._definition.items)
        return replace(
            self._definition,
            items=items,
            choice_lists=self._lists(),
            instance_name=self._rewritten(self._definition.instance_name, ""),
        )

    def _item(self, item: Item) -> Item:
        changes: dict[str, Any] = {"name": self._name} if item.path == self._path else {}
        for field in FORMULA_FIELDS:
            if getattr(item, field, ""):
                changes[field] = self._rewritten(getattr(item, field), item.path)
        for field in TEXT_FIELDS:
            if getattr(item, field, {}):
                changes[field] = self._texts(getattr(item, field), item.path)
        if isinstance(item, Group):
            changes["items"] = tuple(self._item(child) for child in item.items)
        if isinstance(item, Question) and item.choices_from and self._means(item.choices_from, item.path):
            changes["choices_from"] = self._name
        return replace(item, **changes)

    def _lists(self) -> dict[str, tuple[Choice, ...]]:
        owners: dict[str, str] = {}
        for question in self._definition.questions:
            if question.choice_list and choices_of(self._definition, question):
                owners.setdefault(question.choice_list, question.path)
        return {
            name: tuple(self._choice(choice, owners[name]) for choice in choices)
            if name in owners
            else choices
            for name, choices in self._definition.choice_lists.items()
        }

    def _choice(self, choice: Choice, owner: str) -> Choice:
        label = self._texts(choice.label, owner)
        return choice if label == choice.label else replace(choice, label=label)

    def _texts(self, texts: Texts, owner: str) -> Texts:
        return {language: self._rewritten(text, owner) for language, text in texts.items()}

    def _rewritten(self, text: str, owner: str) -> str:
        return _MENTION.sub(lambda match: self._mention(match, owner), text) if "${" in text else text

    def _mention(self, match: re.Match[str], owner: str) -> str:
        before, name, after = match.groups()
        return f"${{{before}{self._name}{after}}}" if self._means(name, owner) else match.group()

    def _means(self, name: str, owner: str) -> bool:
        return self._index.find(name, owner) == self._path


def _with_criterion(definition: FormDefinition, path: str, criterion: str) -> FormDefinition:
    def marked(item: Item) -> Item:
        if isinstance(item, Group):
            return replace(item, items=tuple(marked(child) for child in item.items))
        if isinstance(item, Question) and item.path == path:
            return replace(item, criterion=criterion)
        return item

    return replace(definition, items=tuple(marked(item) for item in definition.items))


def _require_no_written_path(definition: FormDefinition, item: Item) -> None:
    """A path such as `../nombre` is not rewritten: which part of it means the item is not always certain."""
    for owner in definition.by_path.values():
        for field, text in formulas_of(owner):
            if _writes_name(text, item.name, is_filter=field == "choice_filter"):
                message = _(
                    "La fórmula de «%(owner)s» llega a «%(name)s» por un camino escrito (%(formula)s) y no por "
                    "${%(name)s}. Cambiá primero esa fórmula."
                )
                words = {"owner": owner.name, "name": item.name, "formula": text}
                raise EditRefused(message % words, "name")


def _writes_name(text: str, name: str, *, is_filter: bool) -> bool:
    try:
        expression = parse(text)
    except ExpressionError:
        return False
    for path in _paths(expression.part):
        if not any(step.name == name for step in path.steps):
            continue
        # In a filter a bare name is a column of the list.
        if not (is_filter and path.start is None and len(path.steps) == 1):
            return True
    return False


def _paths(part: Part) -> list[Path]:
    found = [part] if isinstance(part, Path) else []
    for inner in part.parts():
        found.extend(_paths(inner))
    return found
