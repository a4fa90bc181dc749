"""Municipalities like one that a reader named: "like my municipality"."""

from dataclasses import dataclass

from portal.core.kept import kept
from portal.places.models import Municipality
from portal.places.services.similar_municipalities import similar_municipalities

# Enough towns for something to be found, few enough to be alike.
MOST_PEERS = 40
_LONGEST_NUMBER = 18
# Who is like whom changes when places are imported.
_SECONDS = 300


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
    return _read(asked, has_peers=True)


def read_town(asked: str) -> Peers | None:
    """Read a municipality's id, of which alone is asked; None when nothing was asked for."""
    return _read(asked, has_peers=False)


def _read(asked: str, *, has_peers: bool) -> Peers | None:
    asked = asked.strip()[: _LONGEST_NUMBER + 1]
    if not asked:
        return None
    if not (asked.isdecimal() and asked.isascii() and len(asked) <= _LONGEST_NUMBER):
        return Peers(asked)
    town = Municipality.objects.select_related("country").filter(pk=int(asked)).first()
    if town is None:
        return Peers(asked)
    peers = kept(f"facets:peers:{town.pk}", _SECONDS, lambda: _peers(town)) if has_peers else ()
    return Peers(asked, town.name, (town.pk, *peers))


def _peers(town: Municipality) -> tuple[int, ...]:
    return tuple(peer.municipality.pk for peer in similar_municipalities(town, limit=MOST_PEERS))
