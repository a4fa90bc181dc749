"""Evaluations and their answers."""

from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluate.models.ownership import personal_goes_municipal_stays
from evaluate.models.questionnaires import Questionnaire, QuestionnaireVersion
from evaluate.querysets import EvaluationQuerySet
from portal.core.models import PublicIdModel, TimeStampedModel
from portal.files.models import StoredFile
from portal.places.models import Municipality


class Evaluation(PublicIdModel, TimeStampedModel):
    """A questionnaire being answered, for a municipality or by a person just for herself."""

    class Status(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("en curso")
        SUBMITTED = "submitted", _("enviada")
        SCORED = "scored", _("con resultado")

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="evaluations", verbose_name=_("cuestionario")
    )
    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="evaluations", verbose_name=_("versión")
    )
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipio"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=personal_goes_municipal_stays,
        null=True,
        related_name="evaluations",
        verbose_name=_("quien la empezó"),
    )
    status = models.CharField(_("estado"), max_length=10, choices=Status, default=Status.DRAFT)
    started_at = models.DateTimeField(_("empezada"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("enviada el"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quien la envió"),
    )
    # A municipality's result is everybody's to read only while these are filled in.
    published_at = models.DateTimeField(_("resultado publicado el"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quien publicó el resultado"),
    )
    # {"/household": 2}: how many times each repeated group was opened, answered or not.
    repeat_counts = models.JSONField(default=dict, blank=True)
    is_sample = models.BooleanField(_("es de muestra"), default=False, editable=False)

    # Set by the queryset's `with_last_score`.
    last_share: Decimal | None
    last_signed_at: datetime | None

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluación")
        verbose_name_plural = _("evaluaciones")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["municipality", "status", "-id"], name="evaluate_of_municipality"),
            models.Index(fields=["owner", "status", "-id"], name="evaluate_of_owner"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "municipality"],
                condition=models.Q(status="draft", municipality__isnull=False),
                name="evaluate_one_draft_per_municipality",
                violation_error_message=_("Tu municipio ya tiene este cuestionario empezado."),
            ),
            models.UniqueConstraint(
                fields=["questionnaire", "owner"],
                condition=models.Q(status="draft", municipality__isnull=True),
                name="evaluate_one_draft_per_person",
                violation_error_message=_("Ya tenés este cuestionario empezado."),
            ),
            models.CheckConstraint(
                condition=models.Q(municipality__isnull=False) | models.Q(owner__isnull=False),
                name="evaluate_evaluation_belongs_to_someone",
            ),
            models.CheckConstraint(
                condition=models.Q(status="draft") | models.Q(submitted_at__isnull=False),
                name="evaluate_submitted_evaluation_is_dated",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(municipality__isnull=False),
                name="evaluate_only_municipal_results_are_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version.title} · {self.municipality or _('personal')}"

    def get_absolute_url(self) -> str:
        """Return where its people go on: the questions while it is a draft, the result afterwards."""
        name = "evaluate:evaluation" if self.is_draft else "evaluate:evaluation-result"
        return reverse(name, args=[self.public_id])

    @property
    def is_draft(self) -> bool:
        """Whether it is still being answered."""
        return self.status == self.Status.DRAFT

    @property
    def is_personal(self) -> bool:
        """Whether it is one person's self-check and nobody else's business."""
        return self.municipality_id is None

    @property
    def is_reopened(self) -> bool:
        """Whether it was signed once and is being corrected; `submitted_at` still says when."""
        return self.is_draft and self.submitted_at is not None

    @property
    def is_published(self) -> bool:
        """Whether everybody may read its signed result."""
        return self.published_at is not None


class Answer(models.Model):
    """What was answered to one question of an evaluation, right or not yet right."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="answers")
    path = models.TextField(_("pregunta"))
    value = models.JSONField(_("respuesta"))
    # Said not to apply: the value stays and counts as empty meanwhile.
    is_not_applicable = models.BooleanField(_("no aplica"), default=False, db_default=False)
    reason = models.TextField(_("por qué no aplica"), blank=True, default="", db_default="")
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("respondida"))

    class Meta:
        verbose_name = _("respuesta")
        verbose_name_plural = _("respuestas")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "path"], name="evaluate_one_answer_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.path} = {self.value}"


class AnswerRevision(models.Model):
    """An answer that somebody else replaced, so that what two people wrote is never lost."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="revisions")
    path = models.TextField(_("pregunta"))
    value = models.JSONField(_("respuesta"))
    is_not_applicable = models.BooleanField(_("no aplicaba"), default=False)
    reason = models.TextField(_("por qué no aplicaba"), blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("respondida"))
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    replaced_at = models.DateTimeField(_("reemplazada"))

    class Meta:
        verbose_name = _("respuesta anterior")
        verbose_name_plural = _("respuestas anteriores")
        ordering = ["-id"]
        indexes = [models.Index(fields=["evaluation", "path", "-id"], name="evaluate_revisions_of_answer")]

    def __str__(self) -> str:
        return f"{self.path} = {self.value} ({self.answered_at:%Y-%m-%d})"


class EvaluationChange(models.Model):
    """One step in an evaluation's life: who, when, from, to and why."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="changes")
    from_status = models.CharField(max_length=10, blank=True)
    to_status = models.CharField(max_length=10)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("cambio de estado")
        verbose_name_plural = _("cambios de estado")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_status or '·'} → {self.to_status}"
