"""What a person tells colleagues about herself, and who may see each part of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models import TimeStampedModel
from portal.files.models import StoredFile

MAX_ABOUT = 1000
MAX_HELP = 600
MAX_LINKS = 5


class Profile(TimeStampedModel):
    """A person as colleagues may see her; her name is her account's, her work that of her memberships.

    It is shown through `connect.audience` only, which leaves out what the reader may not see.
    """

    class Availability(models.TextChoices):
        """Whether she can be written to now."""

        OPEN = "open", _("Podés escribirme")
        BUSY = "busy", _("Contesto cuando puedo")
        PAUSED = "paused", _("Por ahora no recibo mensajes")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    # She agreed to be found at this moment; nothing of her is in the directory without it.
    listed_at = models.DateTimeField(_("está en el directorio desde"), null=True, blank=True)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("foto")
    )
    about = models.TextField(_("qué hacés"), max_length=MAX_ABOUT, blank=True)
    # Slugs, as in the catalogue.
    areas = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    offers = models.TextField(_("en qué podés ayudar"), max_length=MAX_HELP, blank=True)
    offer_topics = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    seeks = models.TextField(_("qué estás buscando"), max_length=MAX_HELP, blank=True)
    seek_topics = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    # ISO 639-1 codes of the languages she speaks.
    languages = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    # [{"label": …, "url": "https://…"}]
    links = models.JSONField(default=list, blank=True)
    availability = models.CharField(
        _("disponibilidad"), max_length=6, choices=Availability, default=Availability.OPEN
    )
    paused_until = models.DateField(_("hasta el"), null=True, blank=True)
    availability_note = models.CharField(_("cuándo conviene escribirte"), max_length=140, blank=True)
    # {"photo": "members", …}: level by field of `connect.visibility`; the field's own default where it is missing.
    visibility = models.JSONField(default=dict, blank=True)
    # A day and not a moment: enough to sort by, and nobody's hours are told.
    active_on = models.DateField(_("última actividad"), null=True, blank=True)
    # First messages of others about something, and how many she answered within two weeks; derived.
    asks_received = models.PositiveIntegerField(default=0, editable=False)
    asks_answered = models.PositiveIntegerField(default=0, editable=False)
    typical_hours = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("perfil")
        verbose_name_plural = _("perfiles")
        constraints = [
            models.CheckConstraint(
                condition=Q(paused_until__isnull=True) | Q(availability="paused"),
                name="connect_pause_ends_only_when_paused",
            ),
            models.CheckConstraint(
                condition=Q(asks_answered__lte=models.F("asks_received")), name="connect_answers_follow_asks"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"

    def get_absolute_url(self) -> str:
        """Return the person's page."""
        return reverse("connect:person-detail", args=[self.user.public_id])

    @property
    def is_listed(self) -> bool:
        """Whether she agreed to be found."""
        return self.listed_at is not None

    @property
    def current_availability(self) -> "Profile.Availability":
        """Whether she can be written to today: a pause is over once its last day has passed."""
        is_over = self.paused_until is not None and self.paused_until < timezone.localdate()
        return self.Availability.OPEN if is_over else self.Availability(self.availability)
