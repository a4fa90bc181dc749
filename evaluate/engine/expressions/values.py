"""The values of XPath and the ways they turn into each other.

Sources: XPath 1.0 sections 3.4, 3.5 and 4; for dates and typed answers the ODK XForms specification.
"""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Protocol

from evaluate.engine.expressions.dates import days_since_epoch, parse_stamp, parse_time
from evaluate.engine.expressions.limits import MAX_TEXT

NAN = math.nan
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")


class Node(Protocol):
    """A place in the answers or a row of a list: what a path can point at."""

    @property
    def text(self) -> str:
        """Its value as text; empty for groups, repeats and what is not relevant."""

    @property
    def is_numeric(self) -> bool:
        """Whether its value is a number by the type of its question."""

    @property
    def position(self) -> int:
        """Its number among its repetitions, from 1."""

    @property
    def parent(self) -> "Node | None":
        """What it is inside of."""

    def child_nodes(self, name: str) -> "Sequence[Node]":
        """The relevant nodes of that name directly inside it; `*` means all of them."""


class NodeSet(tuple[Node, ...]):
    """Nodes in the order of the questionnaire."""

    __slots__ = ()


Value = str | float | bool | NodeSet


class Context(Protocol):
    """What a formula needs from the form that it belongs to."""

    @property
    def now(self) -> datetime:
        """The moment of evaluation."""

    @property
    def random(self) -> Random:
        """The source of chance."""

    @property
    def node(self) -> Node:
        """Where relative paths and `.` start: the question, or the row that a filter looks at."""

    @property
    def current(self) -> Node:
        """The question that the formula belongs to, also inside a filter."""

    @property
    def root(self) -> Node:
        """The whole response."""

    def at(self, node: Node) -> "Context":
        """The same context with paths starting from another node."""

    def resolve(self, name: str) -> NodeSet:
        """The nodes that `${name}` means from the current question."""

    def resolve_everywhere(self, name: str) -> NodeSet:
        """All nodes of that name, in every repetition."""

    def instance(self, name: str) -> NodeSet:
        """A choice list or attached table, to be followed by `/root/item`; empty when there is none."""

    def table(self, name: str) -> Sequence[Mapping[str, str]]:
        """The rows of an attached table; empty when there is none."""

    def choice_label(self, question: str, choice: str) -> str:
        """The text of a choice of a question in the language of the page."""


def to_text(value: Value) -> str:
    """XPath's string(): whole numbers without a decimal point, the first node of a node set."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, NodeSet):
        return value[0].text if value else ""
    return number_text(value)


def number_text(number: float) -> str:
    """A number as XPath writes it: no exponent, no trailing zero."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    text = repr(number)
    return f"{number:.20f}".rstrip("0").rstrip(".") if "e" in text else text


def to_number(value: Value) -> float:
    """XPath's number(), and ODK's: dates count days since 1970, times of day a part of a day."""
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, NodeSet):
        return text_number(value[0].text) if value else NAN
    return text_number(value) if isinstance(value, str) else value


def text_number(text: str) -> float:
    """The number that a text means; NaN when it means none, the empty text included."""
    stripped = text.strip()
    if _NUMBER.fullmatch(stripped):
        return float(stripped)
    stamp = parse_stamp(stripped)
    if stamp is not None:
        return days_since_epoch(stamp)
    clock = parse_time(stripped)
    if clock is not None:
        return (clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6) / 86_400
    return NAN


def to_boolean(value: Value) -> bool:
    """XPath's boolean(); a question's answer counts by its own value, as ODK does."""
    if isinstance(value, NodeSet):
        if len(value) != 1:
            return bool(value)
        return to_boolean(typed(value[0]))
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def typed(node: Node) -> str | float:
    """A node's value as a number if its question asks for one and it has been answered."""
    text = node.text
    return text_number(text) if text and node.is_numeric else text


def clipped(text: str) -> str:
    """A text cut where no honest formula reaches, so that doubling it again and again stays cheap."""
    return text[:MAX_TEXT]


def compare(operator: str, left: Value, right: Value) -> bool:
    """Apply `= != < <= > >=`; a node set is compared by whether any of its nodes fits."""
    lefts = [typed(node) for node in left] if isinstance(left, NodeSet) else [left]
    rights = [typed(node) for node in right] if isinstance(right, NodeSet) else [right]
    if isinstance(left, bool) or isinstance(right, bool):
        # XPath 1.0, 3.4: a node set beside a boolean becomes one; `<` and its like then compare numbers.
        one, other = (to_boolean(side) if isinstance(side, NodeSet) else side for side in (left, right))
        return _compare_one(operator, one, other)
    # A question that is not relevant or has no instance compares as an empty answer, as in ODK.
    return any(_compare_one(operator, one, other) for one in lefts or [""] for other in rights or [""])


def _compare_one(operator: str, left: str | float | bool, right: str | float | bool) -> bool:
    if operator in {"=", "!="}:
        return _equal(left, right) == (operator == "=")
    first, second = to_number(left), to_number(right)
    if operator == "<":
        return first < second
    if operator == "<=":
        return first <= second
    if operator == ">":
        return first > second
    return first >= second


def _equal(left: str | float | bool, right: str | float | bool) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        return to_number(left) == to_number(right)
    return left == right
