"""Who knows whom, and who introduced them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from connect.querysets.connections import OFFER_LASTS, ConnectionQuerySet, IntroductionQuerySet
from portal.core.models import PublicIdModel, TimeStampedModel

MAX_NOTE = 500


class Connection(TimeStampedModel, PublicIdModel):
    """Two people who know each other here, or one who asked the other."""

    class Status(models.TextChoices):
        """Where it stands."""

        REQUESTED = "requested", _("pendiente")
        ACCEPTED = "accepted", _("conectadas")
        DECLINED = "declined", _("no aceptada")
        WITHDRAWN = "withdrawn", _("retirada")
        ENDED = "ended", _("terminada")

    # What whoever asked sees as "no answer for now": a refusal is not told.
    WAITING_FOR_REQUESTER = (Status.REQUESTED, Status.DECLINED)

    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="connections_asked"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="connections_received"
    )
    status = models.CharField(_("estado"), max_length=9, choices=Status, default=Status.REQUESTED)
    note = models.CharField(_("mensaje"), max_length=MAX_NOTE, blank=True)
    introduction = models.ForeignKey(
        "Introduction", on_delete=models.SET_NULL, null=True, blank=True, related_name="connections"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("conexión")
        verbose_name_plural = _("conexiones")
        constraints = [
            models.UniqueConstraint(
                Least("requester", "recipient"),
                Greatest("requester", "recipient"),
                condition=Q(status__in=["requested", "accepted"]),
                name="connect_one_open_connection",
            ),
            models.CheckConstraint(
                condition=~Q(requester=F("recipient")), name="connect_nobody_connects_to_herself"
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "status", "-id"], name="connect_received_by_status"),
            models.Index(fields=["requester", "status", "-id"], name="connect_asked_by_status"),
        ]

    def __str__(self) -> str:
        return f"{self.requester_id} → {self.recipient_id} ({self.status})"


class ConnectionChange(models.Model):
    """One step in a connection's life."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="changes")
    from_status = models.CharField(max_length=9, blank=True)
    to_status = models.CharField(max_length=9, choices=Connection.Status)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_status or '·'} → {self.to_status}"


class Introduction(TimeStampedModel, PublicIdModel):
    """Somebody who knows two people, or a facilitator of the network, brings them together; both must want it."""

    class Status(models.TextChoices):
        """Where it stands."""

        ASKED = "asked", _("pedida")
        OFFERED = "offered", _("propuesta")
        MADE = "made", _("hecha")
        DECLINED = "declined", _("no prosperó")

    # Who wants to be introduced, where somebody asked for it; else the introducer thought of it herself.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="introductions_asked",
    )
    # Empty while it waits for any facilitator of the network.
    introducer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="introductions_made",
    )
    first = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(_("por qué conviene que se conozcan"), max_length=MAX_NOTE)
    status = models.CharField(_("estado"), max_length=8, choices=Status, default=Status.OFFERED)
    first_accepted_at = models.DateTimeField(null=True, blank=True)
    second_accepted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("presentación")
        verbose_name_plural = _("presentaciones")
        constraints = [
            models.CheckConstraint(condition=~Q(first=F("second")), name="connect_introduces_two"),
            models.CheckConstraint(
                condition=~Q(status="made")
                | Q(first_accepted_at__isnull=False, second_accepted_at__isnull=False),
                name="connect_made_when_both_accept",
            ),
            models.UniqueConstraint(
                Least("first", "second"),
                Greatest("first", "second"),
                F("introducer"),
                condition=Q(status__in=["asked", "offered"]),
                name="connect_one_open_introduction",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["first", "status"], name="connect_intro_first"),
            models.Index(fields=["second", "status"], name="connect_intro_second"),
            models.Index(fields=["introducer", "status"], name="connect_intro_by"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ↔ {self.second_id} ({self.status})"

    @property
    def is_open(self) -> bool:
        """Whether it may still come about: an offer that waited too long did not prosper."""
        is_waiting = self.status in (self.Status.ASKED, self.Status.OFFERED)
        return is_waiting and self.created_at > timezone.now() - OFFER_LASTS

    def is_accepted_by(self, user_id: int) -> bool:
        """Whether this person of the two said yes."""
        return (user_id == self.first_id and self.first_accepted_at is not None) or (
            user_id == self.second_id and self.second_accepted_at is not None
        )

    def other_than(self, user_id: int) -> int:
        """Return the key of the other of the two."""
        return self.second_id if user_id == self.first_id else self.first_id


class IntroductionChange(models.Model):
    """One step in an introduction's life."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="changes")
    from_status = models.CharField(max_length=8, blank=True)
    to_status = models.CharField(max_length=8, choices=Introduction.Status)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_status or '·'} → {self.to_status}"
