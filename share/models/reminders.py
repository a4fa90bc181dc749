"""When people are reminded of an event."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from share.models.events import Event


class EventReminder(models.Model):
    """One of the reminders of an event: when it is due, and when it went out."""

    class Before(models.TextChoices):
        """How long before the beginning."""

        WEEK = "week", _("una semana antes")
        DAY = "day", _("un día antes")
        HOUR = "hour", _("una hora antes")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="reminders")
    before = models.CharField(max_length=4, choices=Before)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("recordatorio")
        verbose_name_plural = _("recordatorios")
        constraints = [models.UniqueConstraint(fields=["event", "before"], name="share_one_reminder_of_each")]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(sent_at__isnull=True), name="share_reminders_due")
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.before}"
