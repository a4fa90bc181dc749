"""People, and the municipalities they work or worked in."""

from collections.abc import Collection
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.email_domains import PUBLIC_PROVIDERS, normalise_domain
from portal.accounts.querysets import (
    MembershipQuerySet,
    MunicipalityDomainQuerySet,
    UserManager,
)
from portal.core.models import PublicIdModel, TimeStampedModel
from portal.places.models import Municipality
from portal.topics.models import PolicyArea


class User(PublicIdModel, AbstractBaseUser, PermissionsMixin):
    """A person with an account, known by her e-mail address."""

    email = models.EmailField(
        _("correo electrónico"),
        unique=True,
        error_messages={"unique": _("Ya hay una cuenta con ese correo.")},
    )
    name = models.CharField(_("nombre y apellido"), max_length=150)
    is_staff = models.BooleanField(_("es del equipo de la red"), default=False)
    is_active = models.BooleanField(_("puede ingresar"), default=True)
    is_sample = models.BooleanField(_("es de muestra"), default=False, editable=False)
    # What e-mails and notices are written in, and when her morning is; pages follow the language switch.
    language = models.CharField(
        _("idioma de los avisos"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    time_zone = models.CharField(_("zona horaria"), max_length=40, default=settings.TIME_ZONE)
    date_joined = models.DateTimeField(_("alta"), default=timezone.now, editable=False)
    erased_at = models.DateTimeField(_("datos borrados el"), null=True, editable=False)
    # The municipality's name, kept when the account is erased: "a former official of Rafaela".
    former_of = models.CharField(_("trabajó en"), max_length=150, blank=True, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("personas")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_email_is_in_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(is_active=False),
                name="accounts_erased_cannot_sign_in",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        """Return the name as she wrote it; of an erased account, where she worked last."""
        if self.erased_at is None:
            return self.name
        if not self.former_of:
            return gettext("Cuenta borrada")
        return gettext("Ex integrante de %(municipality)s") % {"municipality": self.former_of}

    def get_short_name(self) -> str:
        """Return the first word of the name, for a greeting."""
        return self.name.partition(" ")[0]


class Membership(TimeStampedModel, PublicIdModel):
    """A person's work in a municipality, from request to end. She may have several, at once and over time."""

    class Role(models.TextChoices):
        """What she may do there."""

        MEMBER = "member", _("integrante")
        COORDINATOR = "coordinator", _("coordinación")

    class Status(models.TextChoices):
        """Where the membership stands."""

        REQUESTED = "requested", _("pendiente de aprobación")
        ACTIVE = "active", _("activa")
        DECLINED = "declined", _("no aprobada")
        WITHDRAWN = "withdrawn", _("retirada")
        LEFT = "left", _("terminada")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("municipio")
    )
    position = models.CharField(_("cargo"), max_length=120)
    areas = models.ManyToManyField(PolicyArea, blank=True, verbose_name=_("áreas en las que trabaja"))
    role = models.CharField(_("rol"), max_length=12, choices=Role, default=Role.MEMBER)
    status = models.CharField(_("estado"), max_length=10, choices=Status, default=Status.REQUESTED)
    started_on = models.DateField(_("desde"), null=True, blank=True)
    ended_on = models.DateField(_("hasta"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("pertenencia")
        verbose_name_plural = _("pertenencias")
        indexes = [
            models.Index(fields=["municipality", "status"], name="accounts_members_by_status"),
            models.Index(fields=["status", "-id"], name="accounts_memberships_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality"],
                condition=models.Q(status__in=["requested", "active"]),
                name="accounts_one_open_membership",
                violation_error_message=_("Ya tenés una pertenencia abierta en este municipio."),
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(started_on__isnull=True)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="accounts_membership_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="active")
                | models.Q(started_on__isnull=False, ended_on__isnull=True),
                name="accounts_active_membership_has_started",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.municipality}"

    @property
    def is_requested(self) -> bool:
        """Whether it waits for a decision."""
        return self.status == self.Status.REQUESTED

    @property
    def is_active(self) -> bool:
        """Whether she works there now."""
        return self.status == self.Status.ACTIVE

    @property
    def is_open(self) -> bool:
        """Whether she works there now or waits to."""
        return self.is_requested or self.is_active

    @property
    def is_coordinator(self) -> bool:
        """Whether she coordinates the municipality now."""
        return self.is_active and self.role == self.Role.COORDINATOR


class MembershipChange(models.Model):
    """One step in a membership's life: who, when, from, to and why."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="changes")
    from_status = models.CharField(max_length=10, blank=True)
    to_status = models.CharField(max_length=10, choices=Membership.Status)
    # Filled in when the step changed the role.
    to_role = models.CharField(max_length=12, choices=Membership.Role, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_automatic = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_status or '·'} → {self.to_status}"


class MunicipalityDomain(models.Model):
    """An e-mail domain of a municipality's own; where it says so, a confirmed address there is enough to join."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="email_domains", verbose_name=_("municipio")
    )
    domain = models.CharField(
        _("dominio"),
        max_length=120,
        unique=True,
        help_text=_("Lo que va después de la arroba, por ejemplo chivilcoy.gob.ar."),
        validators=[
            RegexValidator(
                r"^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$",
                _("Escribí solo lo que va después de la arroba, por ejemplo chivilcoy.gob.ar."),
            )
        ],
    )
    approves_members = models.BooleanField(
        _("aprueba al confirmar el correo"),
        default=False,
        help_text=_("Quien confirma un correo de este dominio entra al municipio sin esperar a nadie."),
    )

    objects = MunicipalityDomainQuerySet.as_manager()

    class Meta:
        verbose_name = _("dominio de correo")
        verbose_name_plural = _("dominios de correo")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(domain=Lower("domain")), name="accounts_domain_is_in_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.domain

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Bring the domain into its one form before it is checked."""
        self.domain = normalise_domain(self.domain)
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        """Refuse providers where anyone can open an address."""
        if self.domain in PUBLIC_PROVIDERS:
            raise ValidationError(
                {
                    "domain": _(
                        "En este dominio cualquiera puede abrir una casilla: no sirve para saber quién trabaja "
                        "en el municipio. Cargá un dominio propio del municipio."
                    )
                }
            )
