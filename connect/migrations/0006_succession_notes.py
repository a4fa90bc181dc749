"""What an official looked after when she left, and the steps by which it is passed on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds what a succession holds, and its history."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("connect", "0002_directory_kept_by_the_database"),
    ]

    operations = [
        migrations.AddField(
            model_name="succession",
            name="held",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.CreateModel(
            name="SuccessionChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_status", models.CharField(blank=True, max_length=6)),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("open", "falta decidir"),
                            ("passed", "pasó a otra persona"),
                            ("kept", "queda en el municipio"),
                        ],
                        max_length=6,
                    ),
                ),
                ("passed", models.JSONField(blank=True, default=dict)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "succession",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="connect.succession",
                    ),
                ),
            ],
            options={
                "verbose_name": "paso de un traspaso",
                "verbose_name_plural": "pasos de un traspaso",
                "ordering": ["at", "id"],
            },
        ),
    ]
