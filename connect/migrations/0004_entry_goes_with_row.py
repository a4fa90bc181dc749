"""Out of the directory is out of the search: the catalogue's entry of a person goes with the row that it stands on."""

from django.db import migrations

FORWARDS = r"""
CREATE FUNCTION connect_entry_goes_with_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM catalog_entry AS entry USING before
    WHERE entry.kind = 'person' AND entry.object_id = before.user_id AND NOT EXISTS (
        SELECT 1 FROM connect_directoryentry AS row
        WHERE row.user_id = entry.object_id AND row.audience = entry.visibility);
    RETURN NULL;
END
$$;

CREATE TRIGGER connect_entry_withdrawn AFTER DELETE ON connect_directoryentry
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION connect_entry_goes_with_row();
"""
BACKWARDS = "DROP FUNCTION connect_entry_goes_with_row() CASCADE;"


class Migration(migrations.Migration):
    """One trigger; nobody is in the directory yet."""

    dependencies = [
        ("connect", "0006_succession_notes"),
        ("catalog", "0006_people"),
    ]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
