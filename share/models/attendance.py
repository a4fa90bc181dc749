"""What was noted about who was there, step by step."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from share.models.registrations import Registration


class AttendanceChange(models.Model):
    """A step of what is known about a person's attendance: appended, never changed."""

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="attendance_changes"
    )
    attendance_from = models.CharField(max_length=8)
    attendance_to = models.CharField(max_length=8)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("paso de una asistencia")
        verbose_name_plural = _("pasos de asistencias")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.attendance_from} → {self.attendance_to}"
