"""The record that cannot be rewritten."""

from django.contrib.postgres.indexes import BrinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """Who did what, on what, from where, and how it was before and after. The database refuses to change it."""

    at = models.DateTimeField(_("momento"), auto_now_add=True)
    # A plain number: an erased account leaves no name here, and no cascade may touch this table.
    actor_id = models.BigIntegerField(_("cuenta"), null=True)
    action = models.CharField(_("acción"), max_length=60)
    target_type = models.CharField(_("tipo de objeto"), max_length=60)
    target_id = models.CharField(_("objeto"), max_length=60)
    address = models.GenericIPAddressField(_("desde"), null=True)
    before = models.JSONField(_("antes"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("después"), default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("hecho auditado")
        verbose_name_plural = _("hechos auditados")
        ordering = ["-id"]
        indexes = [
            BrinIndex(fields=["at"], name="audit_by_time"),
            models.Index(fields=["target_id", "target_type"], name="audit_by_target"),
            models.Index(fields=["actor_id"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type} {self.target_id}".rstrip()
