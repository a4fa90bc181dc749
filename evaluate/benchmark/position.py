"""Where an own value stands among quartiles: the quarter it lies in, never a rank that could be probed."""

from enum import StrEnum

from django.utils.translation import gettext as _

from evaluate.benchmark.figures import Quartiles


class Position(StrEnum):
    """A place among quartiles."""

    LOWEST = "lowest"
    BELOW = "below"
    MEDIAN = "median"
    ABOVE = "above"
    HIGHEST = "highest"


def position_of(percent: int, quartiles: Quartiles) -> Position:
    """Return where a value in whole per cent stands; it says no more than the value and the figures shown do."""
    if percent == quartiles.median:
        return Position.MEDIAN
    if percent < quartiles.q1:
        return Position.LOWEST
    if percent > quartiles.q3:
        return Position.HIGHEST
    return Position.BELOW if percent < quartiles.median else Position.ABOVE


def position_words(position: Position) -> str:
    """Say it as people do."""
    return {
        Position.LOWEST: _("en el cuarto más bajo"),
        Position.BELOW: _("en el segundo cuarto, por debajo de la mediana"),
        Position.MEDIAN: _("justo en la mediana"),
        Position.ABOVE: _("en el tercer cuarto, por encima de la mediana"),
        Position.HIGHEST: _("en el cuarto más alto"),
    }[position]
