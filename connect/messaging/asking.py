"""Whom one can ask about a thing of the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from connect.audience import reader_circle
from connect.messaging.contacting import NEEDS_TOWN, contact_decisions
from connect.people.finding import shown_people
from connect.people.shown import ShownPerson
from connect.visibility import Circle
from portal.accounts.models import Membership, User
from portal.catalog.kinds import EntryKind, entry_kinds
from portal.catalog.models import Entry
from portal.core.decision import ALLOWED, Decision, denied

# A page to choose from, not a list of a municipality's people.
MOST_SHOWN = 6
MOST_LOOKED_AT = 30


@dataclass(frozen=True)
class Askable:
    """Who can be asked about a thing.

    Args:
        whose: "people" who made it or answer for it, "coordinators" of its municipality, the network's "team", or
            "own" when the reader herself is behind it; empty when there is nobody.
        decision: why nobody can be asked, where it is the reader's own case.
    """

    entry: Entry
    whose: str = ""
    people: list[ShownPerson] = field(default_factory=list)
    decision: Decision = ALLOWED

    @property
    def kind(self) -> EntryKind | None:
        """What the thing is."""
        return entry_kinds.get(self.entry.kind) if self.entry.kind in entry_kinds else None


def askable_people(reader: Any, entry: Entry) -> Askable:
    """Return those who can be asked: the people behind it, else the municipality's coordinators, else the team.

    Nobody is shown whom the reader may not know or who takes no messages, and nothing tells that there was somebody.
    """
    if set(entry.people) == {reader.pk}:
        return Askable(entry, whose="own")
    for whose, keys in (
        ("people", entry.people[:MOST_LOOKED_AT]),
        ("coordinators", _coordinators(entry)),
        ("team", _team()),
    ):
        people = _contactable(reader, entry, list(keys))
        if people:
            return Askable(entry, whose=whose, people=people[:MOST_SHOWN])
    is_member = reader_circle(reader) >= Circle.MEMBER
    return Askable(entry, decision=ALLOWED if is_member else denied(NEEDS_TOWN))


def _contactable(reader: Any, entry: Entry, keys: Sequence[int]) -> list[ShownPerson]:
    asked = [key for key in keys if key != reader.pk]
    if not asked:
        return []
    shown = shown_people(reader, asked)
    decisions = contact_decisions(reader, asked, shown=shown)
    found = [shown[key] for key in asked if key in shown and decisions[key]]
    return found if entry.visibility == Entry.Visibility.PUBLIC else _who_may_find(found)


def _who_may_find(people: list[ShownPerson]) -> list[ShownPerson]:
    """Leave out those who may not find a thing of the members' themselves."""
    keys = [person.user_id for person in people]
    members = set(
        User.objects.filter(pk__in=keys, memberships__status=Membership.Status.ACTIVE).values_list(
            "pk", flat=True
        )
    )
    return [person for person in people if person.is_staff_badge or person.user_id in members]


def _coordinators(entry: Entry) -> QuerySet[Any, int]:
    coordinators = Membership.objects.coordinators().filter(municipality_id=entry.municipality_id or 0)
    return coordinators.order_by("id").values_list("user_id", flat=True)[:MOST_LOOKED_AT]


def _team() -> QuerySet[Any, int]:
    return User.objects.staff().order_by("id").values_list("pk", flat=True)[:MOST_LOOKED_AT]
