"""What somebody no longer shows is in no row: whoever changes who may see a person's parts, her rows go with it.

The service makes them anew in the same transaction. A statement by hand leaves her out until the next rebuild, instead
of found by what she has just hidden.
"""

from django.db import migrations

FORWARDS = r"""
CREATE FUNCTION connect_visibility_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM connect_directoryentry WHERE user_id = OLD.user_id;
    RETURN NULL;
END
$$;

CREATE TRIGGER connect_profile_visibility AFTER UPDATE OF visibility ON connect_profile FOR EACH ROW
    WHEN (OLD.visibility IS DISTINCT FROM NEW.visibility) EXECUTE FUNCTION connect_visibility_changes();
"""
BACKWARDS = "DROP FUNCTION connect_visibility_changes() CASCADE;"


class Migration(migrations.Migration):
    """One trigger."""

    dependencies = [("connect", "0004_entry_goes_with_row")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
