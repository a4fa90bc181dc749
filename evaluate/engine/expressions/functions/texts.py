"""Work on texts."""

import math
import uuid

import regex
from django.utils.translation import gettext as _

from evaluate.engine.expressions.errors import ExpressionError
from evaluate.engine.expressions.functions.registry import FUNCTIONS, MANY
from evaluate.engine.expressions.limits import MAX_PATTERN, MAX_SUBJECT, PATTERN_SECONDS
from evaluate.engine.expressions.values import Context, NodeSet, Value, clipped, to_number, to_text


@FUNCTIONS.eager("string", 1)
def string(context: Context, value: Value) -> Value:
    """XPath's string()."""
    return to_text(value)


@FUNCTIONS.eager("string-length", 0, 1)
def string_length(context: Context, value: Value | None = None) -> Value:
    """How many characters a text has; without an argument, the question's own answer."""
    return float(len(context.node.text if value is None else to_text(value)))


@FUNCTIONS.eager("concat", 0, MANY)
def concat(context: Context, *values: Value) -> Value:
    """All the texts one after the other; a node set gives all its nodes."""
    return clipped("".join(_texts(values)))


@FUNCTIONS.eager("join", 1, MANY)
def join(context: Context, separator: Value, *values: Value) -> Value:
    """All the texts with a separator between them."""
    return clipped(to_text(separator).join(_texts(values)))


def _texts(values: tuple[Value, ...]) -> list[str]:
    texts: list[str] = []
    for value in values:
        texts.extend(node.text for node in value) if isinstance(value, NodeSet) else texts.append(
            to_text(value)
        )
    return texts


@FUNCTIONS.eager("substr", 2, 3)
def substr(context: Context, value: Value, start: Value, end: Value | None = None) -> Value:
    """The characters from `start` up to but without `end`, counted from 0, negative from the end."""
    text = to_text(value)
    return text[_index(start, 0) : len(text) if end is None else _index(end, len(text))]


def _index(value: Value, otherwise: int) -> int:
    amount = to_number(value)
    return math.trunc(amount) if math.isfinite(amount) else otherwise


@FUNCTIONS.eager("substring", 2, 3)
def substring(context: Context, value: Value, start: Value, length: Value = math.inf) -> Value:
    """XPath 1.0's substring(): characters counted from 1, both numbers rounded."""
    text, first, count = to_text(value), to_number(start), to_number(length)
    begin = math.floor(first + 0.5) if math.isfinite(first) else first
    end = begin + (math.floor(count + 0.5) if math.isfinite(count) else count)
    return "".join(character for place, character in enumerate(text, start=1) if begin <= place < end)


@FUNCTIONS.eager("substring-before", 2)
def substring_before(context: Context, value: Value, mark: Value) -> Value:
    """What stands before the first mark; empty when there is none."""
    before, found, _after = to_text(value).partition(to_text(mark) or "\0")
    return before if found else ""


@FUNCTIONS.eager("substring-after", 2)
def substring_after(context: Context, value: Value, mark: Value) -> Value:
    """What stands after the first mark; empty when there is none, everything after an empty mark."""
    text, sought = to_text(value), to_text(mark)
    return text.partition(sought)[2] if sought else text


@FUNCTIONS.eager("contains", 2)
def contains(context: Context, value: Value, part: Value) -> Value:
    """Whether a text holds another one."""
    return to_text(part) in to_text(value)


@FUNCTIONS.eager("starts-with", 2)
def starts_with(context: Context, value: Value, part: Value) -> Value:
    """Whether a text begins with another one."""
    return to_text(value).startswith(to_text(part))


@FUNCTIONS.eager("ends-with", 2)
def ends_with(context: Context, value: Value, part: Value) -> Value:
    """Whether a text ends with another one."""
    return to_text(value).endswith(to_text(part))


@FUNCTIONS.eager("translate", 3)
def translate(context: Context, value: Value, sought: Value, given: Value) -> Value:
    """Put each sought character's partner in its place; without a partner it goes away."""
    replacements: dict[str, str] = {}
    partners = to_text(given)
    for place, character in enumerate(to_text(sought)):
        replacements.setdefault(character, partners[place] if place < len(partners) else "")
    return "".join(replacements.get(character, character) for character in to_text(value))


@FUNCTIONS.eager("normalize-space", 0, 1)
def normalize_space(context: Context, value: Value | None = None) -> Value:
    """A text without blanks around it and with single blanks inside."""
    return " ".join((context.node.text if value is None else to_text(value)).split())


@FUNCTIONS.eager("regex", 2)
def regex_(context: Context, value: Value, pattern: Value) -> Value:
    """Whether the whole text fits the pattern; false when it is too long or takes too long to tell."""
    subject = to_text(value)
    if len(subject) > MAX_SUBJECT:
        return False
    try:
        compiled = compile_pattern(to_text(pattern))
        return compiled.fullmatch(subject, timeout=PATTERN_SECONDS) is not None
    except (ExpressionError, TimeoutError):
        return False


def compile_pattern(pattern: str) -> "regex.Pattern[str]":
    """Compile an author's pattern.

    Raises ExpressionError when it is too long or is no pattern; `regex` keeps a cache of its own.
    """
    if len(pattern) > MAX_PATTERN:
        raise ExpressionError(_("La expresión regular es demasiado larga."))
    try:
        return regex.compile(pattern)
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        message = _("La expresión regular «%(pattern)s» está mal escrita.") % {"pattern": pattern}
        raise ExpressionError(message) from error


@FUNCTIONS.eager("uuid", 0, 1)
def uuid_(context: Context, length: Value | None = None) -> Value:
    """A new unique identifier, or that many random letters and digits."""
    if length is None:
        return str(uuid.UUID(int=context.random.getrandbits(128), version=4))
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(context.random.choices(alphabet, k=max(0, min(_index(length, 0), 200))))
