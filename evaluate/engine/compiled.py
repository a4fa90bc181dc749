"""A definition with its formulas parsed and put in the order in which they must be worked out."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from evaluate.engine.definition import Choice, FormDefinition, Item, Question, Repeat, Texts
from evaluate.engine.dependencies import ItemIndex, parent_path
from evaluate.engine.expressions import Expression, ExpressionError, parse
from evaluate.engine.templates import mentions


@dataclass(frozen=True, slots=True)
class Formulas:
    """The parsed formulas of one item; None where it has none."""

    relevant: Expression | None = None
    calculation: Expression | None = None
    constraint: Expression | None = None
    required: Expression | None = None
    read_only: Expression | None = None
    choice_filter: Expression | None = None
    default: Expression | None = None
    count: Expression | None = None

    @property
    def settling(self) -> tuple[Expression, ...]:
        """Those that decide what the item's value is and whether it counts."""
        found = (self.relevant, self.calculation, self.default, self.count)
        return tuple(expression for expression in found if expression is not None)


class CompiledForm:
    """What every state of the same questionnaire shares.

    order: the item paths, each after all that it depends on; those of a circle come last.
    cycle: the paths of a circle of formulas; empty when there is none, as in anything published.
    contents: for each group or repeat, all the items inside it, however deep.
    dependents, text_dependents, filter_dependents: for each path, the items whose value or relevance,
    texts, or choices look at it.
    """

    def __init__(self, definition: FormDefinition) -> None:
        """Parse every formula and work out the order."""
        self.definition = definition
        self.index = ItemIndex(definition)
        self.formulas = {path: _formulas(item) for path, item in definition.by_path.items()}
        self.choices_by_name = {
            name: {choice.name: choice for choice in choices}
            for name, choices in definition.choice_lists.items()
        }
        self._column_indexes: dict[tuple[str, str], dict[str, tuple[Choice, ...]]] = {}
        self.order, self.cycle = self._order()
        self.contents = _inverted((path, _containers(path)) for path in self.formulas)
        self.dependents = _inverted((path, self._settled_by(path)) for path in self.formulas)
        self.text_dependents = _inverted((path, self._mentioned_by(path)) for path in self.formulas)
        self.filter_dependents = _inverted((path, self._filtered_by(path)) for path in self.formulas)

    @cached_property
    def mark(self) -> object:
        """What tells this definition from every other one in this process, to keep things by."""
        return object()

    @cached_property
    def self_contained(self) -> frozenset[str]:
        """The paths of the questions whose texts and choices are the same whatever else is answered."""
        return frozenset(
            question.path
            for question in self.definition.questions
            if not (question.choice_filter or question.choices_from or self._mentioned_by(question.path))
        )

    def choice(self, list_name: str, name: str) -> Choice | None:
        """A choice of a list by its name."""
        return self.choices_by_name.get(list_name, {}).get(name)

    def choices_where(self, list_name: str, column: str, value: str) -> tuple[Choice, ...]:
        """The choices of a list with that value in a column, found through an index made at first use."""
        key = (list_name, column)
        if key not in self._column_indexes:
            index: dict[str, list[Choice]] = {}
            for choice in self.definition.choice_lists.get(list_name, ()):
                cell = choice.name if column == "name" else choice.columns.get(column, "")
                index.setdefault(cell, []).append(choice)
            self._column_indexes[key] = {cell: tuple(choices) for cell, choices in index.items()}
        return self._column_indexes[key].get(value, ())

    def _order(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        graph = {path: self._settled_by(path) | self._container(path) for path in self.formulas}
        try:
            return tuple(TopologicalSorter(graph).static_order()), ()
        except CycleError as error:
            return tuple(self.formulas), tuple(error.args[1])

    def _container(self, path: str) -> set[str]:
        container = parent_path(self.definition.by_path[path])
        return {container} if container else set()

    def _settled_by(self, path: str) -> set[str]:
        return {
            target
            for expression in self.formulas[path].settling
            for target in self.index.looked_at(expression, path)
            if target
        }

    def _mentioned_by(self, path: str) -> set[str]:
        item = self.definition.by_path[path]
        names = mentioned_names(_texts(item))
        if isinstance(item, Question) and item.choice_list:
            choices = self.definition.choice_lists.get(item.choice_list, ())
            names |= mentioned_names(choice.label for choice in choices)
        return {target for name in names if (target := self.index.find(name, path)) is not None}

    def _filtered_by(self, path: str) -> set[str]:
        item, expression = self.definition.by_path[path], self.formulas[path].choice_filter
        found = self.index.looked_at(expression, path) if expression is not None else set()
        if isinstance(item, Question) and item.choices_from:
            source = self.index.find(item.choices_from, path)
            found |= {source} if source is not None else set()
        return found


def compiled(definition: FormDefinition) -> CompiledForm:
    """Return a definition's compiled form, made at first use and kept with it.

    It lives in the instance's own dictionary, as a cached property would, because the definition may
    not know the formula modules that are built upon it.
    """
    kept = definition.__dict__.get("_compiled")
    if isinstance(kept, CompiledForm):
        return kept
    form = CompiledForm(definition)
    definition.__dict__["_compiled"] = form
    return form


def _containers(path: str) -> set[str]:
    parts = path.split("/")
    return {"/".join(parts[:length]) for length in range(2, len(parts))}


def mentioned_names(texts: Iterable[Texts]) -> set[str]:
    """The names mentioned in any language of any of the texts."""
    return {name for each in texts for text in each.values() for name in mentions(text)}


def _texts(item: Item) -> list[Texts]:
    texts = [item.label, item.hint]
    if isinstance(item, Question):
        texts += [
            item.guidance,
            item.good,
            item.evidence,
            item.constraint_message,
            item.required_message,
        ]
    return texts


def _formulas(item: Item) -> Formulas:
    relevant = _parsed(item.relevant)
    if isinstance(item, Repeat):
        return Formulas(relevant=relevant, count=_parsed(item.count))
    if not isinstance(item, Question):
        return Formulas(relevant=relevant)
    return Formulas(
        relevant=relevant,
        calculation=_parsed(item.calculation),
        constraint=_parsed(item.constraint),
        required=_parsed(item.required),
        read_only=_parsed(item.read_only),
        choice_filter=_parsed(item.choice_filter),
        default=_parsed(item.default_formula),
    )


def _parsed(text: str) -> Expression | None:
    """Import refuses what cannot be parsed; a definition made in another way goes without it."""
    try:
        return parse(text) if text.strip() else None
    except ExpressionError:
        return None


def _inverted(pairs: Iterable[tuple[str, set[str]]]) -> dict[str, tuple[str, ...]]:
    inverted: dict[str, list[str]] = {}
    for path, targets in pairs:
        for target in targets:
            inverted.setdefault(target, []).append(path)
    return {target: tuple(paths) for target, paths in inverted.items()}
