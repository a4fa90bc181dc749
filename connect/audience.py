"""How near a reader is to a person: the one question behind every page, list, file and API that shows people."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q

from connect.models import Connection
from connect.visibility import Circle
from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level
from portal.safety.blocks import kept_apart_from

_KEPT = "_connected_to"


def connected_to(user: Any) -> frozenset[int]:
    """Return the keys of a person's connections, read once in a request; no query for a visitor."""
    if not user.is_authenticated or user.pk is None:
        return frozenset()
    found: frozenset[int] | None = getattr(user, _KEPT, None)
    if found is None:
        pairs = Connection.objects.filter(
            Q(requester_id=user.pk) | Q(recipient_id=user.pk), status=Connection.Status.ACCEPTED
        ).values_list("requester_id", "recipient_id")
        found = frozenset(one for pair in pairs for one in pair) - {user.pk}
        setattr(user, _KEPT, found)
    return found


def forget_connections(user: Any) -> None:
    """Ask anew next time, because a connection of this person has changed."""
    if getattr(user, _KEPT, None) is not None:
        delattr(user, _KEPT)


def circle_of(reader: Any, person_id: int) -> Circle:
    """Return how near a reader is to a person."""
    return circles_of(reader, [person_id])[person_id]


def circles_of(reader: Any, person_ids: Collection[int]) -> Mapping[int, Circle]:
    """Return how near a reader is to each of these people, in at most three queries however many there are."""
    everybody = reader_circle(reader)
    apart, connections = kept_apart_from(reader), connected_to(reader)
    own = reader.pk if reader.is_authenticated else None

    def circle(person_id: int) -> Circle:
        if person_id == own:
            return Circle.SELF
        if person_id in apart:
            return Circle.NONE
        return Circle.CONNECTION if person_id in connections else everybody

    return {person_id: circle(person_id) for person_id in person_ids}


def reader_circle(reader: Any) -> Circle:
    """Return how near a reader is to people she does not know: the network's members and team, or anybody."""
    return Circle.MEMBER if reading_level(reader) in MEMBERS_LEVELS else Circle.PUBLIC
