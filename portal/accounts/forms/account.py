"""Forms about one's own account."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.names import NameRules


class ProfileForm(NameRules, forms.ModelForm):
    """Changes one's name."""

    class Meta:
        model = User
        fields = ["name"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
        help_texts = {"name": _("Así te van a ver tus colegas.")}


class EraseForm(forms.Form):
    """Confirms with the password that the account is to be erased."""

    password = forms.CharField(
        label=_("Tu contraseña"),
        strip=False,
        help_text=_("La pedimos para estar seguros de que sos vos."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    understood = forms.BooleanField(label=_("Entiendo que no se puede deshacer"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Check the password, under the same limit of attempts as at sign-in."""
        password = str(self.cleaned_data["password"])
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password
