"""What accounts tell the kernel: whose data they keep, sample people, and what they listen to."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.utils.translation import gettext_lazy as _

from portal.accounts.personal_data import (
    Erasure,
    PersonalModel,
    SubjectAccess,
    erasures,
    personal_models,
    subject_accesses,
)
from portal.accounts.samples import create_samples, remove_samples
from portal.accounts.services import memberships_approve_by_email
from portal.accounts.services.own_data import erase_account, export_account, export_memberships
from portal.core.starter import SampleContent, sample_contents

UNTIL_ERASED = _("Hasta que borrás tu cuenta.")

personal_models.register(
    PersonalModel(
        "accounts.User",
        _("Tu cuenta"),
        (
            "email",
            "name",
            "language",
            "time_zone",
            "former_of",
            "password",
            "last_login",
            "date_joined",
            "groups",
            "user_permissions",
        ),
        _("Para que puedas ingresar y tus colegas sepan quién sos."),
        _("Hasta que borrás tu cuenta: queda solo el municipio en el que trabajaste por última vez."),
        order=1,
    )
)
personal_models.register(
    PersonalModel(
        "accounts.Membership",
        _("Los municipios en los que trabajás o trabajaste"),
        ("user", "position", "areas", "role", "status", "started_on", "ended_on"),
        _("Para saber qué podés ver y hacer en nombre de tu municipio."),
        _("Hasta que borrás tu cuenta: quedan el municipio y las fechas, sin tu nombre ni tu cargo."),
        order=2,
    )
)
personal_models.register(
    PersonalModel(
        "accounts.MembershipChange",
        _("La historia de tus pertenencias: quién las aprobó o rechazó y por qué"),
        ("actor", "reason"),
        _("Para que cada decisión tenga responsable."),
        _("Hasta que borrás tu cuenta: quedan las fechas, sin motivos ni tu nombre."),
        order=3,
    )
)
personal_models.register(
    PersonalModel(
        "account.EmailAddress",
        _("Tus correos y si los confirmaste"),
        ("user", "email", "verified", "primary"),
        _("Para ingresar y para mandarte los avisos que elegiste."),
        UNTIL_ERASED,
        order=4,
    )
)
personal_models.register(
    PersonalModel(
        "account.EmailConfirmation",
        _("Los pedidos de confirmación de tus correos"),
        ("email_address", "key", "sent"),
        _("Para comprobar que el correo es tuyo."),
        _("Hasta que confirmás el correo o borrás tu cuenta."),
        order=5,
    )
)
personal_models.register(
    PersonalModel(
        "mfa.Authenticator",
        _("Tus llaves de acceso y tu aplicación de códigos"),
        ("user", "data", "created_at", "last_used_at"),
        _("Para la verificación en dos pasos, si la activás."),
        _("Hasta que la desactivás o borrás tu cuenta."),
        order=6,
    )
)
personal_models.register(
    PersonalModel(
        "sessions.Session",
        _("Las sesiones abiertas en tus dispositivos"),
        ("session_data",),
        _("Para que no tengas que ingresar en cada página."),
        _("Hasta que salís, o dos semanas después de tu última visita."),
        order=7,
    )
)
personal_models.register(
    PersonalModel(
        "admin.LogEntry",
        _("Lo que el equipo de la red cambió en la administración"),
        ("user", "object_repr", "change_message"),
        _("Para que cada cambio tenga responsable."),
        _("Hasta que borrás tu cuenta: queda el hecho, sin tu nombre."),
        order=8,
    )
)

subject_accesses.register(SubjectAccess("accounts.account", _("Tu cuenta"), export_account, order=1))
subject_accesses.register(
    SubjectAccess("accounts.memberships", _("Tus municipios"), export_memberships, order=2)
)
# Last, because the other apps' erasures still need to know who it is.
erasures.register(Erasure("accounts.account", erase_account, order=1000))

sample_contents.register(
    SampleContent("accounts", "Cuentas de muestra", create_samples, remove_samples, order=10)
)


def approve_waiting_memberships(sender: Any, email_address: EmailAddress, **kwargs: Any) -> None:
    """A confirmed address may be enough to join a municipality."""
    memberships_approve_by_email(user=email_address.user)


email_confirmed.connect(approve_waiting_memberships, dispatch_uid="accounts.approve_waiting_memberships")
