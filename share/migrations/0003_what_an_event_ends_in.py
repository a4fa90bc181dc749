"""Histories of attendance, minutes and decisions."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _id():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _by():
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    """New tables, and an index for what is due."""

    dependencies = [("share", "0002_kept_by_the_database"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="AttendanceChange",
            fields=[
                ("id", _id()),
                ("attendance_from", models.CharField(max_length=8)),
                ("attendance_to", models.CharField(max_length=8)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", _by()),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance_changes",
                        to="share.registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "paso de una asistencia",
                "verbose_name_plural": "pasos de asistencias",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="MinutesRevision",
            fields=[
                ("id", _id()),
                ("text", models.TextField()),
                ("replaced_at", models.DateTimeField(auto_now_add=True)),
                ("replaced_by", _by()),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="share.minutes",
                    ),
                ),
            ],
            options={
                "verbose_name": "versión anterior de un acta",
                "verbose_name_plural": "versiones anteriores de actas",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="AgreementChange",
            fields=[
                ("id", _id()),
                ("status_from", models.CharField(blank=True, max_length=8)),
                ("status_to", models.CharField(max_length=8)),
                ("text_before", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", _by()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="share.agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "paso de una decisión",
                "verbose_name_plural": "pasos de decisiones",
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(
                condition=models.Q(("status", "open")), fields=["due_on"], name="share_agreements_due"
            ),
        ),
    ]
