import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.conf import settings
from django.db import migrations, models

# The only notices that named somebody until now and can be told apart.
NAME_WHO_ASKED = """
UPDATE notices_notification AS notice
SET named = ARRAY[membership.user_id]
FROM accounts_membership AS membership
WHERE notice.kind = 'membership-requested' AND notice.fact = 'membership:' || membership.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_modes_groups_announcements"),
        ("accounts", "0002_language_time_and_former"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="notification",
            name="named",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, editable=False, null=True, size=None
            ),
        ),
        migrations.RunSQL(NAME_WHO_ASKED, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="notification", name="notices_open_groups"),
        migrations.AddIndex(
            model_name="notification",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("named__isnull", False)), fields=["named"], name="notices_naming"
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["created_at"], name="notices_by_age"),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("is_folded", False), ("read_at__isnull", True), models.Q(("group", ""), _negated=True)
                ),
                fields=("user", "kind", "group"),
                name="notices_one_head_of_a_group",
            ),
        ),
    ]
