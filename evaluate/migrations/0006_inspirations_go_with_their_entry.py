"""An entry that is gone takes itself out of plans, even when the database itself removes it.

The directory's trigger removes the entry of a person who leaves; without this, whoever is somebody's inspiration
could not leave.
"""

from django.db import migrations

_ALTER = r"""
DO $$
DECLARE found text;
BEGIN
    SELECT conname INTO found FROM pg_constraint
    WHERE conrelid = 'evaluate_planstep_inspirations'::regclass AND confrelid = 'catalog_entry'::regclass;
    EXECUTE format('ALTER TABLE evaluate_planstep_inspirations DROP CONSTRAINT %I', found);
    EXECUTE format('ALTER TABLE evaluate_planstep_inspirations ADD CONSTRAINT %I FOREIGN KEY (entry_id) '
        'REFERENCES catalog_entry (id) {action} DEFERRABLE INITIALLY DEFERRED', found);
END
$$;
"""


class Migration(migrations.Migration):
    """The column's reference only."""

    dependencies = [("evaluate", "0005_comparable_releases"), ("catalog", "0006_people")]
    operations = [
        migrations.RunSQL(
            _ALTER.format(action="ON DELETE CASCADE"),
            _ALTER.format(action=""),
        )
    ]
