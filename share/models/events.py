"""Encounters: a webinar, a workshop, a visit or a meeting at a time that its place's clock shows."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.core.models import PublicIdModel, TimeStampedModel
from portal.places.models import Municipality
from share.models.series import EventSeries
from share.querysets.events import EventQuerySet

MAX_TITLE = 200
SLUG_LENGTH = 60
MAX_SUMMARY = 300
MAX_DESCRIPTION = 20_000
DEFAULT_OFFER_HOURS = 24
# What stands behind an event's number in the addresses of its other pages: no title may lead there.
RESERVED_SLUGS = frozenset(
    {
        "acta",
        "asistencia",
        "estoy-aca",
        "ingreso",
        "inscripcion",
        "materiales",
        "mi-entrada",
        "pantalla",
        "personas",
    }
)


class Event(TimeStampedModel, PublicIdModel):
    """An encounter, once: of a series that repeats, each time is an event with its own places and its own people.

    What was promised is the clock where it happens: `start_date` and `start_time` in `time_zone`. The moments
    `starts_at` and `ends_at` follow from it, and are worked out again when a country changes its clocks.
    """

    class Kind(models.TextChoices):
        """What people will do there."""

        WEBINAR = "webinar", _("charla en línea")
        WORKSHOP = "workshop", _("taller")
        VISIT = "visit", _("visita")
        MEETING = "meeting", _("reunión")

    class Status(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("borrador")
        PUBLISHED = "published", _("publicado")
        CANCELLED = "cancelled", _("cancelado")

    class Visibility(models.TextChoices):
        """Who finds it; only members of the network register."""

        PUBLIC = "public", _("cualquier persona")
        MEMBERS = "members", _("integrantes de la red")

    kind = models.CharField(_("tipo"), max_length=10, choices=Kind)
    title = models.CharField(_("título"), max_length=MAX_TITLE)
    summary = models.CharField(_("resumen"), max_length=MAX_SUMMARY, blank=True)
    # As it was written (Markdown), and as it is shown; `description_html` is derived.
    description = models.TextField(_("descripción"), max_length=MAX_DESCRIPTION, blank=True)
    description_html = models.TextField(blank=True, editable=False)
    language = models.CharField(
        _("idioma"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    status = models.CharField(_("estado"), max_length=10, choices=Status, default=Status.DRAFT)
    visibility = models.CharField(
        _("quién puede verlo"), max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )
    # Who invites; the network itself where there is none.
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("municipio"),
    )
    # Slugs, as in the catalogue: an event is read far more than written.
    areas = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    topics = ArrayField(models.SlugField(max_length=60), default=list, blank=True)

    start_date = models.DateField(_("empieza el día"))
    start_time = models.TimeField(_("a las"))
    end_date = models.DateField(_("termina el día"))
    end_time = models.TimeField(_("a las"))
    time_zone = models.CharField(_("zona horaria"), max_length=40)
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)

    venue = models.CharField(_("lugar"), max_length=200, blank=True)
    address = models.CharField(_("dirección"), max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    # Where one connects, and what one has to know for it: shown to those who are registered.
    link = models.CharField(_("enlace"), max_length=500, blank=True)
    link_note = models.CharField(_("cómo conectarse"), max_length=500, blank=True)

    registration_opens_at = models.DateTimeField(_("la inscripción abre"), null=True, blank=True)
    # Without it, the beginning of the event.
    registration_closes_at = models.DateTimeField(_("la inscripción cierra"), null=True, blank=True)
    # How long a place is kept for the first of the waiting list.
    offer_hours = models.PositiveSmallIntegerField(
        _("horas para aceptar un lugar"), default=DEFAULT_OFFER_HOURS
    )

    series = models.ForeignKey(
        EventSeries, on_delete=models.SET_NULL, null=True, blank=True, related_name="events"
    )
    # The day that the series' rule gave it; the event itself may have been moved since.
    occurrence_on = models.DateField(null=True, blank=True, editable=False)
    # Changes to the whole series leave it alone.
    is_changed_alone = models.BooleanField(default=False, editable=False)

    # RFC 5545 3.8.7.4: how often what calendars must be told of has changed.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    # Its VEVENT as everybody may read it; derived, so that a feed of thousands is copied and not made.
    calendar_text = models.TextField(blank=True, editable=False)
    # When that text became another one, by which calendar programs know whether they have it already.
    calendar_changed_at = models.DateTimeField(null=True, editable=False)
    # What those who came enter themselves; unguessable, shown in the room or on the screen.
    checkin_code = models.CharField(max_length=12, blank=True, editable=False)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    # Made by the form, so that one sent twice by an impatient finger or a bad line is one.
    client_key = models.UUIDField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancel_reason = models.CharField(_("por qué se cancela"), max_length=500, blank=True)
    # Taken away by the network's team after a report.
    hidden_at = models.DateTimeField(null=True, editable=False)
    # What it left behind, for those who look for it; kept by the services that publish it.
    has_recording = models.BooleanField(default=False, db_default=False, editable=False)
    has_minutes = models.BooleanField(default=False, db_default=False, editable=False)
    is_sample = models.BooleanField(_("es de muestra"), default=False, editable=False)
    # What it can be filtered by ("kind:visit", "area:health"): written by a trigger (migration 0002).
    facet_keys = ArrayField(models.CharField(max_length=90), default=list, editable=False, db_default=[])

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("encuentro")
        verbose_name_plural = _("encuentros")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="share_event_ends_after_it_starts",
                violation_error_message=_("El encuentro tiene que terminar después de empezar."),
            ),
            models.CheckConstraint(
                condition=Q(registration_opens_at__isnull=True)
                | Q(registration_closes_at__isnull=True)
                | Q(registration_closes_at__gt=F("registration_opens_at")),
                name="share_registration_closes_after_it_opens",
                violation_error_message=_("La inscripción tiene que cerrar después de abrir."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False),
                name="share_published_event_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | Q(cancelled_at__isnull=False),
                name="share_cancelled_event_says_when",
            ),
            models.CheckConstraint(
                condition=Q(offer_hours__gte=1, offer_hours__lte=168),
                name="share_offer_lasts_an_hour_to_a_week",
                violation_error_message=_("Poné entre 1 hora y 168 horas (una semana)."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="share_event_position_is_on_earth",
            ),
            models.UniqueConstraint(
                fields=["series", "occurrence_on"],
                condition=Q(series__isnull=False, occurrence_on__isnull=False),
                name="share_one_event_a_day_of_series",
            ),
            models.UniqueConstraint(
                fields=["created_by", "client_key"],
                condition=Q(client_key__isnull=False),
                name="share_event_once",
            ),
        ]
        indexes = [
            # With the end, so that the index alone tells what is over.
            models.Index(
                fields=["starts_at", "id", "ends_at"],
                condition=Q(hidden_at__isnull=True) & ~Q(status="draft"),
                name="share_events_by_start",
            ),
            models.Index(
                fields=["visibility", "starts_at", "id", "ends_at"],
                condition=Q(hidden_at__isnull=True) & ~Q(status="draft"),
                name="share_events_by_audience",
            ),
            models.Index(fields=["municipality", "-starts_at"], name="share_events_of_municipality"),
            GinIndex(fields=["facet_keys"], name="share_event_facets"),
        ]

    # Set by querysets that say what the reader has to do with it.
    my_status: str | None

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return where it is read."""
        return reverse("share:event-detail", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        """What its address says of it, for people; the number alone decides."""
        words = slugify(self.title)[:SLUG_LENGTH].strip("-")
        if words in RESERVED_SLUGS:
            return f"encuentro-{words}"
        return words or "encuentro"

    @property
    def is_published(self) -> bool:
        """Whether it is announced and takes place."""
        return self.status == self.Status.PUBLISHED

    @property
    def is_cancelled(self) -> bool:
        """Whether it was announced and does not take place."""
        return self.status == self.Status.CANCELLED

    @property
    def is_online(self) -> bool:
        """Whether one can take part from afar."""
        return bool(self.link) or not self.venue

    @property
    def is_in_person(self) -> bool:
        """Whether there is a place to go to."""
        return bool(self.venue)


class EventOrganiser(models.Model):
    """A person who looks after an event: changes it, sees who comes, and is told what organisers are told."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="organisers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("quien organiza")
        verbose_name_plural = _("quienes organizan")
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="share_organises_once")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.event_id}"


class EventChange(models.Model):
    """What was done to an event, by whom and why: appended, never changed."""

    class Kind(models.TextChoices):
        """What was done."""

        CREATED = "created", _("se creó")
        PUBLISHED = "published", _("se publicó")
        EDITED = "edited", _("se cambió")
        MOVED = "moved", _("cambió de día u hora")
        CANCELLED = "cancelled", _("se canceló")
        RESTORED = "restored", _("se retomó")
        HIDDEN = "hidden", _("se ocultó")
        SHOWN = "shown", _("se volvió a mostrar")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    # Names of the fields that changed, and why in the person's words.
    fields = ArrayField(models.CharField(max_length=40), default=list)
    reason = models.CharField(max_length=500, blank=True)
    # When it was to begin before, where that is another moment now.
    previous_start = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("cambio de un encuentro")
        verbose_name_plural = _("cambios de encuentros")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.kind}"
