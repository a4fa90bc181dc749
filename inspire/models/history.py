"""How a solution came to be what it is: each step of its life, and each state of its content."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from inspire.models.solution import Solution


class SolutionChange(models.Model):
    """One step of a solution: into the library, out of it, back again. Who, when, from, to and why."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="changes")
    from_status = models.CharField(_("de"), max_length=10, blank=True)
    to_status = models.CharField(_("a"), max_length=10, choices=Solution.Status)
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
        verbose_name = _("paso de una solución")
        verbose_name_plural = _("pasos de una solución")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_status or '·'} → {self.to_status}"


class SolutionRevision(models.Model):
    """The content of a solution after a change, whole, so that it can be compared and brought back.

    `content` is a `SolutionRecord` as JSON (see `inspire.record`). Of what an import creates there is no revision until
    somebody changes it; before such a change the state until then is kept first.
    """

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("número"))
    content = models.JSONField(_("contenido"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("quién"),
    )
    made_at = models.DateTimeField(_("cuándo"), auto_now_add=True)
    reason = models.CharField(_("motivo"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("versión de una solución")
        verbose_name_plural = _("versiones de una solución")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["solution", "number"], name="inspire_revisions_are_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.solution_id} · {self.number}"
