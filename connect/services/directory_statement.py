"""The statement that derives the directory's rows of some people; what an audience may not see is not in its row."""

from connect.visibility import Circle, Level, profile_fields

# How near a reader must be, as `connect.visibility` has it: an audience sees what needs no more than its own circle.
_AUDIENCES = {"public": Circle.PUBLIC, "members": Circle.MEMBER}
_CIRCLE_OF = {
    Level.PUBLIC: Circle.PUBLIC,
    Level.MEMBERS: Circle.MEMBER,
    Level.CONNECTIONS: Circle.CONNECTION,
    Level.NOBODY: Circle.SELF,
}


def level_ranks() -> dict[str, dict[str, int]]:
    """Return the circle that each level of each part needs; under "" what holds where she chose nothing that exists."""
    ranks: dict[str, dict[str, int]] = {}
    for field in profile_fields:
        chosen = {str(level): int(_CIRCLE_OF[level]) for level in field.levels}
        ranks[field.id] = {**chosen, "": int(_CIRCLE_OF[field.default])}
    return ranks


def _needs(part: str) -> str:
    """Return the circle that a part needs, as SQL: what she chose, or what holds where she chose nothing."""
    return (
        f"coalesce((ranks.of->'{part}'->>(profile.visibility->>'{part}'))::int,"
        f" (ranks.of->'{part}'->>'')::int)"
    )


_PARTS = ("work", "areas", "offers", "seeks", "about", "availability")
# The name's circle bounds all others'.
_NEEDED = ",\n            ".join(
    f"greatest({_needs(part)}, {_needs('name')}) AS {part}_needs" for part in _PARTS
)
_AUDIENCE_VALUES = ", ".join(f"('{name}', {int(circle)})" for name, circle in _AUDIENCES.items())
_COLUMNS = (
    "name",
    "sort_name",
    "position",
    "municipality_id",
    "municipality_name",
    "facet_keys",
    "offer_topics",
    "seek_topics",
    "text",
    "active_on",
    "is_sample",
)
_NAMES = ", ".join(_COLUMNS)

# Who is in the directory, with the circle that each part of her needs.
_PEOPLE = f"""
    people AS MATERIALIZED (
        SELECT person.id AS user_id, person.name, person.is_staff, person.is_sample,
            profile.areas, profile.offer_topics, profile.seek_topics,
            profile.about, profile.offers, profile.seeks, profile.active_on, profile.listed_at,
            {_needs("name")} AS name_needs,
            {_NEEDED}
        FROM connect_profile AS profile
        JOIN accounts_user AS person ON person.id = profile.user_id
        CROSS JOIN (SELECT %(ranks)s::jsonb AS of) AS ranks
        WHERE profile.user_id = ANY (%(ids)s) AND profile.listed_at IS NOT NULL
            AND person.is_active AND person.erased_at IS NULL
            AND NOT EXISTS (
                SELECT 1 FROM safety_suspension AS suspension
                WHERE suspension.user_id = person.id AND suspension.lifted_at IS NULL)
            AND (person.is_staff OR EXISTS (
                SELECT 1 FROM accounts_membership AS membership
                WHERE membership.user_id = person.id AND membership.status = 'active'))
    )
"""  # noqa: S608 put together of constants; what comes from outside is a parameter
# Where each of them works now; her newest work is what stands beside her name.
_WORK = """
    work AS MATERIALIZED (
        SELECT membership.user_id,
            (array_agg(membership.position ORDER BY started_on DESC, membership.id DESC))[1] AS position,
            (array_agg(town.id ORDER BY started_on DESC, membership.id DESC))[1] AS municipality_id,
            (array_agg(CASE WHEN town.region_name = '' THEN town.name
                ELSE town.name || ', ' || town.region_name END
                ORDER BY started_on DESC, membership.id DESC))[1] AS municipality_name,
            string_agg(concat_ws(' ', membership.position, town.name, town.region_name,
                country.name_es, country.name_en, country.name_pt), ' ' ORDER BY membership.id) AS text,
            array_agg('country:' || town.country_id)
                || array_agg('province:' || town.country_id || '-' || town.region_code)
                    FILTER (WHERE town.region_code <> '')
                || array_agg('population:' || width_bucket(
                    town.population, ARRAY[2000, 10000, 50000, 200000, 1000000]))
                    FILTER (WHERE town.population IS NOT NULL)
                || array_agg('role:' || membership.role) AS keys
        FROM accounts_membership AS membership
        JOIN places_municipality AS town ON town.id = membership.municipality_id
        JOIN places_country AS country ON country.code = town.country_id
        WHERE membership.user_id = ANY (%(ids)s) AND membership.status = 'active'
        GROUP BY membership.user_id
    )
"""
# What each audience may see of each, nothing else.
_SEEN = f"""
    seen AS (
        SELECT people.user_id, audience.id AS audience, people.name, people.is_staff, people.is_sample,
            CASE WHEN audience.sees >= work_needs THEN work.position END AS position,
            CASE WHEN audience.sees >= work_needs THEN work.municipality_id END AS municipality_id,
            CASE WHEN audience.sees >= work_needs THEN work.municipality_name END AS municipality_name,
            CASE WHEN audience.sees >= work_needs THEN work.text END AS work_text,
            CASE WHEN audience.sees >= work_needs THEN work.keys END AS work_keys,
            CASE WHEN audience.sees >= areas_needs THEN areas::text[] ELSE '{{}}' END AS areas,
            CASE WHEN audience.sees >= offers_needs THEN offer_topics::text[] ELSE '{{}}' END AS offer_topics,
            CASE WHEN audience.sees >= seeks_needs THEN seek_topics::text[] ELSE '{{}}' END AS seek_topics,
            CASE WHEN audience.sees >= about_needs THEN about END AS about,
            CASE WHEN audience.sees >= offers_needs THEN offers END AS offers,
            CASE WHEN audience.sees >= seeks_needs THEN seeks END AS seeks,
            CASE WHEN audience.sees >= availability_needs AND people.active_on IS NOT NULL
                THEN people.active_on ELSE listed_at::date END AS active_on
        FROM people
        JOIN (VALUES {_AUDIENCE_VALUES}) AS audience (id, sees) ON audience.sees >= name_needs
        LEFT JOIN work ON work.user_id = people.user_id
    )
"""  # noqa: S608 the same
# The rows as they should be; what has a name in three languages is found in each.
_MADE = """
    made AS MATERIALIZED (
        SELECT user_id, audience, name, catalog_plain(name) AS sort_name, coalesce(position, '') AS position,
            municipality_id, coalesce(municipality_name, '') AS municipality_name,
            ARRAY(SELECT DISTINCT key FROM unnest(
                    coalesce(work_keys, '{}') || CASE WHEN is_staff THEN ARRAY['role:team'] END
                    || area.keys || topic.keys) AS key ORDER BY key) AS facet_keys,
            offer_topics::varchar[] AS offer_topics, seek_topics::varchar[] AS seek_topics,
            concat_ws(' ', work_text, area.names, topic.names, nullif(about, ''), nullif(offers, ''),
                nullif(seeks, '')) AS text,
            active_on, is_sample
        FROM seen
        CROSS JOIN LATERAL (
            SELECT array_agg('area:' || slug) AS keys,
                string_agg(concat_ws(' ', name_es, name_en, name_pt), ' ' ORDER BY slug) AS names
            FROM topics_policyarea WHERE slug = ANY (seen.areas)) AS area
        CROSS JOIN LATERAL (
            SELECT array_agg('topic:' || slug)
                    || array_agg('can_help:' || slug) FILTER (WHERE slug = ANY (seen.offer_topics)) AS keys,
                string_agg(concat_ws(' ', name_es, name_en, name_pt), ' ' ORDER BY slug) AS names
            FROM topics_topic WHERE slug = ANY (seen.offer_topics || seen.seek_topics)) AS topic
    )
"""
# Rows that are true already are not written: a rebuild costs what has changed.
ROWS_ANEW = f"""
    WITH {_PEOPLE}, {_WORK}, {_SEEN}, {_MADE},
    gone AS (
        DELETE FROM connect_directoryentry AS entry WHERE user_id = ANY (%(ids)s) AND NOT EXISTS (
            SELECT 1 FROM made WHERE made.user_id = entry.user_id AND made.audience = entry.audience)
        RETURNING 1
    ),
    written AS (
        INSERT INTO connect_directoryentry (user_id, audience, {_NAMES})
        SELECT user_id, audience, {_NAMES} FROM made WHERE NOT EXISTS (
            SELECT 1 FROM connect_directoryentry AS entry
            WHERE entry.user_id = made.user_id AND entry.audience = made.audience
                AND ({", ".join(f"entry.{name}" for name in _COLUMNS)})
                    IS NOT DISTINCT FROM ({", ".join(f"made.{name}" for name in _COLUMNS)}))
        ON CONFLICT (user_id, audience) DO UPDATE
        SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written)
"""  # noqa: S608 put together of constants; what comes from outside is a parameter
