"""The same facet keys in less time: what a solution has none of is not looked for.

An import derives them for every row, and most have neither goals nor recognitions nor topics, and one language.
"""

from django.db import migrations

_BEGINNING = r"""
CREATE OR REPLACE FUNCTION inspire_facet_keys(
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
"""
_FORWARDS = r"""    IF cardinality(languages) = 1 THEN
        keys := keys || ('language:' || languages[1]);
    ELSE
        keys := keys || ARRAY(SELECT DISTINCT 'language:' || one FROM unnest(languages) AS one ORDER BY 1);
    END IF;
    IF cardinality(sdgs) > 0 THEN
        keys := keys || ARRAY(SELECT DISTINCT 'sdg:' || one FROM unnest(sdgs) AS one ORDER BY 1);
    END IF;
    IF cardinality(recognitions) > 0 THEN
        keys := keys || ARRAY(SELECT DISTINCT 'recognition:' || one FROM unnest(recognitions) AS one ORDER BY 1);
    END IF;
    IF cardinality(areas) > 0 THEN
        keys := keys || ARRAY(SELECT 'area:' || slug FROM topics_policyarea WHERE slug = ANY (areas) ORDER BY 1);
    END IF;
    IF cardinality(topics) > 0 THEN
        keys := keys || ARRAY(SELECT 'topic:' || slug FROM topics_topic WHERE slug = ANY (topics) ORDER BY 1);
    END IF;
    RETURN keys;
END
$$;
"""
_BACKWARDS = r"""    RETURN keys
        || ARRAY(SELECT DISTINCT 'language:' || one FROM unnest(languages) AS one ORDER BY 1)
        || ARRAY(SELECT DISTINCT 'sdg:' || one FROM unnest(sdgs) AS one ORDER BY 1)
        || ARRAY(SELECT DISTINCT 'recognition:' || one FROM unnest(recognitions) AS one ORDER BY 1)
        || ARRAY(SELECT 'area:' || slug FROM topics_policyarea WHERE slug = ANY (areas) ORDER BY 1)
        || ARRAY(SELECT 'topic:' || slug FROM topics_topic WHERE slug = ANY (topics) ORDER BY 1);
END
$$;
"""


class Migration(migrations.Migration):
    """One function, whose results stay the same."""

    dependencies = [("inspire", "0007_by_place")]
    operations = [migrations.RunSQL(_BEGINNING + _FORWARDS, _BEGINNING + _BACKWARDS)]
