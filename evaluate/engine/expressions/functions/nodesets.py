"""Answers of several repetitions taken together, and rows of lists and tables."""

import math

from evaluate.engine.expressions.functions.registry import FUNCTIONS, MANY
from evaluate.engine.expressions.nodes import Part, Reference
from evaluate.engine.expressions.values import (
    NAN,
    Context,
    Node,
    NodeSet,
    Value,
    text_number,
    to_number,
    to_text,
)


def _numbers(values: tuple[Value, ...]) -> list[float]:
    numbers: list[float] = []
    for value in values:
        if isinstance(value, NodeSet):
            numbers.extend(text_number(node.text) for node in value if node.text)
        else:
            numbers.append(to_number(value))
    return numbers


@FUNCTIONS.eager("count", 1)
def count(context: Context, value: Value) -> Value:
    """How many nodes there are."""
    return float(len(value)) if isinstance(value, NodeSet) else NAN


@FUNCTIONS.eager("count-non-empty", 1)
def count_non_empty(context: Context, value: Value) -> Value:
    """How many nodes have a value."""
    return float(sum(bool(node.text) for node in value)) if isinstance(value, NodeSet) else NAN


@FUNCTIONS.eager("sum", 1)
def sum_(context: Context, value: Value) -> Value:
    """The sum of the nodes that have a value."""
    return math.fsum(_finite(_numbers((value,))))


def _finite(numbers: list[float]) -> list[float]:
    """Sums with an infinite term are not numbers; fsum would raise on opposite infinities."""
    return numbers if all(math.isfinite(number) for number in numbers) else [NAN]


@FUNCTIONS.eager("max", 1, MANY)
def max_(context: Context, *values: Value) -> Value:
    """The largest number; not a number when one of them is not, or when there is none."""
    numbers = _numbers(values)
    return NAN if not numbers or any(map(math.isnan, numbers)) else max(numbers)


@FUNCTIONS.eager("min", 1, MANY)
def min_(context: Context, *values: Value) -> Value:
    """The smallest number; not a number when one of them is not, or when there is none."""
    numbers = _numbers(values)
    return NAN if not numbers or any(map(math.isnan, numbers)) else min(numbers)


@FUNCTIONS.eager("position", 0, 1)
def position(context: Context, value: Value | None = None) -> Value:
    """The number of a repetition, as in position(..); without an argument, that of the node in view."""
    if value is None:
        return float(context.node.position)
    return float(value[0].position) if isinstance(value, NodeSet) and value else NAN


@FUNCTIONS.lazy("indexed-repeat", 3, 7)
def indexed_repeat(context: Context, parts: tuple[Part, ...]) -> Value:
    """The answer to a question in the nth repetition; with further pairs, of repeats inside it."""
    question = parts[0]
    if not isinstance(question, Reference) or len(parts) % 2 == 0:
        return ""
    found = context.resolve_everywhere(question.name)
    for repeat, index in zip(parts[1::2], parts[2::2], strict=True):
        if not isinstance(repeat, Reference):
            return ""
        wanted = to_number(index.evaluate(context))
        instances = {id(node) for node in context.resolve_everywhere(repeat.name) if node.position == wanted}
        found = NodeSet(node for node in found if _inside(node, instances))
    return NodeSet(found[:1])


def _inside(node: Node, containers: set[int]) -> bool:
    around: Node | None = node
    while around is not None:
        if id(around) in containers:
            return True
        around = around.parent
    return False


@FUNCTIONS.eager("instance", 1)
def instance(context: Context, name: Value) -> Value:
    """A choice list or attached table by its name."""
    return context.instance(to_text(name))


@FUNCTIONS.lazy("current", 0)
def current(context: Context, parts: tuple[Part, ...]) -> Value:
    """The question that the formula belongs to."""
    return NodeSet((context.current,))


@FUNCTIONS.eager("pulldata", 4)
def pulldata(context: Context, table: Value, column: Value, key_column: Value, key: Value) -> Value:
    """A cell of an attached table: of the first row whose key column has the key; otherwise empty."""
    wanted, key_name, name = to_text(key), to_text(key_column), to_text(column)
    for row in context.table(to_text(table)):
        if row.get(key_name, "") == wanted:
            return row.get(name, "")
    return ""


@FUNCTIONS.eager("random", 0)
def random(context: Context) -> Value:
    """A number from 0 up to 1 by chance."""
    return context.random.random()
