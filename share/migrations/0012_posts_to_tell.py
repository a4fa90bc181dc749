"""Lets the database remember of which posts people are still to be told."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A row for each post until it was told."""

    dependencies = [("share", "0011_previous_start")]

    operations = [
        migrations.CreateModel(
            name="PostToTell",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="share.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "mensaje por avisar",
                "verbose_name_plural": "mensajes por avisar",
            },
        ),
    ]
