"""Questionnaires and their versions."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from evaluate.engine.definition import UNMARKED_LANGUAGE, text_in
from evaluate.querysets import QuestionnaireVersionQuerySet
from portal.core.models import TimeStampedModel
from portal.topics.models import PolicyArea


class Questionnaire(TimeStampedModel):
    """A questionnaire as people know it over the years, whatever its version."""

    slug = models.SlugField(_("identificador"), unique=True, max_length=80)
    area = models.ForeignKey(
        PolicyArea,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("área de gestión"),
    )
    is_open = models.BooleanField(
        _("recibe respuestas"),
        default=True,
        help_text=_("Si lo cerrás, nadie puede empezarlo; lo empezado sigue."),
    )

    class Meta:
        verbose_name = _("cuestionario")
        verbose_name_plural = _("cuestionarios")
        ordering = ["area__order", "slug"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the page that presents it."""
        return reverse("evaluate:questionnaire-detail", args=[self.slug])


class QuestionnaireVersion(models.Model):
    """One wording of a questionnaire. Once published the database refuses to change it, so that results stay true."""

    class Status(models.TextChoices):
        """Where the version stands."""

        DRAFT = "draft", _("borrador")
        PUBLISHED = "published", _("publicada")
        RETIRED = "retired", _("retirada")

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.PROTECT, related_name="versions", verbose_name=_("cuestionario")
    )
    number = models.PositiveIntegerField(_("número"))
    status = models.CharField(_("estado"), max_length=10, choices=Status, default=Status.DRAFT)
    definition = models.JSONField(_("definición"))
    definition_sha256 = models.CharField(max_length=64)
    source_name = models.CharField(_("archivo de origen"), max_length=200)
    source_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("importada"), auto_now_add=True)
    published_at = models.DateTimeField(_("publicada el"), null=True, blank=True)
    # What lists and the catalogue say of it, taken from the definition so that they need not read it.
    titles = models.JSONField(_("títulos"), default=dict)
    summaries = models.JSONField(_("resúmenes"), default=dict)
    default_language = models.CharField(max_length=40, default=UNMARKED_LANGUAGE)
    topics = ArrayField(models.SlugField(max_length=60), default=list, blank=True, verbose_name=_("temas"))
    minutes = models.PositiveSmallIntegerField(_("minutos"), null=True, blank=True)
    question_count = models.PositiveIntegerField(_("preguntas"), default=0)
    criteria_count = models.PositiveIntegerField(_("criterios"), default=0)
    is_scored = models.BooleanField(_("tiene puntaje"), default=False)
    # What decides the score; results of versions that share it are compared (evaluate.engine.scoring.signature).
    scoring_signature = models.CharField(max_length=64, blank=True, default="", editable=False)
    based_on = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sale de la versión"),
    )
    note = models.CharField(_("qué cambia"), max_length=300, blank=True, default="")
    edited_at = models.DateTimeField(_("editada el"), null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("editada por"),
    )

    objects = QuestionnaireVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versión de cuestionario")
        verbose_name_plural = _("versiones de cuestionarios")
        ordering = ["questionnaire", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="evaluate_version_number_once"),
            models.UniqueConstraint(
                fields=["questionnaire"],
                condition=models.Q(status="published"),
                name="evaluate_one_published_version",
            ),
            models.CheckConstraint(
                condition=models.Q(status="draft") | models.Q(published_at__isnull=False),
                name="evaluate_published_version_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def title(self) -> str:
        """The title in the reader's language, or as its author wrote it."""
        return self._text(self.titles) or self.questionnaire.slug

    @property
    def summary(self) -> str:
        """What it measures, in the reader's language."""
        return self._text(self.summaries)

    @property
    def asked_count(self) -> int:
        """How many criteria it scores, or how many questions it asks when it scores none."""
        return self.criteria_count or self.question_count

    def _text(self, texts: dict[str, str]) -> str:
        return text_in(texts, get_language() or "es", self.default_language)
