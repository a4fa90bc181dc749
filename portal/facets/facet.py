"""One aspect that things of a set are sorted by; apps declare theirs once, in a registry."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

# The only value of a facet that is a yes or nothing.
YES = "yes"


@dataclass(frozen=True)
class Facet:
    """One aspect that things are sorted by; its values follow its id in a row's `facet_keys`, after a colon.

    Args:
        id: the name of the parameter and the beginning of the keys.
        labels: what values are called in the reader's language; those it does not know are left out.
        order: among the facets.
        rank: what its values are sorted by; by their counts where there is none.
        shown: how many values are seen before "more".
        is_open: whether the page shows its values before somebody asks for them.
        is_flag: whether it is one box to tick instead of several.
    """

    id: str
    label: str | Promise
    labels: Callable[[Collection[str]], dict[str, str]]
    order: int
    rank: Callable[[str], Any] | None = None
    shown: int = 6
    is_open: bool = False
    is_flag: bool = False

    def key(self, value: str) -> str:
        """Return how `facet_keys` says that a thing has a value."""
        return f"{self.id}:{value}"

    def label_of(self, value: str) -> str:
        """Return what a value is called; a value that nobody knows is called what it is."""
        return self.labels([value]).get(value, value)


def flag(id: str, label: Promise, order: int) -> Facet:
    """Return a facet that is one box to tick."""
    return Facet(id, label, lambda values: {value: str(label) for value in values}, order, is_flag=True)


def by_number(value: str) -> int:
    """Rank values that are numbers of at most four digits."""
    return int(value) if value.isdecimal() and len(value) < len("10000") else 0


def by_place_in(known: list[str]) -> Callable[[str], int]:
    """Rank values as they stand in a list; what is not in it comes last."""
    return lambda value: known.index(value) if value in known else len(known)
