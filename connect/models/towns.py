"""What a municipality tells the others, and who follows when an official leaves."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from connect.models.profile import MAX_ABOUT, MAX_HELP
from connect.querysets.successions import SuccessionQuerySet
from portal.accounts.models import Membership
from portal.core.models import PublicIdModel, TimeStampedModel
from portal.places.models import Municipality

if TYPE_CHECKING:
    from portal.accounts.models import User


class TownProfile(TimeStampedModel):
    """What a municipality offers the others and looks for, written by whoever coordinates it; everybody reads it."""

    municipality = models.OneToOneField(Municipality, on_delete=models.CASCADE, related_name="town_profile")
    about = models.TextField(_("sobre el municipio"), max_length=MAX_ABOUT, blank=True)
    offers = models.TextField(_("qué puede compartir"), max_length=MAX_HELP, blank=True)
    offer_topics = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    seeks = models.TextField(_("qué está buscando"), max_length=MAX_HELP, blank=True)
    seek_topics = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("página de municipio")
        verbose_name_plural = _("páginas de municipios")

    def __str__(self) -> str:
        return f"{self.municipality_id}"

    @property
    def is_sample(self) -> bool:
        """Whether an invented person wrote what it says."""
        return self.edited_by is not None and self.edited_by.is_sample


class Succession(TimeStampedModel, PublicIdModel):
    """An official left; the municipality's coordinator says to whom what she looked after passes."""

    class Status(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("falta decidir")
        PASSED = "passed", _("pasó a otra persona")
        KEPT = "kept", _("queda en el municipio")

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="succession")
    status = models.CharField(_("estado"), max_length=6, choices=Status, default=Status.OPEN)
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # {"plan-steps": ["3", "8"]}: keys of what she looked after, by handover, noted when she left, emptied once decided.
    held = models.JSONField(default=dict, blank=True, editable=False)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("traspaso")
        verbose_name_plural = _("traspasos")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="passed") | Q(decided_at__isnull=False),
                name="connect_passed_has_a_time",
            )
        ]
        indexes = [models.Index(fields=["status", "-id"], name="connect_successions")]

    def __str__(self) -> str:
        return f"{self.membership_id} ({self.status})"

    def get_absolute_url(self) -> str:
        """Return where it is decided."""
        return reverse("connect:succession-detail", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.status == self.Status.OPEN

    @property
    def leaver(self) -> "User":
        """Who left."""
        return self.membership.user

    @property
    def municipality(self) -> Municipality:
        """Which municipality she left."""
        return self.membership.municipality


class SuccessionChange(models.Model):
    """One step in a succession's life; without an actor, the portal took it because the person came back."""

    succession = models.ForeignKey(Succession, on_delete=models.CASCADE, related_name="changes")
    from_status = models.CharField(max_length=6, blank=True)
    to_status = models.CharField(max_length=6, choices=Succession.Status)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # {"plan-steps": 2}: how many things of each handover were passed on.
    passed = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("paso de un traspaso")
        verbose_name_plural = _("pasos de un traspaso")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_status or '·'} → {self.to_status}"
