"""A form that makes an event and is sent twice makes one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the key that the form makes."""

    dependencies = [("share", "0008_calendar_changed_at")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="client_key",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                condition=models.Q(("client_key__isnull", False)),
                fields=("created_by", "client_key"),
                name="share_event_once",
            ),
        ),
    ]
