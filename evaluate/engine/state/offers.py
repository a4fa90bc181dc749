"""Which choices a question offers, given the other answers."""

from collections.abc import Iterator

from evaluate.engine.definition import Choice, Question
from evaluate.engine.expressions import Expression, to_boolean
from evaluate.engine.expressions.nodes import Chain, Literal, Part, Path, Reference
from evaluate.engine.expressions.values import NodeSet
from evaluate.engine.state.context import ResponseContext, Surroundings
from evaluate.engine.state.nodes import ResponseNode, RowNode, choice_cells


def offered_choices(surroundings: Surroundings, node: ResponseNode) -> tuple[Choice, ...]:
    """The choices of a select that pass its filter; those of a select from a repeat are its answers."""
    question = node.item
    if not isinstance(question, Question):
        return ()
    expression = surroundings.form.formulas[question.path].choice_filter
    if expression is None:
        return _all_choices(surroundings, question, node)
    context = ResponseContext(surroundings, node)
    return tuple(
        choice
        for place, choice in enumerate(_candidates(surroundings, question, context, expression), start=1)
        if to_boolean(expression.evaluate(context.at(_row(surroundings, choice, place))))
    )


def _row(surroundings: Surroundings, choice: Choice, place: int) -> RowNode:
    return RowNode(choice_cells(choice, surroundings.choice_label(choice)), None, place)


def _all_choices(surroundings: Surroundings, question: Question, node: ResponseNode) -> tuple[Choice, ...]:
    if not question.choices_from:
        return surroundings.form.definition.choice_lists.get(question.choice_list, ())
    default = surroundings.form.definition.default_language
    answered = surroundings.everywhere(question.choices_from, node)
    names = dict.fromkeys(each.text for each in answered if each.text and " " not in each.text)
    return tuple(Choice(name, {default: name}) for name in names)


def _candidates(
    surroundings: Surroundings, question: Question, context: ResponseContext, expression: Expression
) -> tuple[Choice, ...]:
    """The choices worth putting to the filter.

    A cascading select asks for `column = ${answer}`; an index of the column leaves the few rows of a long
    list that can fit, and the filter itself still decides about each. A filter that counts rows needs all.
    """
    if question.choices_from or "position" in expression.functions:
        return _all_choices(surroundings, question, context.current)
    for column, other in _equalities(expression.part):
        value = other.evaluate(context)
        if isinstance(value, NodeSet):
            if len(value) != 1 or value[0].is_numeric:
                continue
            value = value[0].text
        if isinstance(value, str):
            return surroundings.form.choices_where(question.choice_list, column, value)
    return _all_choices(surroundings, question, context.current)


def _equalities(part: Part) -> Iterator[tuple[str, Part]]:
    """The conditions `column = text` that every choice must meet."""
    if not isinstance(part, Chain):
        return
    operators = {operator for operator, _operand in part.rest}
    if operators == {"and"}:
        for inner in part.parts():
            yield from _equalities(inner)
    elif operators == {"="} and len(part.rest) == 1:
        sides = (part.first, part.rest[0][1])
        for one, other in (sides, sides[::-1]):
            column = _column(one)
            if column and isinstance(other, Literal | Reference):
                yield column, other


def _column(part: Part) -> str:
    """The column that a part names, if that is all it does; labels depend on the language and are left out."""
    if (
        isinstance(part, Path)
        and part.start is None
        and len(part.steps) == 1
        and not part.steps[0].predicates
    ):
        name = part.steps[0].name
        return "" if name in {".", "..", "*", "label"} else name
    return ""
