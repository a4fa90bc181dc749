"""allauth's forms in the portal's words: a label above each field, no text inside it, one password."""

from typing import Any

from allauth.account import forms as account_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms.language import BrowserZoneField
from portal.accounts.names import NameRules

PASSWORD_HINT = _("Al menos 10 caracteres. Una frase corta que recuerdes sirve más que símbolos sueltos.")


class PlainFields:
    """Takes out placeholders: they vanish when typing begins and repeat the label."""

    fields: dict[str, forms.Field]
    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)


class LoginForm(PlainFields, account_forms.LoginForm):
    """Signs in."""

    labels = {"login": _("Correo electrónico"), "password": _("Contraseña")}


class SignupForm(NameRules, PlainFields, account_forms.SignupForm):
    """Opens an account."""

    name = forms.CharField(
        label=_("Nombre y apellido"),
        max_length=150,
        help_text=_("Así te van a ver tus colegas."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    time_zone = BrowserZoneField()
    field_order = ["name", "email", "password1"]
    labels = {"email": _("Correo electrónico"), "password1": _("Contraseña")}
    hints = {
        "email": _("Mejor el del municipio, si tenés. Te mandamos un mensaje para confirmarlo."),
        "password1": PASSWORD_HINT,
    }


class AddEmailForm(PlainFields, account_forms.AddEmailForm):
    """Adds an address to an account."""

    labels = {"email": _("Correo para agregar")}


class ResetPasswordForm(PlainFields, account_forms.ResetPasswordForm):
    """Asks for a link to choose a new password."""

    labels = {"email": _("Correo electrónico")}


class OnePassword(PlainFields):
    """A new password is typed once, where the browser can keep it; a forgotten one can be asked for anew."""

    labels = {"oldpassword": _("Contraseña actual"), "password1": _("Contraseña nueva")}
    hints = {"password1": PASSWORD_HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]


class ChangePasswordForm(OnePassword, account_forms.ChangePasswordForm):
    """Changes a known password."""


class SetPasswordForm(OnePassword, account_forms.SetPasswordForm):
    """Gives a password to an account that has none."""


class ResetPasswordKeyForm(OnePassword, account_forms.ResetPasswordKeyForm):
    """Chooses a new password with the link that came by e-mail."""


class ReauthenticateForm(PlainFields, account_forms.ReauthenticateForm):
    """Confirms with the password that it is still her."""

    labels = {"password": _("Contraseña")}
