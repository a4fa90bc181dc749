"""Builds a formula's parts from its tokens (Pratt's method), with bounds on length and depth."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from evaluate.engine.expressions.errors import ExpressionError
from evaluate.engine.expressions.functions import FUNCTIONS
from evaluate.engine.expressions.functions.selections import named_question
from evaluate.engine.expressions.functions.texts import compile_pattern
from evaluate.engine.expressions.limits import MAX_DEPTH, MAX_LENGTH
from evaluate.engine.expressions.nodes import (
    Call,
    Chain,
    LastSaved,
    Literal,
    Negation,
    Part,
    Path,
    Reference,
    Step,
)
from evaluate.engine.expressions.tokens import Kind, Token, tokenize
from evaluate.engine.expressions.values import Context, Value

LAST_SAVED = "last-saved#"
OPERATORS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"), ("|",))
RANK_OF = {operator: rank for rank, operators in enumerate(OPERATORS) for operator in operators}


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula that has been understood; it keeps no state and may be shared.

    references: the names in `${…}`. paths: the written paths, except those inside brackets, which
    start from each node that the brackets look at. functions: the names of the functions called.
    """

    text: str
    part: Part
    references: frozenset[str]
    paths: tuple[Path, ...]
    functions: frozenset[str]

    def evaluate(self, context: Context) -> Value:
        """Its value in that context; never raises for any answers."""
        return self.part.evaluate(context)


@lru_cache(maxsize=20_000)
def parse(text: str) -> Expression:
    """Understand a formula.

    Raises ExpressionError, with the reason in plain words and the place, when it cannot be understood.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(_("La fórmula es demasiado larga: dividila en varios cálculos."), MAX_LENGTH)
    part = _Parser(tokenize(text)).parse()
    parts = tuple(_all_parts(part))
    return Expression(
        text,
        part,
        frozenset(_references(parts)),
        tuple(_outer_paths(part)),
        frozenset(each.name for each in parts if isinstance(each, Call)),
    )


def _all_parts(part: Part) -> Iterator[Part]:
    yield part
    for inner in part.parts():
        yield from _all_parts(inner)


def _outer_paths(part: Part) -> Iterator[Path]:
    if isinstance(part, Path):
        yield part
        if part.start is not None and not isinstance(part.start, str):
            yield from _outer_paths(part.start)
        return
    for inner in part.parts():
        yield from _outer_paths(inner)


def _references(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Reference):
            yield part.name
        elif isinstance(part, Call) and part.name == "jr:choice-name" and named_question(part.arguments[1]):
            yield named_question(part.arguments[1])


class _Parser:
    """One pass over the tokens of one formula."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._index = 0
        self._depth = 0

    def parse(self) -> Part:
        part = self._chain(0)
        if self._token.kind is not Kind.END:
            raise self._unexpected()
        return part

    @property
    def _token(self) -> Token:
        return self._tokens[self._index]

    def _next(self) -> Token:
        token = self._token
        self._index += token.kind is not Kind.END
        return token

    def _accept(self, symbol: str) -> bool:
        found = self._token.kind is Kind.SYMBOL and self._token.text == symbol
        self._index += found
        return found

    def _expect(self, symbol: str) -> None:
        if not self._accept(symbol):
            if self._token.kind is Kind.END:
                message = _("Falta «%(symbol)s» al final.") % {"symbol": symbol}
                raise ExpressionError(message, self._token.position)
            raise self._unexpected()

    def _unexpected(self) -> ExpressionError:
        token = self._token
        if token.kind is Kind.END:
            return ExpressionError(_("La fórmula está incompleta."), token.position)
        if token.text == "::":
            message = _("«%(name)s::» no se puede usar en una fórmula: escribí solo el nombre de la columna.")
            return ExpressionError(message % {"name": self._tokens[self._index - 1].text}, token.position)
        message = _("«%(text)s» no va en este lugar: revisá los operadores, las comas y las comillas.")
        return ExpressionError(message % {"text": token.text}, token.position)

    def _chain(self, rank: int) -> Part:
        """Operators of this rank or a tighter one, each run of equal rank kept flat."""
        left = self._unary()
        while (found := self._operator_rank()) is not None and found >= rank:
            rest: list[tuple[str, Part]] = []
            while self._operator_rank() == found:
                operator = self._next().text
                rest.append((operator, self._chain(found + 1)))
            left = Chain(left, tuple(rest))
        return left

    def _operator_rank(self) -> int | None:
        token = self._token
        return RANK_OF.get(token.text) if token.kind in {Kind.SYMBOL, Kind.NAME} else None

    def _unary(self) -> Part:
        signs = 0
        while self._accept("-"):
            signs += 1
        part = self._path()
        # Two signs undo each other but still make a number of what follows.
        return part if signs == 0 else Negation(part) if signs % 2 else Negation(Negation(part))

    def _path(self) -> Part:
        if self._accept("/"):
            return self._absolute_path()
        token = self._token
        if token.kind is Kind.NAME and not self._is_call():
            return Path(None, self._steps())
        if token.kind is Kind.SYMBOL and token.text in {".", "..", "*", "@"}:
            return Path(None, self._steps())
        part = self._primary()
        if self._token.text == "[" and self._token.kind is Kind.SYMBOL:
            return Path(part, (Step(".", self._predicates()), *self._more_steps()))
        more = self._more_steps()
        return Path(part, more) if more else part

    def _is_call(self) -> bool:
        following = self._tokens[self._index + 1]
        return following.kind is Kind.SYMBOL and following.text == "("

    def _absolute_path(self) -> Part:
        """A path from the root, whose first name is the form itself and is left out."""
        steps = self._steps()
        return Path("/", (Step(".", steps[0].predicates), *steps[1:]))

    def _steps(self) -> tuple[Step, ...]:
        return (self._step(), *self._more_steps())

    def _more_steps(self) -> tuple[Step, ...]:
        steps: list[Step] = []
        while self._accept("/"):
            steps.append(self._step())
        return tuple(steps)

    def _step(self) -> Step:
        token = self._token
        if token.kind is Kind.NAME or (token.kind is Kind.SYMBOL and token.text in {".", "..", "*"}):
            self._next()
            if self._token.text == "::":
                raise self._unexpected()
            return Step(token.text, self._predicates())
        raise self._unexpected()

    def _predicates(self) -> tuple[Part, ...]:
        predicates: list[Part] = []
        while self._accept("["):
            predicates.append(self._nested())
            self._expect("]")
        return tuple(predicates)

    def _nested(self) -> Part:
        """An inner formula; counts how deep it is inside others."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            message = _(
                "La fórmula tiene demasiados paréntesis unos dentro de otros: dividila en varios cálculos."
            )
            raise ExpressionError(message, self._token.position)
        part = self._chain(0)
        self._depth -= 1
        return part

    def _primary(self) -> Part:
        token = self._next()
        if token.kind is Kind.NUMBER:
            return Literal(float(token.text))
        if token.kind is Kind.TEXT:
            return Literal(token.text)
        if token.kind is Kind.REFERENCE:
            name = token.text
            return LastSaved(name) if name.startswith(LAST_SAVED) else Reference(name)
        if token.kind is Kind.NAME:
            return self._call(token)
        if token.kind is Kind.SYMBOL and token.text == "(":
            part = self._nested()
            self._expect(")")
            return part
        self._index -= token.kind is not Kind.END
        raise self._unexpected()

    def _call(self, token: Token) -> Part:
        self._expect("(")
        arguments: list[Part] = []
        if not self._accept(")"):
            arguments.append(self._nested())
            while self._accept(","):
                arguments.append(self._nested())
            self._expect(")")
        run = FUNCTIONS.find(token.text, len(arguments), token.position)
        _check_pattern(token, arguments)
        return Call(token.text, tuple(arguments), run)


def _check_pattern(token: Token, arguments: list[Part]) -> None:
    """A regular expression written in the formula is compiled at once, so that its author hears of errors."""
    if token.text == "regex" and isinstance(arguments[1], Literal):
        try:
            compile_pattern(str(arguments[1].value))
        except ExpressionError as error:
            raise ExpressionError(error.message, token.position) from error
