"""How the values of the library's own facets are called in the reader's language; the others are the kernel's."""

from collections.abc import Collection

from portal.core.language import language_name
from portal.facets.labels import Labels
from portal.topics.sdgs import GOALS

BAND_YEARS = 5


def of_years(values: Collection[str]) -> Labels:
    """Name bands of years by their first: "2015" is "2015–2019"."""
    firsts = {value: int(value) for value in values if value.isdecimal() and len(value) == len("2015")}
    return {value: f"{first}–{first + BAND_YEARS - 1}" for value, first in firsts.items()}


def of_goals(values: Collection[str]) -> Labels:
    """Name Sustainable Development Goals by their numbers."""
    named = {str(number): f"{number}. {name}" for number, name in GOALS.items()}
    return {value: named[value] for value in values if value in named}


def of_languages(values: Collection[str]) -> Labels:
    """Name languages by their codes."""
    return {value: language_name(value).capitalize() for value in values}
