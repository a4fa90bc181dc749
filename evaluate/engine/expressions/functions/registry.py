"""The functions a formula may call, by name."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from evaluate.engine.expressions.errors import ExpressionError
from evaluate.engine.expressions.nodes import Part
from evaluate.engine.expressions.values import Context, Value

Run = Callable[[Context, tuple[Part, ...]], Value]
Eager = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Function:
    """A function with the number of arguments it takes."""

    run: Run
    minimum: int
    maximum: float


class FunctionRegistry:
    """Functions by name; a doubled name is a mistake in this code and raises."""

    def __init__(self) -> None:
        """Start without any function."""
        self._functions: dict[str, Function] = {}

    def eager(self, name: str, minimum: int, maximum: float | None = None) -> Callable[[Eager], Eager]:
        """Register a function of the context and of its evaluated arguments."""

        def register(function: Eager) -> Eager:
            def run(context: Context, parts: tuple[Part, ...]) -> Value:
                return function(context, *(part.evaluate(context) for part in parts))

            self._add(name, Function(run, minimum, minimum if maximum is None else maximum))
            return function

        return register

    def lazy(self, name: str, minimum: int, maximum: float | None = None) -> Callable[[Run], Run]:
        """Register a function that decides itself which of its arguments it evaluates, and how."""

        def register(run: Run) -> Run:
            self._add(name, Function(run, minimum, minimum if maximum is None else maximum))
            return run

        return register

    def find(self, name: str, given: int, position: int) -> Run:
        """Return what runs the function.

        Raises ExpressionError when there is no such function or it does not take so many arguments.
        """
        function = self._functions.get(name)
        if function is None:
            message = _("La función «%(name)s» no existe o no está disponible en el portal.")
            raise ExpressionError(message % {"name": name}, position)
        if not function.minimum <= given <= function.maximum:
            message = _("La función «%(name)s» lleva %(expected)s y tiene %(given)d.")
            expected = _arity_words(function)
            raise ExpressionError(message % {"name": name, "expected": expected, "given": given}, position)
        return function.run

    def _add(self, name: str, function: Function) -> None:
        if name in self._functions:
            raise ValueError(f"the function {name!r} is registered twice")
        self._functions[name] = function


def _arity_words(function: Function) -> str:
    if math.isinf(function.maximum):
        return _("al menos %(count)d argumentos") % {"count": function.minimum}
    if function.minimum == function.maximum:
        return _("%(count)d argumentos") % {"count": function.minimum}
    return _("entre %(low)d y %(high)d argumentos") % {"low": function.minimum, "high": int(function.maximum)}


FUNCTIONS = FunctionRegistry()
MANY = math.inf
