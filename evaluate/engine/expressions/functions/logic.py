"""Truth, choice between values, and values kept once."""

from evaluate.engine.expressions.functions.registry import FUNCTIONS, MANY
from evaluate.engine.expressions.nodes import Part
from evaluate.engine.expressions.values import Context, Value, to_boolean, to_number, to_text


@FUNCTIONS.lazy("if", 3)
def if_(context: Context, parts: tuple[Part, ...]) -> Value:
    """The second argument when the first holds, otherwise the third."""
    condition, then, otherwise = parts
    return (then if to_boolean(condition.evaluate(context)) else otherwise).evaluate(context)


@FUNCTIONS.lazy("coalesce", 1, MANY)
def coalesce(context: Context, parts: tuple[Part, ...]) -> Value:
    """The first argument that is not empty."""
    for part in parts:
        text = to_text(part.evaluate(context))
        if text:
            return text
    return ""


@FUNCTIONS.lazy("once", 1)
def once(context: Context, parts: tuple[Part, ...]) -> Value:
    """The value the question already has, or the argument when it has none."""
    return context.current.text or parts[0].evaluate(context)


@FUNCTIONS.eager("not", 1)
def not_(context: Context, value: Value) -> Value:
    """The opposite."""
    return not to_boolean(value)


@FUNCTIONS.eager("true", 0)
def true(context: Context) -> Value:
    """True."""
    return True


@FUNCTIONS.eager("false", 0)
def false(context: Context) -> Value:
    """False."""
    return False


@FUNCTIONS.eager("boolean", 1)
def boolean(context: Context, value: Value) -> Value:
    """XPath's boolean()."""
    return to_boolean(value)


@FUNCTIONS.eager("boolean-from-string", 1)
def boolean_from_string(context: Context, value: Value) -> Value:
    """True for `1` and `true`, whatever the case."""
    return to_text(value).strip().lower() in {"1", "true"}


def _how_many_hold(values: tuple[Value, ...]) -> int:
    return sum(to_boolean(value) for value in values)


@FUNCTIONS.eager("checklist", 3, MANY)
def checklist(context: Context, minimum: Value, maximum: Value, *values: Value) -> Value:
    """Whether as many of the values hold as asked for; -1 leaves a side open."""
    return _between(_how_many_hold(values), minimum, maximum)


@FUNCTIONS.eager("weighted-checklist", 4, MANY)
def weighted_checklist(context: Context, minimum: Value, maximum: Value, *pairs: Value) -> Value:
    """Whether the weights of the values that hold add up to what is asked for."""
    total = sum(
        to_number(weight) for value, weight in zip(pairs[::2], pairs[1::2], strict=False) if to_boolean(value)
    )
    return _between(total, minimum, maximum)


def _between(number: float, minimum: Value, maximum: Value) -> bool:
    low, high = to_number(minimum), to_number(maximum)
    return (low == -1 or number >= low) and (high == -1 or number <= high)
