"""Scores have a new form, with criteria and methods: what was scored in the old one is scored again."""

from typing import Any

from django.db import migrations

from evaluate.engine.definition_json import from_json
from evaluate.engine.scoring import scoring_signature


def sign_versions(apps: Any, schema_editor: Any) -> None:
    """Give the versions that are there the mark by which their results are compared."""
    versions = apps.get_model("evaluate", "QuestionnaireVersion").objects.filter(is_scored=True)
    for version in versions.iterator(chunk_size=20):
        version.scoring_signature = scoring_signature(from_json(version.definition))
        version.save(update_fields=["scoring_signature"])


# The sweep queues them, and nobody is told twice: a notice knows its run.
SCORE_AGAIN = """
UPDATE evaluate_evaluationrun SET status = 'pending', attempts = 0, result = NULL, finished_at = NULL
WHERE status = 'done'
"""


class Migration(migrations.Migration):
    """Sign the versions, and put finished runs back into the list of what is to be done."""

    dependencies = [("evaluate", "0003_teams_results_and_plans")]
    operations = [
        migrations.RunPython(sign_versions, migrations.RunPython.noop),
        migrations.RunSQL(SCORE_AGAIN, migrations.RunSQL.noop),
    ]
