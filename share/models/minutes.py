"""What an event ends in: minutes, and what was decided."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.models import TimeStampedModel
from share.models.events import Event
from share.querysets.minutes import AgreementQuerySet

MAX_MINUTES = 30_000
MAX_AGREEMENT = 500


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


class MinutesRevision(models.Model):
    """What published minutes said before they were changed."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="revisions")
    text = models.TextField()
    # When this text was replaced, and by whom.
    replaced_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("versión anterior de un acta")
        verbose_name_plural = _("versiones anteriores de actas")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.minutes_id}"


class Agreement(models.Model):
    """One thing that was decided, with who does it and until when."""

    class Status(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("pendiente")
        DONE = "done", _("hecho")
        DROPPED = "dropped", _("se dejó de lado")

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="agreements")
    text = models.CharField(_("qué se decidió"), max_length=MAX_AGREEMENT)
    responsible = models.CharField(_("quién se ocupa"), max_length=200, blank=True)
    responsible_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(_("para cuándo"), null=True, blank=True)
    status = models.CharField(_("estado"), max_length=8, choices=Status, default=Status.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("decisión")
        verbose_name_plural = _("decisiones")
        ordering = ["order", "id"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(status="open"), name="share_agreements_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="done") | Q(done_at__isnull=False), name="share_done_says_when"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.status == self.Status.OPEN


class AgreementChange(models.Model):
    """A step of a decision: named, changed, done or dropped; appended, never changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="changes")
    status_from = models.CharField(max_length=8, blank=True)
    status_to = models.CharField(max_length=8)
    # How it read before, where its words changed.
    text_before = models.CharField(max_length=MAX_AGREEMENT, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("paso de una decisión")
        verbose_name_plural = _("pasos de decisiones")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.status_from} → {self.status_to}"
