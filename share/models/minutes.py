"""What an event ends in: minutes, and what was decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.models import TimeStampedModel
from share.models.events import Event

MAX_MINUTES = 30_000


class Minutes(TimeStampedModel):
    """What was said and agreed at an event, as those who organised it wrote it down."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="minutes")
    text = models.TextField(_("acta"), max_length=MAX_MINUTES, blank=True)
    html = models.TextField(blank=True, editable=False)
    # Until then, only organisers read it.
    published_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("acta")
        verbose_name_plural = _("actas")

    def __str__(self) -> str:
        return f"{self.event_id}"

    @property
    def is_published(self) -> bool:
        """Whether everybody who sees the event reads it."""
        return self.published_at is not None


class Agreement(models.Model):
    """One thing that was decided, with who does it and until when."""

    class Status(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("pendiente")
        DONE = "done", _("hecho")
        DROPPED = "dropped", _("se dejó de lado")

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="agreements")
    text = models.CharField(_("qué se decidió"), max_length=500)
    responsible = models.CharField(_("quién se ocupa"), max_length=200, blank=True)
    responsible_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("para cuándo"), null=True, blank=True)
    status = models.CharField(_("estado"), max_length=8, choices=Status, default=Status.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("decisión")
        verbose_name_plural = _("decisiones")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="done") | Q(done_at__isnull=False), name="share_done_says_when"
            )
        ]

    def __str__(self) -> str:
        return self.text
