"""Who comes to an event: places, registrations, the waiting list and its offers, and who was there.

The database holds the two promises itself (migration 0002): no more places are taken than there are, and nobody is
overtaken who waits.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.models import TimeStampedModel
from share.models.events import Event
from share.querysets.registrations import RegistrationQuerySet


class Seats(models.Model):
    """The places of an event, and how many of them are taken: the row whose lock puts registrations in turn.

    `taken`, `waiting` and `interested` follow from the registrations through a trigger.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, primary_key=True, related_name="seats")
    # Without a number, as many as come.
    capacity = models.PositiveIntegerField(_("lugares"), null=True, blank=True)
    taken = models.PositiveIntegerField(default=0, db_default=0)
    waiting = models.PositiveIntegerField(default=0, db_default=0)
    interested = models.PositiveIntegerField(default=0, db_default=0)
    # The number that whoever waits next is given; never given twice.
    next_place = models.PositiveBigIntegerField(default=1, db_default=1)

    class Meta:
        verbose_name = _("lugares de un encuentro")
        verbose_name_plural = _("lugares de los encuentros")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                name="share_no_more_than_there_are_places",
                violation_error_message=_("Ya hay más personas inscriptas que esos lugares."),
            )
        ]
        indexes = [
            models.Index(
                fields=["event"],
                condition=Q(waiting__gt=0) & (Q(capacity__isnull=True) | Q(taken__lt=F("capacity"))),
                name="share_places_to_offer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.taken}/{self.capacity}"

    @property
    def free(self) -> int | None:
        """How many places nobody has; none where there is no limit."""
        return None if self.capacity is None else max(0, self.capacity - self.taken)

    @property
    def is_open(self) -> bool:
        """Whether somebody new gets a place at once: one is free and nobody waits for it."""
        return self.waiting == 0 and (self.capacity is None or self.taken < self.capacity)


class RegistrationQuestion(models.Model):
    """Something that organisers ask those who register."""

    class Kind(models.TextChoices):
        """How it is answered."""

        TEXT = "text", _("texto")
        CHOICE = "choice", _("una opción")
        CHOICES = "choices", _("varias opciones")
        YES_NO = "yes_no", _("sí o no")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("pregunta"), max_length=300)
    kind = models.CharField(_("cómo se responde"), max_length=10, choices=Kind, default=Kind.TEXT)
    choices = ArrayField(models.CharField(max_length=150), default=list, blank=True)
    is_required = models.BooleanField(_("hay que responderla"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("pregunta de inscripción")
        verbose_name_plural = _("preguntas de inscripción")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text


class Registration(TimeStampedModel):
    """What a person said about an event, and her place in it."""

    class Status(models.TextChoices):
        """Where she stands; `going` and `offered` take a place."""

        GOING = "going", _("va")
        INTERESTED = "interested", _("le interesa")
        NOT_GOING = "not_going", _("no va")
        WAITING = "waiting", _("en lista de espera")
        OFFERED = "offered", _("tiene un lugar por confirmar")
        LAPSED = "lapsed", _("dejó pasar el lugar")

    class Attendance(models.TextChoices):
        """Whether she was there, as far as anybody noted it."""

        UNKNOWN = "unknown", _("sin registrar")
        PRESENT = "present", _("estuvo")
        ABSENT = "absent", _("no estuvo")

    HOLDS_A_PLACE = (Status.GOING, Status.OFFERED)

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="registrations")
    status = models.CharField(max_length=10, choices=Status)
    # Her number in the waiting list; kept with an offer, so that one can see that it was her turn.
    place = models.PositiveBigIntegerField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    offer_expires_at = models.DateTimeField(null=True, blank=True)
    registered_at = models.DateTimeField(null=True, blank=True)
    # What she answered, by the id of the question: a text, a list of texts, or true and false.
    answers = models.JSONField(default=dict, blank=True)
    # What she shows at the door; unguessable, given with the place.
    code = models.CharField(max_length=12, blank=True)
    attendance = models.CharField(max_length=8, choices=Attendance, default=Attendance.UNKNOWN)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    # Who let her in: an organiser, or herself with the code of the event.
    checked_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The SEQUENCE of the event that her calendar was told last.
    calendar_sequence = models.PositiveIntegerField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscripción")
        verbose_name_plural = _("inscripciones")
        constraints = [
            models.UniqueConstraint(fields=["event", "user"], name="share_registers_once"),
            models.UniqueConstraint(
                fields=["event", "code"], condition=~Q(code=""), name="share_code_is_hers_alone"
            ),
            models.CheckConstraint(
                condition=~Q(status="waiting") | Q(place__isnull=False), name="share_who_waits_has_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(status="offered") | Q(offer_expires_at__isnull=False, place__isnull=False),
                name="share_offer_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "status", "id"], name="share_registrations_of_event"),
            models.Index(fields=["event", "place"], condition=Q(status="waiting"), name="share_waiting_list"),
            models.Index(
                fields=["offer_expires_at"], condition=Q(status="offered"), name="share_offers_that_end"
            ),
        ]

    # Set by whoever gives places: how many are free in her event, and whether she may still come.
    free: int | None
    may_attend: bool

    def __str__(self) -> str:
        return f"{self.user_id} @ {self.event_id}: {self.status}"

    @property
    def holds_a_place(self) -> bool:
        """Whether a place is hers, for good or to be confirmed."""
        return self.status in self.HOLDS_A_PLACE


class RegistrationChange(models.Model):
    """A step of a registration: appended; nothing of it changes but that it was told."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="changes")
    status_from = models.CharField(max_length=10, blank=True)
    status_to = models.CharField(max_length=10)
    # Empty where the portal did it by itself.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=300, blank=True)
    # Until people were told of it, which happens once the places are not locked any more.
    waits_to_be_told = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        verbose_name = _("paso de una inscripción")
        verbose_name_plural = _("pasos de inscripciones")
        ordering = ["id"]
        # Appended in the order of time: a few bytes tell where a day is.
        indexes = [
            BrinIndex(fields=["at"], pages_per_range=32, name="share_steps_by_time"),
            models.Index(fields=["id"], condition=Q(waits_to_be_told=True), name="share_steps_to_tell"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.status_from} → {self.status_to}"


class CalendarFeed(models.Model):
    """A person's own calendar of encounters, at an address that is its only key."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    # Hash of the address's secret; the secret itself is shown once, when it is made.
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    read_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("calendario personal")
        verbose_name_plural = _("calendarios personales")

    def __str__(self) -> str:
        return f"{self.user_id}"
