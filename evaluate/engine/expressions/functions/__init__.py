"""The functions of XLSForm formulas; importing this package registers all of them."""

from evaluate.engine.expressions.functions import (  # noqa: F401
    datetimes,
    logic,
    nodesets,
    numbers,
    selections,
    texts,
)
from evaluate.engine.expressions.functions.registry import FUNCTIONS

__all__ = ["FUNCTIONS"]
