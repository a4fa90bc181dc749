"""Full-text search in several languages without an extension.

Every text is indexed as written and, where it has accents, without them at the same positions, because stemmers cut
accented and unaccented words differently; a search looks for both. The mark ¶ keeps the end of one text and the
beginning of the next from reading as a phrase. Languages without a stemmer of ours are indexed word by word.
"""

from django.db import migrations

FORWARDS = r"""
CREATE FUNCTION catalog_plain(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT translate(lower($1), 'áàâãäåéèêëíìîïóòôõöúùûüñç', 'aaaaaaeeeeiiiiooooouuuunc')
$$;

CREATE FUNCTION catalog_stemmer(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE left(language, 2)
        WHEN 'es' THEN 'pg_catalog.spanish'::regconfig
        WHEN 'en' THEN 'pg_catalog.english'::regconfig
        WHEN 'pt' THEN 'pg_catalog.portuguese'::regconfig
        ELSE 'pg_catalog.simple'::regconfig
    END
$$;

CREATE FUNCTION catalog_weighted(stemmer regconfig, content text, weight "char") RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    vector tsvector;
    plain text;
BEGIN
    IF coalesce(content, '') = '' THEN
        RETURN '';
    END IF;
    vector := to_tsvector(stemmer, content);
    -- Where every character is one byte long, none has an accent.
    IF octet_length(content) <> length(content) THEN
        plain := catalog_plain(content);
        IF plain <> lower(content) THEN
            vector := (vector::text || ' ' || to_tsvector(stemmer, plain)::text)::tsvector;
        END IF;
    END IF;
    RETURN setweight(vector || '¶:2'::tsvector, weight);
END
$$;

CREATE FUNCTION catalog_search_vector(language text, title text, summary text, body text, translations jsonb)
RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    stemmer regconfig := catalog_stemmer(language);
    vector tsvector := catalog_weighted(stemmer, title, 'A') || catalog_weighted(stemmer, summary, 'B')
        || catalog_weighted(stemmer, body, 'C');
    other record;
BEGIN
    -- Most things have no translation, and a loop costs more than asking.
    IF coalesce(translations, '{}'::jsonb) = '{}'::jsonb THEN
        RETURN vector;
    END IF;
    FOR other IN SELECT catalog_stemmer(key) AS stemmer, value FROM jsonb_each(translations) LOOP
        vector := vector || catalog_weighted(other.stemmer, other.value->>'title', 'A')
            || catalog_weighted(other.stemmer, other.value->>'summary', 'B')
            || catalog_weighted(other.stemmer, other.value->>'body', 'C');
    END LOOP;
    RETURN vector;
END
$$;

CREATE FUNCTION catalog_any_language(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT websearch_to_tsquery('pg_catalog.spanish', words)
        || websearch_to_tsquery('pg_catalog.spanish', catalog_plain(words))
        || websearch_to_tsquery('pg_catalog.english', words)
        || websearch_to_tsquery('pg_catalog.portuguese', words)
        || websearch_to_tsquery('pg_catalog.portuguese', catalog_plain(words))
        || websearch_to_tsquery('pg_catalog.simple', words)
$$;

CREATE FUNCTION catalog_query(wanted text, unwanted text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN unwanted = '' THEN catalog_any_language(wanted)
        WHEN wanted = '' THEN !! catalog_any_language(unwanted)
        ELSE catalog_any_language(wanted) && !! catalog_any_language(unwanted)
    END
$$;

CREATE FUNCTION catalog_extract(language text, summary text, body text, query tsquery, options text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ts_headline(catalog_stemmer(language), left(summary || ' ' || body, 20000), query, options)
$$;

CREATE FUNCTION catalog_shared(text[], text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(slug), '{}') FROM unnest($1) AS slug WHERE slug = ANY ($2)
$$;
"""

BACKWARDS = """
DROP FUNCTION catalog_shared(text[], text[]);
DROP FUNCTION catalog_extract(text, text, text, tsquery, text);
DROP FUNCTION catalog_query(text, text);
DROP FUNCTION catalog_any_language(text);
DROP FUNCTION catalog_search_vector(text, text, text, text, jsonb);
DROP FUNCTION catalog_weighted(regconfig, text, "char");
DROP FUNCTION catalog_stemmer(text);
DROP FUNCTION catalog_plain(text);
"""


class Migration(migrations.Migration):
    """Functions that the search column and queries call."""

    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
