"""Keep when an event was to begin before it was moved: the page and search engines say it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A moment for each change that moved an event."""

    dependencies = [("share", "0010_steps_to_tell")]

    operations = [
        migrations.AddField(
            model_name="eventchange",
            name="previous_start",
            field=models.DateTimeField(editable=False, null=True),
        )
    ]
