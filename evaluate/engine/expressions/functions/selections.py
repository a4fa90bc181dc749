"""Questions with choices: what was chosen, and how a choice reads."""

import math

from evaluate.engine.expressions.functions.registry import FUNCTIONS
from evaluate.engine.expressions.nodes import Literal, Part, Reference
from evaluate.engine.expressions.values import Context, Value, to_number, to_text


@FUNCTIONS.eager("selected", 2)
def selected(context: Context, value: Value, choice: Value) -> Value:
    """Whether a choice is among those chosen."""
    return to_text(choice).strip() in to_text(value).split()


@FUNCTIONS.eager("selected-at", 2)
def selected_at(context: Context, value: Value, index: Value) -> Value:
    """The nth of the choices made, counted from 0; empty when there are fewer."""
    chosen, place = to_text(value).split(), to_number(index)
    if not math.isfinite(place) or not 0 <= place < len(chosen):
        return ""
    return chosen[math.trunc(place)]


@FUNCTIONS.eager("count-selected", 1)
def count_selected(context: Context, value: Value) -> Value:
    """How many choices were made."""
    return float(len(to_text(value).split()))


@FUNCTIONS.lazy("jr:choice-name", 2)
def choice_name(context: Context, parts: tuple[Part, ...]) -> Value:
    """The text of a choice; the question is named by `'${name}'` or `${name}`."""
    question = named_question(parts[1])
    return context.choice_label(question, to_text(parts[0].evaluate(context))) if question else ""


def named_question(part: Part) -> str:
    """The question that the second argument of jr:choice-name points at; empty when it is not constant."""
    if isinstance(part, Reference):
        return part.name
    if isinstance(part, Literal) and isinstance(part.value, str):
        return part.value.strip().removeprefix("${").removesuffix("}").strip().rsplit("/", 1)[-1]
    return ""


@FUNCTIONS.eager("jr:itext", 1)
def itext(context: Context, value: Value) -> Value:
    """A text by its id: here lists keep their texts themselves, so it is the value given."""
    return to_text(value)
