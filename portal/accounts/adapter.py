"""How allauth treats the portal's accounts: its words, its e-mails and where it leads."""

from datetime import timedelta
from typing import Any, ClassVar, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.closures import closure_note
from portal.accounts.models import User
from portal.core.language import reader_language, remember_language

# For this long after joining, somebody without a municipality is asked for one when she signs in.
NEWCOMER = timedelta(days=7)

REAUTHENTICATION_LABELS: dict[str, str | Promise] = {
    "reauthenticate": _("Usar mi contraseña"),
    "mfa_reauthenticate": _("Usar un código de mi aplicación o de recuperación"),
    "mfa_reauthenticate:webauthn": _("Usar una llave de acceso"),
}


class AccountAdapter(DefaultAccountAdapter):
    """The portal's sign-up and sign-in."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Esta cuenta no puede ingresar. Escribile al equipo de la red."),
        "cannot_remove_primary_email": _("No podés quitar tu correo principal. Primero elegí otro."),
        "duplicate_email": _("Ese correo ya está en tu cuenta."),
        "email_password_mismatch": _(
            "El correo y la contraseña no coinciden. Revisalos y probá otra vez, o pedí una contraseña nueva."
        ),
        "email_taken": _("Ya hay una cuenta con ese correo."),
        "enter_current_password": _("La contraseña actual no es esa. Escribila otra vez."),
        "incorrect_code": _("El código no es correcto. Fijate que sea el más nuevo y probá otra vez."),
        "incorrect_password": _("La contraseña no es esa. Escribila otra vez."),
        "invalid_or_expired_key": _("El enlace venció o ya fue usado. Pedí uno nuevo."),
        "invalid_login": _("Los datos de ingreso no son válidos. Revisalos y probá otra vez."),
        "invalid_password_reset": _(
            "El enlace para cambiar la contraseña venció o ya fue usado. Pedí uno nuevo."
        ),
        "max_email_addresses": _("Podés tener hasta %d correos en tu cuenta."),
        "rate_limited": _("Hubo demasiados intentos seguidos. Esperá unos minutos y probá otra vez."),
        "same_as_current": _("Tiene que ser distinto del actual."),
        "too_many_login_attempts": _(
            "Hubo demasiados intentos seguidos. Esperá cinco minutos y probá otra vez, o pedí una contraseña nueva."
        ),
        "unknown_email": _("No hay una cuenta con ese correo."),
        "unverified_primary_email": _("Antes confirmá tu correo principal."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:
        """Keep the name that was typed at sign-up, and the language and time zone in which it was."""
        user.name = form.cleaned_data.get("name", "").strip()
        user.language = reader_language(request)
        user.time_zone = form.cleaned_data.get("time_zone") or user.time_zone
        return super().save_user(request, user, form, commit)

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Begin each session in the account's language, whatever this device spoke before."""
        response = super().post_login(request, user, **details)
        if user.language != reader_language(request):
            remember_language(response, user.language)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Name the portal in every message, subjects included."""
        super().send_mail(template_prefix, email, {"site_name": settings.SITE_NAME, **context})

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Say why her account is closed to whoever has just given its password, and to nobody else."""
        return render(request, "account/account_inactive.html", {"note": closure_note(user)}, status=403)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Ask a new person for her municipality."""
        return reverse("accounts:membership-request")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Ask a newcomer who has not named a municipality yet; lead everyone else home."""
        user = cast(User, request.user)
        is_newcomer = not user.is_staff and user.date_joined > timezone.now() - NEWCOMER
        if is_newcomer and not user.memberships.exists():
            return reverse("accounts:membership-request")
        return super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the account."""
        return reverse("accounts:profile")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Name the ways to confirm that it is still her."""
        methods = super().get_reauthentication_methods(user)
        for method in methods:
            method["description"] = REAUTHENTICATION_LABELS.get(method["id"], method["description"])
        return methods


class MFAAdapter(DefaultMFAAdapter):
    """The portal's second step of sign-in."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _(
            "Con la verificación en dos pasos activa no podés agregar correos. Desactivala antes."
        ),
        "cannot_delete_authenticator": _("No podés desactivar la verificación en dos pasos."),
        "cannot_generate_recovery_codes": _(
            "Los códigos de recuperación acompañan a la verificación en dos pasos: activala antes."
        ),
        "incorrect_code": _("El código no es correcto. Fijate que sea el más nuevo y probá otra vez."),
        "unverified_email": _("Antes de activar la verificación en dos pasos confirmá tus correos."),
    }

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """Propose a name for a new key."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Llave %(number)d") % {"number": number}
