"""The page on which sections are given to colleagues: one box for each section and person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from evaluate.answering.section_navigation import SectionLink, navigation_of
from evaluate.models import Evaluation
from evaluate.services.assignments import Pair
from evaluate.services.states import evaluation_state
from evaluate.services.team import Team, memberships_here
from portal.accounts.models import Membership
from portal.places.names import normalise_name

# With more colleagues than these one looks for them by name.
SHOWN_AT_ONCE = 8
FOUND_AT_ONCE = 8


@dataclass(frozen=True)
class Box:
    """One person beside one section: whether she had it when the page was made, and whether she is to have it."""

    name: str
    membership: Membership
    was_held: bool
    is_ticked: bool
    is_ready: bool


@dataclass(frozen=True)
class SectionBoxes:
    """A section with the people it can be given to."""

    link: SectionLink
    boxes: list[Box]
    gone: list[str]


class AssigningPage:
    """The boxes for one reader's search; what is ticked already stays in sight, whatever she looks for."""

    def __init__(
        self,
        evaluation: Evaluation,
        *,
        query: str = "",
        ticked: Collection[Pair] | None = None,
        only: str = "",
    ) -> None:
        self.evaluation = evaluation
        self.query = query
        self.ticked = ticked
        self.only = only
        self.team = Team(evaluation)

    @cached_property
    def colleagues(self) -> list[Membership]:
        """Everybody who works there now, by name."""
        return list(memberships_here(self.evaluation).select_related("user").order_by("user__name", "pk"))

    @property
    def is_large(self) -> bool:
        """Whether there are so many that one looks for them by name."""
        return len(self.colleagues) > SHOWN_AT_ONCE

    @cached_property
    def found(self) -> list[Membership]:
        """Those whose name or position has the words that were looked for; the first few without a search."""
        words = normalise_name(self.query).split()
        matching = [
            each
            for each in self.colleagues
            if all(word in normalise_name(f"{each.user} {each.position}") for word in words)
        ]
        return matching[:FOUND_AT_ONCE]

    @cached_property
    def sections(self) -> list[SectionBoxes]:
        """The sections, or the one that is asked for, each with its boxes."""
        links = navigation_of(evaluation_state(self.evaluation), team=self.team).links
        shown = [link for link in links if not self.only or link.key == self.only]
        return [self._boxes(link) for link in shown or links]

    def _boxes(self, link: SectionLink) -> SectionBoxes:
        held = {each.person.pk: each for each in self.team.here(link.key)}
        wanted = held.keys() if self.ticked is None else {pk for key, pk in self.ticked if key == link.key}
        kept = {each.pk for each in self.found}
        boxes = [
            Box(
                name=f"{link.key}:{each.user.public_id}",
                membership=each,
                was_held=each.user_id in held,
                is_ticked=each.user_id in wanted,
                is_ready=each.user_id in held and held[each.user_id].is_ready,
            )
            for each in self.colleagues
            if each.pk in kept or each.user_id in held or each.user_id in wanted
        ]
        return SectionBoxes(link, boxes, [str(each.person) for each in self.team.gone(link.key)])


def posted_pairs(evaluation: Evaluation, values: Iterable[str]) -> set[Pair]:
    """Read the names of boxes; what names nobody who works or worked there is left out."""
    named = {pair for value in values if (pair := _named(value))}
    people = Membership.objects.filter(
        municipality=evaluation.municipality_id, user__public_id__in={person for _key, person in named}
    )
    ids = dict(people.values_list("user__public_id", "user_id"))
    return {(key, ids[person]) for key, person in named if person in ids}


def _named(value: str) -> tuple[str, UUID] | None:
    key, _colon, person = value.rpartition(":")
    try:
        return key, UUID(person)
    except ValueError:
        return None
