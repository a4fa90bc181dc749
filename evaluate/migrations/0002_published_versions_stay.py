"""The database refuses to change a version of a questionnaire once it was published."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION evaluate_refuse_changed_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'draft' AND (
        NEW.status = 'draft'
        OR NEW.questionnaire_id IS DISTINCT FROM OLD.questionnaire_id
        OR NEW.number IS DISTINCT FROM OLD.number
        OR NEW.definition IS DISTINCT FROM OLD.definition
        OR NEW.definition_sha256 IS DISTINCT FROM OLD.definition_sha256
        OR NEW.source_name IS DISTINCT FROM OLD.source_name
        OR NEW.source_sha256 IS DISTINCT FROM OLD.source_sha256
        OR NEW.published_at IS DISTINCT FROM OLD.published_at
    ) THEN
        RAISE EXCEPTION 'version % of questionnaire % was published and cannot be changed',
            OLD.number, OLD.questionnaire_id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER evaluate_published_version_stays BEFORE UPDATE ON evaluate_questionnaireversion
    FOR EACH ROW EXECUTE FUNCTION evaluate_refuse_changed_version();
"""

ALLOW = """
DROP TRIGGER evaluate_published_version_stays ON evaluate_questionnaireversion;
DROP FUNCTION evaluate_refuse_changed_version();
"""


class Migration(migrations.Migration):
    """Publishing is for ever: results refer to the words that were answered."""

    dependencies = [("evaluate", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
