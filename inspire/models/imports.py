"""Files that staff bring into the library: what was read in them, and what became of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inspire.models.solution import Solution
from inspire.querysets_imports import ImportBatchQuerySet
from portal.core.models import PublicIdModel
from portal.files.models import StoredFile


class ImportBatch(PublicIdModel):
    """One file on its way into the library. The row, and not the queue, says what is still to be done."""

    class Status(models.TextChoices):
        """Where it stands."""

        UPLOADED = "uploaded", _("subido")
        CHECKING = "checking", _("en revisión")
        CHECKED = "checked", _("revisado")
        APPLYING = "applying", _("guardando")
        APPLIED = "applied", _("importado")
        UNDOING = "undoing", _("deshaciendo")
        UNDONE = "undone", _("deshecho")
        FAILED = "failed", _("falló")
        CANCELLED = "cancelled", _("cancelado")

    WORKING = (Status.CHECKING, Status.APPLYING, Status.UNDOING)

    status = models.CharField(_("estado"), max_length=10, choices=Status, default=Status.UPLOADED)
    file = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("archivo")
    )
    filename = models.CharField(_("nombre del archivo"), max_length=200)
    # The collection of rows that name none, and the language of those that name none.
    source = models.SlugField(_("colección de origen"), max_length=60, blank=True)
    language = models.CharField(_("idioma"), max_length=5, default="es")
    # {"kind", "encoding", "delimiter", "sheet", "columns": [{"name", "title", "samples"}]}
    detected = models.JSONField(_("lo que se detectó"), default=dict)
    # The name of the file's column for each field of `inspire.importing.columns.NAMES`.
    mapping = models.JSONField(_("columnas"), default=dict)
    # How far the reading has come: the number of the last row, from which it goes on after an interruption.
    last_row = models.PositiveIntegerField(default=0)
    rows_read = models.PositiveIntegerField(_("filas leídas"), default=0)
    refused = models.PositiveIntegerField(_("rechazadas"), default=0)
    remarks = models.PositiveIntegerField(_("observaciones"), default=0)
    positioned = models.PositiveIntegerField(_("con ubicación"), default=0)
    known = models.PositiveIntegerField(_("en un municipio conocido"), default=0)
    repaired = models.PositiveIntegerField(_("celdas reparadas"), default=0)
    created = models.PositiveIntegerField(_("nuevas"), default=0)
    updated = models.PositiveIntegerField(_("cambiadas"), default=0)
    # Of an undone one: what was left alone because somebody had changed it since.
    left_alone = models.PositiveIntegerField(_("sin deshacer"), default=0)
    error = models.TextField(_("error"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("quién"),
    )
    created_at = models.DateTimeField(_("cuándo"), auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(_("intentos"), default=0)
    queued_at = models.DateTimeField(_("en cola desde"), default=timezone.now)
    # When a worker was last heard of.
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("terminado"), null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("importación")
        verbose_name_plural = _("importaciones")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(status__in=["checking", "applying", "undoing"]),
                name="inspire_imports_to_do",
            )
        ]

    def __str__(self) -> str:
        return f"{self.filename} · {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        """Return the page that says how it stands."""
        return reverse("inspire:import-detail", args=[self.public_id])

    @property
    def is_working(self) -> bool:
        """Whether a worker has it, or will."""
        return self.status in self.WORKING

    @property
    def unchanged(self) -> int:
        """How many rows say what is in the library already."""
        return max(0, self.rows_read - self.refused - self.created - self.updated)

    @property
    def columns(self) -> list[dict[str, Any]]:
        """The columns of the file, with their titles and a few values."""
        columns: list[dict[str, Any]] = self.detected.get("columns", [])
        return columns


class ImportChange(models.Model):
    """One step of an import: who, when, from, to and why."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes")
    from_status = models.CharField(_("de"), max_length=10, blank=True)
    to_status = models.CharField(_("a"), max_length=10, choices=ImportBatch.Status)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("quién"),
    )
    reason = models.CharField(_("motivo"), max_length=500, blank=True)
    at = models.DateTimeField(_("cuándo"), auto_now_add=True)

    class Meta:
        verbose_name = _("paso de una importación")
        verbose_name_plural = _("pasos de una importación")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_status or '·'} → {self.to_status}"


class ImportedRow(models.Model):
    """A row that can be used, read and waiting to be written into the library; gone once it was.

    `record` holds what differs from an empty `SolutionRecord`.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=60)
    source_id = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    record = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["batch", "source", "source_id"], name="inspire_imported_row")]

    def __str__(self) -> str:
        return f"{self.batch_id} · {self.number}"


class ImportNote(models.Model):
    """Why a row was refused, or what was left out of one that was not."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="notes", db_index=False)
    row = models.PositiveIntegerField(_("fila"))
    column = models.CharField(_("columna"), max_length=200, blank=True)
    reason = models.TextField(_("motivo"))
    is_refusal = models.BooleanField(_("rechazada"))

    class Meta:
        indexes = [models.Index(fields=["batch", "is_refusal", "row"], name="inspire_import_note")]

    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"


class ImportedSolution(models.Model):
    """A solution that an import made or changed, with what is needed to take that back."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="solutions", db_index=False)
    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="imports")
    is_new = models.BooleanField()
    # The revision and the mark of its source until then; none of a new one.
    revision = models.PositiveIntegerField(null=True)
    source_digest = models.CharField(max_length=64, blank=True)
    # When the import wrote it; whoever changes it afterwards leaves another time on it.
    written_at = models.DateTimeField()
    is_left_alone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "solution"], name="inspire_solution_once_in_an_import")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} · {self.solution_id}"


class ImportMapping(models.Model):
    """Which column of a source's files holds what, as somebody chose it last."""

    source = models.SlugField(_("colección de origen"), max_length=60, unique=True)
    language = models.CharField(_("idioma"), max_length=5, default="es")
    mapping = models.JSONField(_("columnas"), default=dict)
    updated_at = models.DateTimeField(_("cambiado"), auto_now=True)

    class Meta:
        verbose_name = _("columnas de una fuente")
        verbose_name_plural = _("columnas de las fuentes")

    def __str__(self) -> str:
        return self.source
