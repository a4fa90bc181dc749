"""What a team does around the answers: who takes which section, what is said about an item, what proves it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from evaluate.models.evaluations import Evaluation
from portal.core.models import PublicIdModel
from portal.files.models import StoredFile


class SectionAssignment(models.Model):
    """A section that a colleague takes on. It guides and does not lock: whoever works there may still answer."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="assignments")
    section = models.CharField(_("sección"), max_length=200)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("persona")
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    assigned_at = models.DateTimeField(_("asignada el"), auto_now_add=True)
    ready_at = models.DateTimeField(_("lista el"), null=True, blank=True)

    class Meta:
        verbose_name = _("sección asignada")
        verbose_name_plural = _("secciones asignadas")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "section", "person"],
                name="evaluate_section_assigned_once",
                violation_error_message=_("Esa persona ya tiene esta sección."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} → {self.person}"


class ItemComment(PublicIdModel):
    """What somebody says about one item of an evaluation, for the colleagues."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="comments")
    path = models.TextField(_("pregunta"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("comentario"), max_length=4_000)
    written_at = models.DateTimeField(_("escrito el"), auto_now_add=True)

    class Meta:
        verbose_name = _("comentario")
        verbose_name_plural = _("comentarios")
        ordering = ["id"]
        indexes = [models.Index(fields=["evaluation", "path", "id"], name="evaluate_comments_of_item")]

    def __str__(self) -> str:
        return self.text[:80]


class ItemEvidence(PublicIdModel):
    """What proves an answer: a file or an address, with a word about it."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="evidence")
    path = models.TextField(_("pregunta"))
    title = models.CharField(_("qué es"), max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    url = models.URLField(_("dirección web"), max_length=500, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(_("agregada el"), auto_now_add=True)

    class Meta:
        verbose_name = _("evidencia")
        verbose_name_plural = _("evidencias")
        ordering = ["id"]
        indexes = [models.Index(fields=["evaluation", "path", "id"], name="evaluate_evidence_of_item")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file__isnull=False, url="")
                | models.Q(file__isnull=True) & ~models.Q(url=""),
                name="evaluate_evidence_is_file_or_address",
                violation_error_message=_("Adjuntá un archivo o escribí una dirección web."),
            )
        ]

    def __str__(self) -> str:
        return self.title or self.url
