"""Notices to people, and how they want to get them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.models import PublicIdModel
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
    created_at = models.DateTimeField(_("creado el"), auto_now_add=True)
    read_at = models.DateTimeField(_("leído el"), null=True, blank=True)
    is_in_portal = models.BooleanField(_("se ve en el portal"), default=True)
    email_status = models.CharField(
        _("correo"), max_length=10, choices=EmailStatus, default=EmailStatus.NOT_WANTED
    )
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
                condition=models.Q(read_at__isnull=True, is_in_portal=True),
                name="notices_unread",
            ),
            models.Index(
                fields=["email_due_at"], condition=models.Q(email_status="pending"), name="notices_to_send"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "fact"], name="notices_each_fact_once"),
            models.CheckConstraint(
                condition=models.Q(email_status="sent") ^ models.Q(emailed_at__isnull=True),
                name="notices_sent_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.text

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
    by_email = models.BooleanField(_("por correo"))

    class Meta:
        verbose_name = _("preferencia de avisos")
        verbose_name_plural = _("preferencias de avisos")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notices_one_preference")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"
