"""Municipalities like one that a reader named: "like my municipality"."""

from dataclasses import dataclass

from portal.places.models import Municipality
from portal.places.services.similar_municipalities import similar_municipalities

# Enough towns for something to be found, few enough to be alike.
MOST_PEERS = 40
_LONGEST_NUMBER = 18


@dataclass(frozen=True)
class Peers:
    """A municipality that a reader named and those that are like it.

    Args:
        asked: what the address says.
        name: of the municipality; empty when there is none.
        ids: of it and its peers; none when there is no such municipality.
    """

    asked: str
    name: str = ""
    ids: tuple[int, ...] = ()


def read_peers(asked: str) -> Peers | None:
    """Read a municipality's id and find its peers; None when nothing was asked for."""
    return _read(asked, most=MOST_PEERS)


def read_town(asked: str) -> Peers | None:
    """Read a municipality's id, of which alone is asked; None when nothing was asked for."""
    return _read(asked, most=0)


def _read(asked: str, *, most: int) -> Peers | None:
    asked = asked.strip()[: _LONGEST_NUMBER + 1]
    if not asked:
        return None
    if not (asked.isdecimal() and asked.isascii() and len(asked) <= _LONGEST_NUMBER):
        return Peers(asked)
    town = Municipality.objects.select_related("country").filter(pk=int(asked)).first()
    if town is None:
        return Peers(asked)
    peers = similar_municipalities(town, limit=most) if most else []
    return Peers(asked, town.name, (town.pk, *(peer.municipality.pk for peer in peers)))
