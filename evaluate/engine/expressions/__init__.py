"""XPath 1.0 as XLSForm uses it, with ODK's meaning: `parse(text).evaluate(context)`."""

from evaluate.engine.expressions.errors import ExpressionError
from evaluate.engine.expressions.parser import Expression, parse
from evaluate.engine.expressions.values import Context, Node, NodeSet, Value, to_boolean, to_number, to_text

__all__ = [
    "Context",
    "Expression",
    "ExpressionError",
    "Node",
    "NodeSet",
    "Value",
    "parse",
    "to_boolean",
    "to_number",
    "to_text",
]
