"""What shows that somebody may know: what she published, what she answered, where she works."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from portal.accounts.models import Membership
from portal.catalog.kinds import entry_kinds
from portal.core.kept import kept
from portal.places.models import Municipality
from portal.places.services.similar_municipalities import similar_municipalities
from share.models import Thread

# Of things and conversations on a subject the newest are looked at: enough to know who knows, whatever there is.
_NEWEST = 300
_MEMBERS = 120
_MOST_TOWNS = 20
_SECONDS = 3600
# To have asked is no sign of knowing.
_OWN_KIND = "thread"
_FIND = f"""
    WITH on_topics AS MATERIALIZED (
        SELECT kind, people, topics FROM catalog_entry
        WHERE topics && %(topics)s::varchar[] AND kind = ANY(%(kinds)s) AND people <> '{{}}'
        ORDER BY published_at DESC, id DESC LIMIT {_NEWEST}
    ), on_areas AS MATERIALIZED (
        SELECT kind, people, areas FROM catalog_entry
        WHERE areas && %(areas)s::varchar[] AND kind = ANY(%(kinds)s) AND people <> '{{}}'
        ORDER BY published_at DESC, id DESC LIMIT {_NEWEST}
    ), answered AS MATERIALIZED (
        SELECT id, topics FROM share_thread
        WHERE facet_keys && %(topic_keys)s::varchar[] AND answers > 0 AND hidden_at IS NULL AND id <> %(thread)s
        ORDER BY last_post_at DESC, id DESC LIMIT {_NEWEST}
    )
    SELECT person, 'things' AS source, kind, topic AS subject, count(*) AS number
        FROM on_topics, unnest(people) AS person, unnest(topics) AS topic
        WHERE topic = ANY(%(topics)s) GROUP BY person, kind, topic
    UNION ALL
    SELECT person, 'area-things', kind, area, count(*)
        FROM on_areas, unnest(people) AS person, unnest(areas) AS area
        WHERE area = ANY(%(areas)s) GROUP BY person, kind, area
    UNION ALL
    SELECT post.author_id, 'answers', '', topic, count(*)
        FROM answered JOIN share_post AS post ON post.thread_id = answered.id, unnest(answered.topics) AS topic
        WHERE topic = ANY(%(topics)s) AND post.number > 1 AND post.status = 'visible' AND post.author_id IS NOT NULL
            AND (post.accepted_at IS NOT NULL OR post.thanks > 0)
        GROUP BY post.author_id, topic
    UNION ALL
    SELECT person, 'made', kind, '', 1 FROM catalog_entry, unnest(people) AS person
        WHERE kind = %(about_kind)s AND object_id = %(about_id)s
"""  # noqa: S608 put together of constants; what comes from outside is a parameter


@dataclass(frozen=True)
class Evidence:
    """One sign that somebody may know.

    Args:
        source: "made" (the very thing that is asked about), "things", "area-things", "answers" or "works".
        kind: of the things.
        subject: slug of the topic or area.
        number: how many.
    """

    user_id: int
    source: str
    kind: str = ""
    subject: str = ""
    number: int = 1


def evidence_for(thread: Thread, towns: Sequence[int]) -> list[Evidence]:
    """Return what shows who may know about a question; two queries, bounded whatever the size of the network.

    Args:
        towns: keys of the municipalities like the one that asks.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIND, _parameters(thread))
        found = [Evidence(*row) for row in cursor.fetchall()]
    return [*found, *_who_works(thread, towns)]


def towns_like(municipality_id: int | None) -> dict[int, float]:
    """Return the municipalities of the network most like one, each with how alike (0 to 1); kept for an hour."""
    if municipality_id is None:
        return {}
    key = f"share:similar-towns:{municipality_id}"
    # In a box of its own, because nothing is kept of what is empty.
    (towns,) = kept(key, _SECONDS, lambda: (_read_towns(municipality_id),))
    return towns


def _parameters(thread: Thread) -> dict[str, Any]:
    return {
        "thread": thread.pk,
        "topics": list(thread.topics),
        "areas": list(thread.areas),
        "topic_keys": [f"topic:{topic}" for topic in thread.topics],
        "kinds": [kind.id for kind in entry_kinds if kind.is_thing and kind.id != _OWN_KIND],
        "about_kind": thread.about_kind,
        "about_id": thread.about_id or 0,
    }


def _who_works(thread: Thread, towns: Sequence[int]) -> list[Evidence]:
    """Return who works on the question's areas in a municipality like the one that asks."""
    if not thread.areas or not towns:
        return []
    works = Membership.objects.active().filter(municipality_id__in=towns, areas__slug__in=thread.areas)
    rows = works.order_by("id").values_list("user_id", "areas__slug")[:_MEMBERS]
    return [Evidence(user_id, "works", subject=area) for user_id, area in rows]


def _read_towns(municipality_id: int) -> dict[int, float]:
    town = Municipality.objects.select_related("country").filter(pk=municipality_id).first()
    if town is None:
        return {}
    members = Membership.objects.active().filter(municipality=OuterRef("pk"))
    among = Municipality.objects.filter(Exists(members))
    matches = similar_municipalities(town, limit=_MOST_TOWNS, among=among)
    return {match.municipality.pk: match.score for match in matches}
