from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """The name by which a blocked person was known, and what a suspended one answers."""

    dependencies = [("safety", "0001_initial")]

    operations = [
        migrations.AddField(
            "block",
            "known_as",
            models.CharField(blank=True, max_length=150, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "suspension",
            "appeal",
            models.TextField(
                blank=True, max_length=2000, verbose_name="lo que responde la persona", default=""
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "suspension", "appealed_at", models.DateTimeField(null=True, verbose_name="respondió el")
        ),
        migrations.AddConstraint(
            "suspension",
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("started_at")),
                name="safety_suspension_ends_after_it_starts",
            ),
        ),
    ]
