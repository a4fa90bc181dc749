"""What a reader may choose in each facet, with how much each choice would leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.facets.counts import Count, Counted, Tally
from portal.facets.facet import YES, Facet
from portal.facets.filters import FacetedFilterSet
from portal.places.names import normalise_name

# More than anybody reads through; the others are found by words.
MOST_OFFERED = 40
_LAST_WITHOUT_GROUPS = 999


@dataclass(frozen=True)
class Choice:
    """A value of a facet: its name, and how much it would leave."""

    name: str
    value: str
    label: str | Promise
    count: Count
    is_chosen: bool

    @property
    def dom_id(self) -> str:
        """What the page calls its box; the same as long as the value is, so that the focus can stay on it."""
        return f"{self.name}-{crc32(self.value.encode()):x}"

    @property
    def count_shown(self) -> str:
        """The count as it is seen; empty when nothing is known of it."""
        if self.count.is_least:
            return f"{_figure(self.count.number)}+" if self.count else ""
        return _figure(self.count.number)


@dataclass(frozen=True)
class FacetChoices:
    """What can be chosen in a facet: the first values, and the rest behind a "more".

    Args:
        left_out: how many more values there are than are offered at all.
    """

    facet: Facet
    first: list[Choice]
    rest: list[Choice]
    left_out: int = 0

    @property
    def chosen_count(self) -> int:
        """How many values are chosen."""
        return sum(choice.is_chosen for choice in (*self.first, *self.rest))

    @property
    def is_open(self) -> bool:
        """Whether its values are to be seen at once."""
        return self.facet.is_open or self.chosen_count > 0


def facet_choices(filters: FacetedFilterSet, counted: Counted) -> list[FacetChoices]:
    """Return the facets that have something to choose from, in their order."""
    offered = (_choices(facet, filters, counted) for facet in filters.facets if not facet.is_flag)
    return [choices for choices in offered if choices.first]


def flag_choices(filters: FacetedFilterSet, counted: Counted) -> list[Choice]:
    """Return the boxes to tick that stand for themselves."""
    return [
        Choice(
            name=facet.id,
            value=YES,
            label=facet.label,
            count=counted.by_facet[facet.id].count(facet.key(YES)),
            is_chosen=YES in filters.chosen_of(facet),
        )
        for facet in filters.facets
        if facet.is_flag
    ]


def choices_written(choices: Iterable[Choice]) -> SafeString:
    """Write the values of a facet, each with how much it would leave.

    A page has hundreds of them: a template for each would cost more than everything else on it.
    """
    written = (
        f'<li><label class="facet__choice"><input type="checkbox" id="{one.dom_id}" name="{one.name}"'
        f' value="{escape(one.value)}"{" checked" if one.is_chosen else ""}>'
        f'<span class="facet__label">{escape(one.label)}</span>'
        f' <span class="facet__count">{escape(one.count_shown)}</span></label></li>'
        for one in choices
    )
    return mark_safe("\n".join(written))  # noqa: S308 names and ids are ours, everything else is escaped


def _choices(facet: Facet, filters: FacetedFilterSet, counted: Counted) -> FacetChoices:
    tally = counted.by_facet[facet.id]
    chosen = filters.chosen_of(facet)
    values = [*_values(facet, tally, counted.whole), *chosen]
    ranked = sorted(
        dict.fromkeys(values), key=lambda value: (value not in chosen, -_number(facet, tally, value))
    )
    offered = ranked[: max(MOST_OFFERED, len(chosen))]
    labels = facet.labels(offered)
    choices = [
        Choice(
            name=facet.id,
            value=value,
            label=labels.get(value, value),
            count=_count(facet.key(value), tally, counted.whole),
            is_chosen=value in chosen,
        )
        for value in offered
    ]
    first, rest = _parted(facet, choices)
    return FacetChoices(facet, first, rest, len(ranked) - len(offered))


def _values(facet: Facet, tally: Tally, whole: Tally) -> list[str]:
    """Return the values that a choice would find something with; all there are where that was not counted out."""
    values = tally.values(facet.id)
    return list(dict.fromkeys([*values, *whole.values(facet.id)])) if tally.is_cut else values


def _count(key: str, tally: Tally, whole: Tally) -> Count:
    """Return how many answer to a key; exact also in a cut set when that many are all there are."""
    count = tally.count(key)
    return Count(count.number) if count.number >= whole.keys.get(key, 0) else count


def _parted(facet: Facet, choices: list[Choice]) -> tuple[list[Choice], list[Choice]]:
    """Put the choices into the facet's order and part the first from the rest, none of which is chosen."""
    if facet.rank is not None:
        rank = facet.rank
        ordered = sorted(choices, key=lambda choice: rank(choice.value))
        # An order of its own is not torn apart for the sake of a line or two.
        cut = len(ordered) if len(ordered) <= facet.shown + 2 else facet.shown
        cut = max([cut, *(place + 1 for place, choice in enumerate(ordered) if choice.is_chosen)])
        return ordered[:cut], ordered[cut:]
    by_count = sorted(choices, key=_most_first)
    cut = max(facet.shown, sum(choice.is_chosen for choice in choices))
    by_name = sorted(by_count[cut:], key=lambda choice: normalise_name(str(choice.label)))
    return by_count[:cut], by_name


def _figure(number: int) -> str:
    return number_format(number, force_grouping=True) if number > _LAST_WITHOUT_GROUPS else str(number)


def _most_first(choice: Choice) -> tuple[Any, ...]:
    return (not choice.is_chosen, -choice.count.number, normalise_name(str(choice.label)))


def _number(facet: Facet, tally: Tally, value: str) -> int:
    return tally.keys.get(facet.key(value), 0)
