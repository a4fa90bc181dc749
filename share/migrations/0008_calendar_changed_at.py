"""Note when what calendars read of an event became another, so that they are told cheaply that they have it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A time for each encounter's text."""

    dependencies = [("share", "0007_events_by_start_and_end")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="calendar_changed_at",
            field=models.DateTimeField(editable=False, null=True),
        )
    ]
