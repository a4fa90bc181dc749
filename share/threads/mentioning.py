"""Whom somebody may mention."""

from typing import Any

from portal.accounts.colleagues import Colleague, colleagues_found
from portal.safety.blocks import kept_apart_from
from share.permissions.threads import can_start_thread
from share.threads.texts import mention_of

SHORTEST = 2
MOST = 8


def people_offered(writer: Any, words: str) -> list[Colleague]:
    """Return the first people whom a writer finds by words; nobody for who may not write, nobody kept apart."""
    if len(words.strip()) < SHORTEST or not can_start_thread(writer):
        return []
    apart = kept_apart_from(writer)
    return [one for one in colleagues_found(writer, words, limit=MOST) if one.user_id not in apart]


def mentions_offered(people: list[Colleague]) -> list[tuple[Colleague, str]]:
    """Return people with what stands in a text for each."""
    return [(one, mention_of(one.public_id, one.name)) for one in people]
