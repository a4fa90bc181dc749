"""What the team does to conversations: who may, what is noted of it, and where posts went."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A permission, further kinds of changes, and the places that posts had before they were moved."""

    dependencies = [("share", "0005_pages_of_conversations")]

    operations = [
        migrations.AlterModelOptions(
            name="thread",
            options={
                "permissions": [("moderate_threads", "Puede moderar conversaciones")],
                "verbose_name": "conversación",
                "verbose_name_plural": "conversaciones",
            },
        ),
        migrations.AlterField(
            model_name="threadchange",
            name="kind",
            field=models.CharField(
                choices=[
                    ("edited", "cambió el título o los temas"),
                    ("moved", "se movió"),
                    ("split", "se separó en otra conversación"),
                    ("closed", "se cerró"),
                    ("opened", "se volvió a abrir"),
                    ("locked", "la cerró el equipo"),
                    ("pinned", "se fijó"),
                    ("unpinned", "se dejó de fijar"),
                    ("slowed", "cambió el modo lento"),
                    ("hidden", "se ocultó"),
                    ("shown", "se volvió a mostrar"),
                    ("outcome", "se contó en qué quedó"),
                    ("held", "espera que el equipo la mire"),
                    ("approved", "el equipo la dejó pasar"),
                    ("rejected", "el equipo no la dejó pasar"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="MovedPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moved_from",
                        to="share.post",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="share.thread",
                    ),
                ),
            ],
            options={
                "verbose_name": "mensaje que cambió de conversación",
                "verbose_name_plural": "mensajes que cambiaron de conversación",
                "constraints": [
                    models.UniqueConstraint(fields=("thread", "number"), name="share_moved_once")
                ],
            },
        ),
    ]
