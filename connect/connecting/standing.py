"""How two people stand to each other, for the buttons beside a person: read once in a request for all of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from connect.audience import connected_to
from connect.models import Connection

_KEPT = "_standings"


@dataclass(frozen=True)
class Standing:
    """How the reader stands to a person.

    Args:
        state: "connected", "received" (the person asked the reader), "sent" (the reader asked and has no yes), or
            "none".
        connection: the request that waits, where there is one.
    """

    state: str
    connection: UUID | None = None


def standing_of(reader: Any, person_id: int) -> Standing:
    """Return how a reader stands to a person; the first question of a request asks the database, no other."""
    if not reader.is_authenticated:
        return Standing("none")
    if person_id in connected_to(reader):
        return Standing("connected")
    return _standings(reader).get(person_id, Standing("none"))


def _standings(reader: Any) -> dict[int, Standing]:
    found: dict[int, Standing] | None = getattr(reader, _KEPT, None)
    if found is None:
        sent = Connection.objects.sent_by(reader).values_list("recipient_id", "public_id")
        received = Connection.objects.received_by(reader).values_list("requester_id", "public_id")
        found = {key: Standing("sent", public_id) for key, public_id in sent}
        found |= {key: Standing("received", public_id) for key, public_id in received}
        setattr(reader, _KEPT, found)
    return found
