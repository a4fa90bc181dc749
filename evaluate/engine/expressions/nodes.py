"""The parts of a parsed formula; each knows how to evaluate itself in a context."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from evaluate.engine.expressions.values import (
    NAN,
    Context,
    Node,
    NodeSet,
    Value,
    compare,
    to_boolean,
    to_number,
)


class Part(Protocol):
    """Any part of a formula."""

    def evaluate(self, context: Context) -> Value:
        """Its value in that context."""

    def parts(self) -> "Iterator[Part]":
        """The parts directly inside it."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or text written in the formula."""

    value: str | float

    def evaluate(self, context: Context) -> Value:
        """The value itself."""
        return self.value

    def parts(self) -> Iterator[Part]:
        """Nothing is inside it."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Reference:
    """`${name}`: the question of that name, seen from where the formula stands."""

    name: str

    def evaluate(self, context: Context) -> Value:
        """The nodes that the name means here."""
        return context.resolve(self.name)

    def parts(self) -> Iterator[Part]:
        """Nothing is inside it."""
        return iter(())


@dataclass(frozen=True, slots=True)
class LastSaved:
    """`${last-saved#name}`: an answer of the previous response, which the portal does not carry over."""

    name: str

    def evaluate(self, context: Context) -> Value:
        """Always empty."""
        return ""

    def parts(self) -> Iterator[Part]:
        """Nothing is inside it."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Negation:
    """Unary minus."""

    operand: Part

    def evaluate(self, context: Context) -> Value:
        """The number with the other sign."""
        return -to_number(self.operand.evaluate(context))

    def parts(self) -> Iterator[Part]:
        """What is negated."""
        yield self.operand


@dataclass(frozen=True, slots=True)
class Chain:
    """Operators of one rank in a row, `a + b - c`, kept flat so that a long sum is not a deep one."""

    first: Part
    rest: tuple[tuple[str, Part], ...]

    def evaluate(self, context: Context) -> Value:
        """Apply the operators from left to right; `and` and `or` stop as soon as they can."""
        operator = self.rest[0][0]
        if operator == "and":
            return all(to_boolean(part.evaluate(context)) for part in self.parts())
        if operator == "or":
            return any(to_boolean(part.evaluate(context)) for part in self.parts())
        value = self.first.evaluate(context)
        for operator, part in self.rest:
            value = _apply(operator, value, part.evaluate(context))
        return value

    def parts(self) -> Iterator[Part]:
        """The operands in order."""
        yield self.first
        for _operator, part in self.rest:
            yield part


def _apply(operator: str, left: Value, right: Value) -> Value:
    if operator == "|":
        return _union(left, right)
    arithmetic = ARITHMETIC.get(operator)
    if arithmetic is None:
        return compare(operator, left, right)
    return arithmetic(to_number(left), to_number(right))


def _union(left: Value, right: Value) -> NodeSet:
    nodes: dict[int, Node] = {}
    for value in (left, right):
        nodes.update({id(node): node for node in value} if isinstance(value, NodeSet) else {})
    return NodeSet(nodes.values())


def _divide(left: float, right: float) -> float:
    if right == 0:
        if left == 0 or math.isnan(left):
            return NAN
        return math.copysign(math.inf, left) * math.copysign(1.0, right)
    return left / right


def _modulo(left: float, right: float) -> float:
    """XPath's mod keeps the sign of the dividend."""
    if right == 0 or math.isinf(left):
        return NAN
    return math.fmod(left, right)


ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "div": _divide,
    "mod": _modulo,
}


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; the function decides which of them it evaluates."""

    name: str
    arguments: tuple[Part, ...]
    run: "Callable[[Context, tuple[Part, ...]], Value]"

    def evaluate(self, context: Context) -> Value:
        """What the function returns."""
        return self.run(context, self.arguments)

    def parts(self) -> Iterator[Part]:
        """The arguments."""
        return iter(self.arguments)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: a name, `*`, `.` or `..`, with the conditions in brackets after it."""

    name: str
    predicates: tuple[Part, ...] = ()

    def walk(self, context: Context, nodes: NodeSet) -> NodeSet:
        """The nodes one step on from these."""
        reached: dict[int, Node] = {}
        for node in nodes:
            reached.update((id(found), found) for found in self._filtered(context, self._targets(node)))
        return NodeSet(reached.values())

    def _targets(self, node: Node) -> tuple[Node, ...]:
        if self.name == ".":
            return (node,)
        if self.name == "..":
            return (node.parent,) if node.parent is not None else ()
        return tuple(node.child_nodes(self.name))

    def _filtered(self, context: Context, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        for predicate in self.predicates:
            kept = []
            for place, node in enumerate(nodes, start=1):
                value = predicate.evaluate(context.at(node))
                # A bare number in brackets means "the nth", anything else means "those for which".
                fits = value == place if isinstance(value, float) else to_boolean(value)
                if fits:
                    kept.append(node)
            nodes = tuple(kept)
        return nodes


@dataclass(frozen=True, slots=True)
class Path:
    """A way through the response or a list: `../zone`, `/data/age`, `instance('x')/root/item[…]/name`.

    start: None for a relative path, "/" for one from the root, or the part that the path continues.
    """

    start: "Part | str | None"
    steps: tuple[Step, ...]

    def evaluate(self, context: Context) -> Value:
        """The nodes at the end of the way."""
        nodes = self._starting_nodes(context)
        for step in self.steps:
            nodes = step.walk(context, nodes)
        return nodes

    def _starting_nodes(self, context: Context) -> NodeSet:
        if self.start is None:
            return NodeSet((context.node,))
        if isinstance(self.start, str):
            return NodeSet((context.root,))
        value = self.start.evaluate(context)
        return value if isinstance(value, NodeSet) else NodeSet()

    def parts(self) -> Iterator[Part]:
        """Where it starts, if that is a part, and the conditions on its steps."""
        if self.start is not None and not isinstance(self.start, str):
            yield self.start
        for step in self.steps:
            yield from step.predicates
