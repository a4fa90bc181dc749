"""Lets the history of registrations say what people were not told of yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A mark, and the index by which the few that have it are found."""

    dependencies = [("share", "0009_event_once")]

    operations = [
        migrations.AddField(
            model_name="registrationchange",
            name="waits_to_be_told",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name="registrationchange",
            index=models.Index(
                condition=models.Q(("waits_to_be_told", True)), fields=["id"], name="share_steps_to_tell"
            ),
        ),
    ]
