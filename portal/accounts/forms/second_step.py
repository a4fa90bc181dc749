"""allauth's forms of the second step of sign-in, in the portal's words."""

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms.sign_in import PlainFields

NAME_HINT = _("Para reconocerla después, por ejemplo «Celular» o «Computadora de la oficina».")


class CodeField(PlainFields):
    """A code that is typed."""

    labels = {"code": _("Código")}
    hints = {"code": _("El que muestra tu aplicación ahora, o uno de tus códigos de recuperación.")}


class AuthenticateForm(CodeField, base_forms.AuthenticateForm):
    """Signs in with a code."""


class ReauthenticateForm(CodeField, base_forms.ReauthenticateForm):
    """Confirms with a code that it is still her."""


class ActivateTOTPForm(PlainFields, totp_forms.ActivateTOTPForm):
    """Proves that the application shows the right codes."""

    labels = {"code": _("Código de seis números")}
    hints = {"code": _("El que muestra ahora la aplicación.")}


class AddWebAuthnForm(PlainFields, webauthn_forms.AddWebAuthnForm):
    """Names a new passkey."""

    labels = {"name": _("Nombre de la llave"), "passwordless": _("Quiero ingresar solo con esta llave")}
    hints = {
        "name": NAME_HINT,
        "passwordless": _("Sin contraseña: alcanza con tu huella, tu cara o el PIN de tu dispositivo."),
    }


class EditWebAuthnForm(PlainFields, webauthn_forms.EditWebAuthnForm):
    """Renames a passkey."""

    labels = {"name": _("Nombre de la llave")}
    hints = {"name": NAME_HINT}
