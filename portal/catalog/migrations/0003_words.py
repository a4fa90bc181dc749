"""The words that "did you mean" proposes, and searches that ask for each word once.

Most words have one stem in all languages. Asked for six times, the database takes them for six times as frequent, and
chooses a way that suits frequent words.
"""

import django.db.models.functions.text
from django.db import migrations, models

ASK_ONCE = r"""
CREATE OR REPLACE FUNCTION catalog_any_language(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(string_agg(DISTINCT '(' || query || ')', ' | '), '')::tsquery FROM (VALUES
        (websearch_to_tsquery('pg_catalog.spanish', words)::text),
        (websearch_to_tsquery('pg_catalog.spanish', catalog_plain(words))::text),
        (websearch_to_tsquery('pg_catalog.english', words)::text),
        (websearch_to_tsquery('pg_catalog.portuguese', words)::text),
        (websearch_to_tsquery('pg_catalog.portuguese', catalog_plain(words))::text),
        (websearch_to_tsquery('pg_catalog.simple', words)::text)
    ) AS queries (query) WHERE query <> ''
$$;
"""
ASK_SIX_TIMES = r"""
CREATE OR REPLACE FUNCTION catalog_any_language(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT websearch_to_tsquery('pg_catalog.spanish', words)
        || websearch_to_tsquery('pg_catalog.spanish', catalog_plain(words))
        || websearch_to_tsquery('pg_catalog.english', words)
        || websearch_to_tsquery('pg_catalog.portuguese', words)
        || websearch_to_tsquery('pg_catalog.portuguese', catalog_plain(words))
        || websearch_to_tsquery('pg_catalog.simple', words)
$$;
"""


class Migration(migrations.Migration):
    """Their table; the first words are gathered with the starter contents, and then every night."""

    dependencies = [("catalog", "0002_initial")]
    operations = [
        migrations.RunSQL(ASK_ONCE, ASK_SIX_TIMES),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("plain", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("word", models.CharField(max_length=40)),
                ("entries", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "palabra del catálogo",
                "verbose_name_plural": "palabras del catálogo",
                "indexes": [
                    models.Index(
                        django.db.models.functions.text.Left("plain", 1),
                        django.db.models.functions.text.Length("plain"),
                        name="catalog_words_by_beginning",
                    ),
                    models.Index(
                        django.db.models.functions.text.Right("plain", 3),
                        django.db.models.functions.text.Length("plain"),
                        name="catalog_words_by_end",
                    ),
                ],
            },
        ),
    ]
