"""The record of what has to be scored, and of what came of it."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluate.models.evaluations import Evaluation
from evaluate.querysets import EvaluationRunQuerySet


class EvaluationRun(models.Model):
    """One scoring of a submitted evaluation. The row, and not the queue, says what is still to be done."""

    class Status(models.TextChoices):
        """Where it stands."""

        PENDING = "pending", _("en espera")
        RUNNING = "running", _("calculando")
        DONE = "done", _("listo")
        FAILED = "failed", _("falló")
        CANCELLED = "cancelled", _("cancelado")

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="runs")
    status = models.CharField(_("estado"), max_length=10, choices=Status, default=Status.PENDING)
    attempts = models.PositiveSmallIntegerField(_("intentos"), default=0)
    created_at = models.DateTimeField(_("creado"), auto_now_add=True)
    queued_at = models.DateTimeField(_("en cola desde"), default=timezone.now)
    started_at = models.DateTimeField(_("empezado"), null=True, blank=True)
    finished_at = models.DateTimeField(_("terminado"), null=True, blank=True)
    # The share of the points as an exact fraction, "n/d", and beside it a decimal to sort and compare by.
    score_exact = models.TextField(_("puntaje exacto"), blank=True)
    score = models.DecimalField(_("puntaje"), max_digits=12, decimal_places=9, null=True, blank=True)
    result = models.JSONField(_("resultado"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    objects = EvaluationRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("cálculo de puntaje")
        verbose_name_plural = _("cálculos de puntaje")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(status__in=["pending", "running"]),
                name="evaluate_runs_to_do",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation"],
                condition=models.Q(status__in=["pending", "running"]),
                name="evaluate_one_unfinished_run",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="done")
                | models.Q(result__isnull=False, finished_at__isnull=False),
                name="evaluate_done_run_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} · {self.get_status_display()}"

    @property
    def signed_at(self) -> datetime:
        """When what it scored was signed: it was made with that signature, or later to score the same again.

        The evaluation itself only knows its last signature, which may be one that is not scored yet.
        """
        last = self.evaluation.submitted_at
        return self.created_at if last is None else min(self.created_at, last)

    @property
    def is_unfinished(self) -> bool:
        """Whether a result is still to come."""
        return self.status in {self.Status.PENDING, self.Status.RUNNING}
