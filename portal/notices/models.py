"""Notices to people, and how they want to get them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models import PublicIdModel
from portal.notices.kinds import kind_label
from portal.notices.querysets import NotificationQuerySet

MAX_TEXT = 300


class Notification(PublicIdModel):
    """Something a person should know, shown in the portal and, if she wants, sent by e-mail."""

    class EmailStatus(models.TextChoices):
        """What became of the e-mail."""

        NOT_WANTED = "not_wanted", _("no se envía")
        PENDING = "pending", _("por enviar")
        SENT = "sent", _("enviado")
        FAILED = "failed", _("no se pudo enviar")

    class EmailMode(models.TextChoices):
        """When an e-mail goes out."""

        NEVER = "never", _("no")
        NOW = "now", _("en el momento")
        DAILY = "daily", _("una vez por día")
        WEEKLY = "weekly", _("una vez por semana")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notifications",
        verbose_name=_("para"),
    )
    kind = models.SlugField(_("tipo"), max_length=60, db_index=False)
    text = models.CharField(_("texto"), max_length=MAX_TEXT)
    url = models.CharField(_("enlace"), max_length=300, blank=True)
    # The same fact told twice is one notice: callers name the fact.
    fact = models.CharField(_("hecho"), max_length=120)
    # Facts of one group stand as one line while they are unread: the newest speaks for `number` of them, and those
    # before it are folded away.
    group = models.CharField(_("grupo"), max_length=120, blank=True)
    number = models.PositiveIntegerField(_("cuántos hechos cuenta"), default=1)
    # What its own fact is, where the text counts several; the group's page lists each.
    alone_text = models.CharField(max_length=MAX_TEXT, blank=True, db_default="")
    is_folded = models.BooleanField(_("lo cuenta otro aviso"), default=False, db_default=False)
    # Why this one came, where the kind's own reason does not say enough.
    reason = models.CharField(_("por qué llegó"), max_length=200, blank=True)
    # Account keys of those whom the text names: it goes when one of them erases her account.
    named = ArrayField(models.BigIntegerField(), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("creado el"), auto_now_add=True)
    read_at = models.DateTimeField(_("leído el"), null=True, blank=True)
    is_in_portal = models.BooleanField(_("se ve en el portal"), default=True)
    email_status = models.CharField(
        _("correo"), max_length=10, choices=EmailStatus, default=EmailStatus.NOT_WANTED
    )
    email_mode = models.CharField(
        _("cuándo se envía"), max_length=6, choices=EmailMode, default=EmailMode.NOW
    )
    # What the mail server answered last: its code, never its text, which may hold an address.
    email_problem = models.CharField(_("qué respondió el servidor de correo"), max_length=80, blank=True)
    email_attempts = models.PositiveSmallIntegerField(_("intentos de envío"), default=0)
    email_due_at = models.DateTimeField(_("próximo intento"), default=timezone.now)
    emailed_at = models.DateTimeField(_("enviado el"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("aviso")
        verbose_name_plural = _("avisos")
        indexes = [
            models.Index(fields=["user", "-id"], name="notices_of_user"),
            models.Index(
                fields=["user"],
                condition=models.Q(read_at__isnull=True, is_in_portal=True, is_folded=False),
                name="notices_unread_badge",
            ),
            models.Index(
                fields=["email_due_at"], condition=models.Q(email_status="pending"), name="notices_to_send"
            ),
            models.Index(
                fields=["user", "email_due_at"],
                condition=models.Q(email_status="pending"),
                name="notices_to_send_to_user",
            ),
            GinIndex(fields=["named"], condition=models.Q(named__isnull=False), name="notices_naming"),
            BrinIndex(fields=["created_at"], name="notices_by_age"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "fact"], name="notices_each_fact_once"),
            models.UniqueConstraint(
                fields=["user", "kind", "group"],
                condition=models.Q(read_at__isnull=True, is_folded=False) & ~models.Q(group=""),
                name="notices_one_head_of_a_group",
            ),
            models.CheckConstraint(
                condition=models.Q(email_status="sent") ^ models.Q(emailed_at__isnull=True),
                name="notices_sent_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def kind_label(self) -> str:
        """What it tells of, as people read it in their preferences."""
        return kind_label(self.kind)

    @property
    def fact_text(self) -> str:
        """What happened this time, whatever else the line stands for."""
        return self.alone_text or self.text

    @property
    def is_unread(self) -> bool:
        """Whether the person has not opened it yet."""
        return self.read_at is None

    def get_absolute_url(self) -> str:
        """Return the address that marks it as read and leads to what it tells of."""
        return reverse("notices:notice-open", args=[self.public_id])


class NoticePreference(models.Model):
    """How one person wants one kind of notice; the kind's own default holds where there is no row."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences"
    )
    kind = models.SlugField(_("tipo"), max_length=60, db_index=False)
    in_portal = models.BooleanField(_("en el portal"))
    email = models.CharField(
        _("por correo"), max_length=6, choices=Notification.EmailMode, default=Notification.EmailMode.NOW
    )

    class Meta:
        verbose_name = _("preferencia de avisos")
        verbose_name_plural = _("preferencias de avisos")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notices_one_preference")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"


class NoticeSettings(models.Model):
    """When one person wants to be left alone, and when her digests come; defaults hold where there is no row."""

    class Weekday(models.IntegerChoices):
        """A day of the week, as Python counts them."""

        MONDAY = 0, _("lunes")
        TUESDAY = 1, _("martes")
        WEDNESDAY = 2, _("miércoles")
        THURSDAY = 3, _("jueves")
        FRIDAY = 4, _("viernes")
        SATURDAY = 5, _("sábado")
        SUNDAY = 6, _("domingo")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_settings"
    )
    # Local times, in the person's time zone; from the evening to the morning when the first is the later one.
    quiet_from = models.TimeField(_("no mandar correos desde las"), null=True, blank=True)
    quiet_until = models.TimeField(_("hasta las"), null=True, blank=True)
    digest_weekday = models.PositiveSmallIntegerField(
        _("día del resumen semanal"), choices=Weekday, default=Weekday.MONDAY
    )

    class Meta:
        verbose_name = _("horarios de avisos")
        verbose_name_plural = _("horarios de avisos")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="notices_quiet_hours_are_whole",
                violation_error_message=_("Poné las dos horas o ninguna."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"


class Announcement(PublicIdModel):
    """Something the network's team tells many people at once; its row is the record of how far the telling got."""

    class Audience(models.TextChoices):
        """Who is told."""

        MEMBERS = "members", _("quienes trabajan en un municipio")
        COORDINATORS = "coordinators", _("quienes coordinan un municipio")
        EVERYBODY = "everybody", _("todas las cuentas")

    class Status(models.TextChoices):
        """Where the telling stands."""

        DRAFT = "draft", _("borrador")
        SENDING = "sending", _("enviándose")
        SENT = "sent", _("enviado")
        CANCELLED = "cancelled", _("cancelado")

    text = models.CharField(_("texto"), max_length=MAX_TEXT)
    text_en = models.CharField(_("texto en inglés"), max_length=MAX_TEXT, blank=True)
    text_pt = models.CharField(_("texto en portugués"), max_length=MAX_TEXT, blank=True)
    url = models.CharField(_("enlace"), max_length=300, blank=True)
    audience = models.CharField(_("para"), max_length=12, choices=Audience, default=Audience.MEMBERS)
    country = models.ForeignKey(
        "places.Country",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("país"),
    )
    status = models.CharField(_("estado"), max_length=10, choices=Status, default=Status.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("escrito el"), auto_now_add=True)
    started_at = models.DateTimeField(_("empezó a enviarse"), null=True, editable=False)
    finished_at = models.DateTimeField(_("terminó de enviarse"), null=True, editable=False)
    # Everybody with a smaller key has been told.
    last_user_id = models.BigIntegerField(default=0, editable=False)
    told = models.PositiveIntegerField(_("personas avisadas"), default=0, editable=False)

    class Meta:
        verbose_name = _("anuncio")
        verbose_name_plural = _("anuncios")
        indexes = [
            models.Index(fields=["id"], condition=models.Q(status="sending"), name="notices_announcing")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="sending") | models.Q(started_at__isnull=False),
                name="notices_sending_has_started",
            ),
            models.CheckConstraint(
                condition=models.Q(status="sent") ^ models.Q(finished_at__isnull=True)
                | models.Q(status="cancelled"),
                name="notices_announced_has_finished",
            ),
        ]

    def __str__(self) -> str:
        return self.text
