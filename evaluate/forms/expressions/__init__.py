"""XPath 1.0 as XLSForm uses it, with ODK's meaning: `parse(text).evaluate(context)`."""

from evaluate.forms.expressions.errors import ExpressionError
from evaluate.forms.expressions.parser import Expression, parse
from evaluate.forms.expressions.values import Context, Node, NodeSet, Value, to_boolean, to_number, to_text

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
