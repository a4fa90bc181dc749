"""Files that staff bring into the library."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Batches, their rows, notes and steps, what they wrote, and the columns of each source."""

    dependencies = [
        ("files", "0002_thumbnails"),
        ("inspire", "0005_contributions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.SlugField(max_length=60, unique=True, verbose_name="colección de origen")),
                ("language", models.CharField(default="es", max_length=5, verbose_name="idioma")),
                ("mapping", models.JSONField(default=dict, verbose_name="columnas")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="cambiado")),
            ],
            options={
                "verbose_name": "columnas de una fuente",
                "verbose_name_plural": "columnas de las fuentes",
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("uploaded", "subido"),
                            ("checking", "en revisión"),
                            ("checked", "revisado"),
                            ("applying", "guardando"),
                            ("applied", "importado"),
                            ("undoing", "deshaciendo"),
                            ("undone", "deshecho"),
                            ("failed", "falló"),
                            ("cancelled", "cancelado"),
                        ],
                        default="uploaded",
                        max_length=10,
                        verbose_name="estado",
                    ),
                ),
                ("filename", models.CharField(max_length=200, verbose_name="nombre del archivo")),
                ("source", models.SlugField(blank=True, max_length=60, verbose_name="colección de origen")),
                ("language", models.CharField(default="es", max_length=5, verbose_name="idioma")),
                ("detected", models.JSONField(default=dict, verbose_name="lo que se detectó")),
                ("mapping", models.JSONField(default=dict, verbose_name="columnas")),
                ("last_row", models.PositiveIntegerField(default=0)),
                ("rows_read", models.PositiveIntegerField(default=0, verbose_name="filas leídas")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="rechazadas")),
                ("remarks", models.PositiveIntegerField(default=0, verbose_name="observaciones")),
                ("positioned", models.PositiveIntegerField(default=0, verbose_name="con ubicación")),
                ("known", models.PositiveIntegerField(default=0, verbose_name="en un municipio conocido")),
                ("repaired", models.PositiveIntegerField(default=0, verbose_name="celdas reparadas")),
                ("created", models.PositiveIntegerField(default=0, verbose_name="nuevas")),
                ("updated", models.PositiveIntegerField(default=0, verbose_name="cambiadas")),
                ("left_alone", models.PositiveIntegerField(default=0, verbose_name="sin deshacer")),
                ("error", models.TextField(blank=True, verbose_name="error")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="cuándo")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="intentos")),
                (
                    "queued_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="en cola desde"),
                ),
                ("heartbeat_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True, verbose_name="terminado")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="archivo",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién",
                    ),
                ),
            ],
            options={
                "verbose_name": "importación",
                "verbose_name_plural": "importaciones",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ImportChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_status", models.CharField(blank=True, max_length=10, verbose_name="de")),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("uploaded", "subido"),
                            ("checking", "en revisión"),
                            ("checked", "revisado"),
                            ("applying", "guardando"),
                            ("applied", "importado"),
                            ("undoing", "deshaciendo"),
                            ("undone", "deshecho"),
                            ("failed", "falló"),
                            ("cancelled", "cancelado"),
                        ],
                        max_length=10,
                        verbose_name="a",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="motivo")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="cuándo")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="quién",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="inspire.importbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "paso de una importación",
                "verbose_name_plural": "pasos de una importación",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ImportedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("source", models.CharField(max_length=60)),
                ("source_id", models.CharField(max_length=120)),
                ("digest", models.CharField(max_length=64)),
                ("record", models.JSONField()),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="inspire.importbatch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportedSolution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_new", models.BooleanField()),
                ("revision", models.PositiveIntegerField(null=True)),
                ("source_digest", models.CharField(blank=True, max_length=64)),
                ("written_at", models.DateTimeField()),
                ("is_left_alone", models.BooleanField(default=False)),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="solutions",
                        to="inspire.importbatch",
                    ),
                ),
                (
                    "solution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imports",
                        to="inspire.solution",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.PositiveIntegerField(verbose_name="fila")),
                ("column", models.CharField(blank=True, max_length=200, verbose_name="columna")),
                ("reason", models.TextField(verbose_name="motivo")),
                ("is_refusal", models.BooleanField(verbose_name="rechazada")),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="inspire.importbatch",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="importbatch",
            index=models.Index(
                condition=models.Q(("status__in", ["checking", "applying", "undoing"])),
                fields=["id"],
                name="inspire_imports_to_do",
            ),
        ),
        migrations.AddIndex(
            model_name="importedrow",
            index=models.Index(fields=["batch", "source", "source_id"], name="inspire_imported_row"),
        ),
        migrations.AddConstraint(
            model_name="importedsolution",
            constraint=models.UniqueConstraint(
                fields=("batch", "solution"), name="inspire_solution_once_in_an_import"
            ),
        ),
        migrations.AddIndex(
            model_name="importnote",
            index=models.Index(fields=["batch", "is_refusal", "row"], name="inspire_import_note"),
        ),
    ]
