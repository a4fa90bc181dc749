"""What an event offers: its sessions, those who speak, and what can be read or watched."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.files.models import StoredFile
from share.models.events import Event


class Session(models.Model):
    """A part of an event's agenda, told from its beginning so that it moves with the event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    # Minutes after the beginning of the event, by the clock on the wall; and how long it takes.
    begins_after = models.PositiveIntegerField()
    minutes = models.PositiveSmallIntegerField()
    title = models.CharField(_("título"), max_length=200)
    description = models.CharField(_("de qué se trata"), max_length=1000, blank=True)
    room = models.CharField(_("sala"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("actividad")
        verbose_name_plural = _("actividades")
        ordering = ["begins_after", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=1440), name="share_session_takes_up_to_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Speaker(models.Model):
    """Somebody who speaks or guides, in a session or in the whole event; she may have no account."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="speakers")
    session = models.ForeignKey(
        Session, on_delete=models.CASCADE, null=True, blank=True, related_name="speakers"
    )
    name = models.CharField(_("nombre"), max_length=150)
    role = models.CharField(_("cargo u organización"), max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("quien expone")
        verbose_name_plural = _("quienes exponen")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class Material(models.Model):
    """A file or an address that belongs to an event: to prepare, to follow, or the recording afterwards."""

    class Kind(models.TextChoices):
        """What it is."""

        MATERIAL = "material", _("material")
        SLIDES = "slides", _("presentación")
        RECORDING = "recording", _("grabación")

    class Audience(models.TextChoices):
        """Who gets it."""

        EVERYONE = "everyone", _("quien ve el encuentro")
        REGISTERED = "registered", _("quienes se inscribieron")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="materials")
    kind = models.CharField(_("qué es"), max_length=10, choices=Kind, default=Kind.MATERIAL)
    audience = models.CharField(_("para quién"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    title = models.CharField(_("título"), max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    url = models.CharField(_("dirección"), max_length=500, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materiales")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, url="") | (Q(file__isnull=True) & ~Q(url="")),
                name="share_material_is_a_file_or_an_address",
            )
        ]

    def __str__(self) -> str:
        return self.title
