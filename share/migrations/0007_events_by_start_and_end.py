"""Let the index of beginnings tell what is over, so that a list of what is to come reads no more than its page."""

from django.db import migrations, models

_ANNOUNCED = models.Q(("hidden_at__isnull", True), models.Q(("status", "draft"), _negated=True))


class Migration(migrations.Migration):
    """Two indexes with one more column."""

    dependencies = [("share", "0006_moderation")]

    operations = [
        migrations.RemoveIndex(model_name="event", name="share_events_by_start"),
        migrations.RemoveIndex(model_name="event", name="share_events_by_audience"),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["starts_at", "id", "ends_at"], condition=_ANNOUNCED, name="share_events_by_start"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["visibility", "starts_at", "id", "ends_at"],
                condition=_ANNOUNCED,
                name="share_events_by_audience",
            ),
        ),
    ]
