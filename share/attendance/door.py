"""What whoever stands at the door sees: how many are in, who was just let in, and whom she looks for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.accounts.colleagues import Colleague, colleagues_found
from share.attendance.people import Attendee, Totals, attendees, expected, totals_of
from share.codes import code_read
from share.models import Event, Registration
from share.services.attendance import Entered

MOST_FOUND = 20
MOST_COLLEAGUES = 5
_SHORTEST = 2


@dataclass(frozen=True)
class Found:
    """Whom somebody looks for: those on the list, and colleagues who are not on it."""

    words: str = ""
    people: Sequence[Attendee] = field(default=())
    colleagues: Sequence[Colleague] = field(default=())
    is_cut: bool = False


@dataclass(frozen=True)
class Door:
    """The door at one moment.

    Args:
        entered: who was let in just now, or had been before.
        undone: of whom that was taken back just now.
        problem: why somebody was not let in.
    """

    totals: Totals
    found: Found
    entered: Entered | None = None
    undone: Registration | None = None
    problem: str = ""


def door_of(
    event: Event,
    found: Found | None = None,
    *,
    entered: Entered | None = None,
    undone: Registration | None = None,
    problem: str = "",
) -> Door:
    """Count, and put together what the page shows."""
    return Door(totals_of(event), found or Found(), entered, undone, problem)


def by_code(event: Event, typed: str) -> Registration | None:
    """Return whose code it is that was typed."""
    code = code_read(typed)
    return Registration.objects.filter(event=event, code=code).first() if code else None


def looked_for(reader: Any, event: Event, words: str) -> Found:
    """Return those on the list whom words find, and, where there is room for more, colleagues who are not on it."""
    asked = " ".join(words.split())[:100]
    if len(asked) < _SHORTEST:
        return Found(asked)
    rows = list(expected(event, asked)[: MOST_FOUND + 1])
    others: list[Colleague] = []
    if len(rows) <= MOST_COLLEAGUES:
        candidates = colleagues_found(reader, asked, limit=MOST_COLLEAGUES + len(rows))
        keys = [one.user_id for one in candidates]
        listed = set(
            Registration.objects.filter(event=event, user__in=keys).going().values_list("user_id", flat=True)
        )
        others = [one for one in candidates if one.user_id not in listed][:MOST_COLLEAGUES]
    return Found(asked, attendees(rows[:MOST_FOUND]), others, len(rows) > MOST_FOUND)
