"""Arithmetic beyond the operators."""

import math
from collections.abc import Callable

from evaluate.engine.expressions.functions.registry import FUNCTIONS
from evaluate.engine.expressions.values import NAN, Context, Value, to_number

MAX_ROUNDING_DIGITS = 30


@FUNCTIONS.eager("number", 1)
def number(context: Context, value: Value) -> Value:
    """XPath's number()."""
    return to_number(value)


@FUNCTIONS.eager("int", 1)
def int_(context: Context, value: Value) -> Value:
    """The whole part of a number, towards zero."""
    amount = to_number(value)
    return float(math.trunc(amount)) if math.isfinite(amount) else amount


@FUNCTIONS.eager("round", 1, 2)
def round_(context: Context, value: Value, digits: Value = 0.0) -> Value:
    """Round half up, to a number of decimals; negative digits round to tens, hundreds and so on."""
    amount, places = to_number(value), to_number(digits)
    if not math.isfinite(amount) or not math.isfinite(places) or abs(places) > MAX_ROUNDING_DIGITS:
        return amount if math.isfinite(places) else NAN
    return _half_up(amount, math.trunc(places))


def _half_up(amount: float, places: int) -> float:
    """Round halves upwards as XPath's round() does (-2.5 becomes -2), on the digits as they are read."""
    shifted = float(f"{amount!r}e{places}") if "e" not in repr(amount) else amount * 10.0**places
    if not math.isfinite(shifted):
        return amount
    whole = float(math.floor(shifted + 0.5))
    return float(f"{int(whole)}e{-places}")


@FUNCTIONS.eager("pow", 2)
def pow_(context: Context, base: Value, exponent: Value) -> Value:
    """A number raised to a power; infinite when it is too large, not a number when it has no value."""
    try:
        return math.pow(to_number(base), to_number(exponent))
    except OverflowError:
        return math.inf
    except ValueError:
        return NAN


@FUNCTIONS.eager("pi", 0)
def pi(context: Context) -> Value:
    """The circle's number."""
    return math.pi


@FUNCTIONS.eager("atan2", 2)
def atan2(context: Context, ordinate: Value, abscissa: Value) -> Value:
    """The angle of a point, in radians."""
    return math.atan2(to_number(ordinate), to_number(abscissa))


def _one_number(name: str, function: Callable[[float], float]) -> None:
    def run(context: Context, value: Value) -> Value:
        try:
            return float(function(to_number(value)))
        except (ValueError, OverflowError):
            return NAN

    FUNCTIONS.eager(name, 1)(run)


def _rounded(function: Callable[[float], int]) -> Callable[[float], float]:
    return lambda amount: float(function(amount)) if math.isfinite(amount) else amount


_OF_ONE_NUMBER: dict[str, Callable[[float], float]] = {
    "abs": abs,
    "acos": math.acos,
    "asin": math.asin,
    "atan": math.atan,
    "cos": math.cos,
    "exp": math.exp,
    "exp10": lambda amount: math.pow(10, amount),
    "log": math.log,
    "log10": math.log10,
    "sin": math.sin,
    "sqrt": math.sqrt,
    "tan": math.tan,
    "floor": _rounded(math.floor),
    "ceiling": _rounded(math.ceil),
}
for _name, _function in _OF_ONE_NUMBER.items():
    _one_number(_name, _function)
