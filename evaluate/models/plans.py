"""The improvement plan: what a town, or a person by herself, sets out to do about its weak criteria."""

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from evaluate.models.ownership import personal_goes_municipal_stays
from evaluate.models.questionnaires import Questionnaire
from evaluate.querysets import PlanStepQuerySet
from portal.catalog.models import Entry
from portal.core.models import PublicIdModel, TimeStampedModel
from portal.places.models import Municipality


class PlanStep(PublicIdModel, TimeStampedModel):
    """One thing to do about one criterion: what, who, by when, and what inspired it."""

    class Status(models.TextChoices):
        """Where it stands."""

        TODO = "todo", _("por empezar")
        DOING = "doing", pgettext_lazy("plan de mejora", "en marcha")
        DONE = "done", pgettext_lazy("plan de mejora", "hecho")
        DROPPED = "dropped", _("descartado")

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="plan_steps", verbose_name=_("cuestionario")
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
        blank=True,
        related_name="+",
        verbose_name=_("quien lo agregó"),
    )
    # The criterion's key, which lives on through versions, and its words when the step was written.
    criterion = models.CharField(_("criterio"), max_length=300)
    criterion_label = models.CharField(_("criterio en palabras"), max_length=500, blank=True)
    share_then = models.DecimalField(
        _("puntaje de partida"), max_digits=12, decimal_places=9, null=True, blank=True
    )
    title = models.CharField(_("qué vamos a hacer"), max_length=300)
    notes = models.TextField(_("notas"), max_length=4_000, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsable"),
    )
    due_on = models.DateField(_("para cuándo"), null=True, blank=True)
    status = models.CharField(_("estado"), max_length=10, choices=Status, default=Status.TODO)
    inspirations = models.ManyToManyField(
        Entry, blank=True, related_name="+", verbose_name=_("en qué nos inspiramos")
    )
    is_sample = models.BooleanField(_("es de muestra"), default=False, editable=False)

    # Set by `evaluate.plan.board.with_what_a_row_shows`: those that the reader may find.
    visible_inspirations: list[Entry]

    objects = PlanStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("paso del plan de mejora")
        verbose_name_plural = _("pasos del plan de mejora")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["municipality", "questionnaire", "status"], name="evaluate_plan_of_town"),
            models.Index(fields=["owner", "questionnaire"], name="evaluate_plan_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(municipality__isnull=False) | models.Q(owner__isnull=False),
                name="evaluate_plan_step_belongs_to_someone",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page of the step."""
        return reverse("evaluate:plan-step", args=[self.public_id])

    @property
    def is_personal(self) -> bool:
        """Whether it is one person's own plan and nobody else's business."""
        return self.municipality_id is None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status in {self.Status.TODO, self.Status.DOING}

    def is_overdue(self, today: date) -> bool:
        """Say whether its day has passed and it is not done."""
        return self.is_open and self.due_on is not None and self.due_on < today


class PlanStepChange(models.Model):
    """One step in a plan step's life: who, when, from, to and why."""

    step = models.ForeignKey(PlanStep, on_delete=models.CASCADE, related_name="changes")
    from_status = models.CharField(max_length=10, blank=True)
    to_status = models.CharField(max_length=10)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("cambio de un paso del plan")
        verbose_name_plural = _("cambios de pasos del plan")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_status or '·'} → {self.to_status}"

    @property
    def shown_status(self) -> str:
        """What happened, for people."""
        to_status = PlanStep.Status(self.to_status).label
        if not self.from_status:
            return gettext("Se sumó al plan")
        return f"{PlanStep.Status(self.from_status).label} → {to_status}"
