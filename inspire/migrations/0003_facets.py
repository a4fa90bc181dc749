"""What a solution answers to, how many answer to each value, and the content of a solution as one document.

Both derivations live in the database, because rows come from forms, the admin, imports and the starter, one by one and
a million at a time, and all of them must come out the same.
"""

from django.db import migrations

FORWARDS = r"""
CREATE FUNCTION inspire_facet_keys(
    country text, municipality bigint, level text, stage text, languages text[], start_year integer, sdgs integer[],
    recognitions text[], has_results boolean, has_contact boolean, areas text[], topics text[]
) RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    town record;
    keys text[] := ARRAY['country:' || country, 'level:' || level];
BEGIN
    IF municipality IS NOT NULL THEN
        SELECT country_id, region_code, population INTO town FROM places_municipality WHERE id = municipality;
        IF town.region_code <> '' THEN
            keys := keys || ('province:' || town.country_id || '-' || town.region_code);
        END IF;
        IF town.population IS NOT NULL THEN
            -- portal/places/population_bands.py
            keys := keys || ('population:' || width_bucket(
                town.population, ARRAY[2000, 10000, 50000, 200000, 1000000]));
        END IF;
    END IF;
    IF stage <> '' THEN
        keys := keys || ('stage:' || stage);
    END IF;
    IF start_year IS NOT NULL THEN
        keys := keys || ('years:' || start_year / 5 * 5);
    END IF;
    IF has_results THEN
        keys := keys || 'has_results:yes'::text;
    END IF;
    IF has_contact THEN
        keys := keys || 'has_contact:yes'::text;
    END IF;
    RETURN keys
        || ARRAY(SELECT DISTINCT 'language:' || one FROM unnest(languages) AS one ORDER BY 1)
        || ARRAY(SELECT DISTINCT 'sdg:' || one FROM unnest(sdgs) AS one ORDER BY 1)
        || ARRAY(SELECT DISTINCT 'recognition:' || one FROM unnest(recognitions) AS one ORDER BY 1)
        || ARRAY(SELECT 'area:' || slug FROM topics_policyarea WHERE slug = ANY (areas) ORDER BY 1)
        || ARRAY(SELECT 'topic:' || slug FROM topics_topic WHERE slug = ANY (topics) ORDER BY 1);
END
$$;

CREATE FUNCTION inspire_languages(original text, translations jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN translations = '{}'::jsonb THEN ARRAY[original]
        ELSE original || ARRAY(SELECT jsonb_object_keys(translations)) END
$$;

CREATE FUNCTION inspire_facet_keys_of(solution_id bigint) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT inspire_facet_keys(
        country_id, municipality_id, level, stage, inspire_languages(language, translations), start_year,
        sdgs::integer[], recognitions::text[], results <> '' OR figures <> '[]'::jsonb,
        EXISTS (SELECT 1 FROM inspire_solutionperson AS person
            WHERE person.solution_id = solution.id AND person.role = 'contact'),
        ARRAY(SELECT area.slug::text FROM topics_policyarea AS area
            JOIN inspire_solution_areas AS link ON link.policyarea_id = area.id
            WHERE link.solution_id = solution.id),
        ARRAY(SELECT topic.slug::text FROM topics_topic AS topic
            JOIN inspire_solution_topics AS link ON link.topic_id = topic.id
            WHERE link.solution_id = solution.id))
    FROM inspire_solution AS solution WHERE solution.id = $1
$$;

CREATE FUNCTION inspire_count_facets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO inspire_facetcount (key, count)
        SELECT key, count(*) FROM after, inspire_counted_keys(facet_keys, latitude) AS key
        WHERE status = 'published' GROUP BY key;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO inspire_facetcount (key, count)
        SELECT key, -count(*) FROM before, inspire_counted_keys(facet_keys, latitude) AS key
        WHERE status = 'published' GROUP BY key;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO inspire_facetcount (key, count)
        SELECT key, sum(addend) FROM (
            SELECT key, 1 AS addend FROM after, inspire_counted_keys(facet_keys, latitude) AS key
            WHERE status = 'published'
            UNION ALL
            SELECT key, -1 FROM before, inspire_counted_keys(facet_keys, latitude) AS key
            WHERE status = 'published'
        ) AS addends GROUP BY key HAVING sum(addend) <> 0;
    ELSE
        -- Waits for whoever adds counts up, whose sums could not be seen otherwise.
        LOCK TABLE inspire_facetcount IN SHARE ROW EXCLUSIVE MODE;
        DELETE FROM inspire_facetcount;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION inspire_counted_keys(facet_keys text[], latitude double precision) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT unnest(facet_keys || CASE WHEN latitude IS NULL THEN ARRAY['all'] ELSE ARRAY['all', 'positioned'] END)
$$;

CREATE TRIGGER inspire_facets_of_inserted AFTER INSERT ON inspire_solution
    REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION inspire_count_facets();
CREATE TRIGGER inspire_facets_of_updated AFTER UPDATE ON inspire_solution
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION inspire_count_facets();
CREATE TRIGGER inspire_facets_of_deleted AFTER DELETE ON inspire_solution
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION inspire_count_facets();
CREATE TRIGGER inspire_facets_of_truncated AFTER TRUNCATE ON inspire_solution
    FOR EACH STATEMENT EXECUTE FUNCTION inspire_count_facets();

CREATE FUNCTION inspire_solution_content(solution_id bigint) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT to_jsonb(solution) - ARRAY[
            'id', 'created_at', 'updated_at', 'status', 'published_at', 'source_digest', 'facet_keys', 'map_cell']
        || jsonb_build_object(
            'areas', (SELECT coalesce(jsonb_agg(area.slug ORDER BY area."order", area.id), '[]'::jsonb)
                FROM topics_policyarea AS area JOIN inspire_solution_areas AS link ON link.policyarea_id = area.id
                WHERE link.solution_id = solution.id),
            'topics', (SELECT coalesce(jsonb_agg(topic.slug ORDER BY topic."order", topic.id), '[]'::jsonb)
                FROM topics_topic AS topic JOIN inspire_solution_topics AS link ON link.topic_id = topic.id
                WHERE link.solution_id = solution.id),
            'people', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'role', role, 'name', name, 'position', position, 'organisation', organisation, 'user_id', user_id
                ) ORDER BY "order", id), '[]'::jsonb)
                FROM inspire_solutionperson AS part WHERE part.solution_id = solution.id),
            'photos', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'file_id', file_id, 'alt', alt, 'caption', caption, 'credit', credit, 'licence', licence
                ) ORDER BY "order", id), '[]'::jsonb)
                FROM inspire_solutionphoto AS part WHERE part.solution_id = solution.id),
            'attachments', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'file_id', file_id, 'title', title
                ) ORDER BY "order", id), '[]'::jsonb)
                FROM inspire_solutionattachment AS part WHERE part.solution_id = solution.id))
    FROM inspire_solution AS solution WHERE solution.id = $1
$$;

UPDATE inspire_solution SET facet_keys = inspire_facet_keys_of(id);
INSERT INTO inspire_facetcount (key, count)
SELECT key, count(*) FROM inspire_solution, inspire_counted_keys(facet_keys, latitude) AS key
WHERE status = 'published' AND NOT EXISTS (SELECT 1 FROM inspire_facetcount) GROUP BY key;
"""

BACKWARDS = """
DROP FUNCTION inspire_solution_content(bigint);
DROP FUNCTION inspire_count_facets() CASCADE;
DROP FUNCTION inspire_counted_keys(text[], double precision);
DROP FUNCTION inspire_facet_keys_of(bigint);
DROP FUNCTION inspire_languages(text, jsonb);
DROP FUNCTION inspire_facet_keys(
    text, bigint, text, text, text[], integer, integer[], text[], boolean, boolean, text[], text[]);
"""


class Migration(migrations.Migration):
    """Functions, triggers, and the first counts."""

    dependencies = [
        ("inspire", "0002_the_whole_record"),
        ("places", "0001_initial"),
        ("topics", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
