"""Who people are to one another, for apps that show names: asked here, answered by whoever knows (`connect`).

An app that prints a person's name on a page of its own (who answered, who mentions whom) may not decide who sees it.
It asks for the people it needs at once, and finds those whom this reader may know.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.core.registry import Registry


@dataclass(frozen=True)
class Colleague:
    """A person as one reader may know her.

    Args:
        url: of her page.
        municipality: where she works, as it is written out; empty where that is not for the reader.
        photo_url: of a small square picture; empty where there is none for the reader.
    """

    user_id: int
    public_id: UUID
    name: str
    url: str
    municipality: str = ""
    position: str = ""
    photo_url: str = ""
    initials: str = ""
    is_staff: bool = False
    is_sample: bool = False


@dataclass(frozen=True)
class ColleagueSource:
    """An app that knows who may be shown to whom.

    Args:
        shown: of these people those whom the reader may know, by key, in a number of queries that does not grow.
        found: the first of those whom the reader may find by words (a name, a town).
    """

    id: str
    shown: Callable[[Any, Collection[int]], dict[int, Colleague]]
    found: Callable[[Any, str, int], list[Colleague]]
    order: int = 0


colleague_sources: Registry[ColleagueSource] = Registry("sources of colleagues")


def colleagues_shown(reader: Any, user_ids: Collection[int]) -> dict[int, Colleague]:
    """Return those of these people whom a reader may know, by key."""
    known: dict[int, Colleague] = {}
    for source in colleague_sources:
        known |= source.shown(reader, [key for key in set(user_ids) if key not in known])
    return known


def colleagues_found(reader: Any, words: str, *, limit: int = 8) -> list[Colleague]:
    """Return the first people whom a reader may find by words; she herself is not among them."""
    known: dict[int, Colleague] = {}
    for source in colleague_sources:
        for one in source.found(reader, words, limit):
            known.setdefault(one.user_id, one)
    return [one for key, one in known.items() if key != reader.pk][:limit]
