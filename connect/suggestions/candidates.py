"""Small sets of people who may be worth knowing, each found by an index, in one question to the database."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

_COLUMNS = (
    "id, user_id, offer_topics::text[], seek_topics::text[], facet_keys, municipality_id, "
    "municipality_name, active_on"
)
# The latest active of each set: enough to choose from, and no more work in a network of millions.
_OF_TOPICS = 60
_ABOUT_TOPICS = 120
_OF_AREAS = 40
_OF_A_TOWN = 4
_OF_A_FRIEND = 30
_OF_FRIENDS = 60
_LATEST = "ORDER BY active_on DESC, id DESC"
_ALLOWED = "audience = %(audience)s AND NOT user_id = ANY (ARRAY(SELECT user_id FROM left_out))"
_FIND = f"""
    WITH left_out AS MATERIALIZED (
        -- Whoever asked or was asked once, whatever came of it.
        SELECT recipient_id AS user_id FROM connect_connection WHERE requester_id = %(reader)s
        UNION ALL SELECT requester_id FROM connect_connection WHERE recipient_id = %(reader)s
        UNION ALL SELECT unnest(%(apart)s::bigint[])
        UNION ALL SELECT %(reader)s
    ), common AS MATERIALIZED (
        SELECT friend.other AS user_id, array_agg(known.id ORDER BY known.id DESC) AS ids
        FROM unnest(%(known)s::bigint[]) AS known (id)
        CROSS JOIN LATERAL (
            (SELECT recipient_id AS other FROM connect_connection
                WHERE requester_id = known.id AND status = 'accepted' ORDER BY id DESC LIMIT {_OF_A_FRIEND})
            UNION ALL
            (SELECT requester_id FROM connect_connection
                WHERE recipient_id = known.id AND status = 'accepted' ORDER BY id DESC LIMIT {_OF_A_FRIEND})
        ) AS friend
        WHERE NOT friend.other = ANY (ARRAY(SELECT user_id FROM left_out))
        GROUP BY friend.other ORDER BY count(*) DESC, friend.other LIMIT {_OF_FRIENDS}
    ), found AS (
        (SELECT {_COLUMNS} FROM connect_directoryentry
            WHERE {_ALLOWED} AND facet_keys && %(helping)s::text[] {_LATEST} LIMIT {_OF_TOPICS})
        UNION
        -- How common a topic is, the database knows of the keys alone: the latest of those, then who of them seeks it.
        (SELECT * FROM (SELECT {_COLUMNS} FROM connect_directoryentry
            WHERE {_ALLOWED} AND facet_keys && %(about)s::text[] {_LATEST} LIMIT {_ABOUT_TOPICS}) AS about
            WHERE seek_topics && %(offers)s::text[])
        UNION
        (SELECT {_COLUMNS} FROM connect_directoryentry
            WHERE {_ALLOWED} AND facet_keys && %(areas)s::text[] {_LATEST} LIMIT {_OF_AREAS})
        UNION
        (SELECT colleague.* FROM unnest(%(towns)s::bigint[]) AS town (id)
            CROSS JOIN LATERAL (SELECT {_COLUMNS} FROM connect_directoryentry
                WHERE {_ALLOWED} AND municipality_id = town.id
                ORDER BY active_on DESC LIMIT {_OF_A_TOWN}) AS colleague)
        UNION
        (SELECT {_COLUMNS} FROM connect_directoryentry
            WHERE audience = %(audience)s AND user_id IN (SELECT user_id FROM common))
    )
    SELECT found.user_id, found.offer_topics, found.seek_topics, found.facet_keys, found.municipality_id,
        found.municipality_name, found.active_on, coalesce(common.ids, '{{}}')
    FROM found LEFT JOIN common USING (user_id)
"""  # noqa: S608 put together of constants; what comes from outside is a parameter


@dataclass(frozen=True)
class Wanted:
    """For whom somebody is looked for, and by what.

    Args:
        known: keys of the reader's own connections.
        apart: keys of those who are kept apart from her.
    """

    reader_id: int
    audience: str
    offers: tuple[str, ...]
    seeks: tuple[str, ...]
    areas: tuple[str, ...]
    towns: tuple[int, ...]
    known: tuple[int, ...]
    apart: tuple[int, ...]


@dataclass(frozen=True)
class Candidate:
    """Somebody in the directory, as the reader's audience may see her.

    Args:
        common: keys of the connections that she shares with the reader.
    """

    user_id: int
    offer_topics: list[str]
    seek_topics: list[str]
    facet_keys: list[str]
    municipality_id: int | None
    municipality_name: str
    active_on: date
    common: list[int]


def candidates(wanted: Wanted) -> list[Candidate]:
    """Return those who may be worth knowing; one query, bounded whatever the size of the network."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, _parameters(wanted))
        return [Candidate(*row) for row in cursor.fetchall()]


def _parameters(wanted: Wanted) -> dict[str, Any]:
    return {
        "reader": wanted.reader_id,
        "audience": str(wanted.audience),
        "helping": [f"can_help:{topic}" for topic in wanted.seeks],
        "about": [f"topic:{topic}" for topic in wanted.offers],
        "offers": list(wanted.offers),
        "areas": [f"area:{area}" for area in wanted.areas],
        "towns": list(wanted.towns),
        "known": list(wanted.known),
        "apart": list(wanted.apart),
    }
