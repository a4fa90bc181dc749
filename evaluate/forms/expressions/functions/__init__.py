"""The functions of XLSForm formulas; importing this package registers all of them."""

from evaluate.forms.expressions.functions import (  # noqa: F401
    datetimes,
    logic,
    nodesets,
    numbers,
    selections,
    texts,
)
from evaluate.forms.expressions.functions.registry import FUNCTIONS

__all__ = ["FUNCTIONS"]
