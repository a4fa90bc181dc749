"""Forms of the admin."""

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.names import NameRules


class LowerCaseEmail:
    """Keeps addresses in the one form in which they are looked up."""

    cleaned_data: dict[str, str]

    def clean_email(self) -> str:
        """Bring the address into lower case."""
        return self.cleaned_data["email"].strip().lower()


class UserAddForm(NameRules, LowerCaseEmail, AdminUserCreationForm):
    """Opens an account for somebody."""

    class Meta:
        model = User
        fields = ("email", "name")


class UserEditForm(NameRules, LowerCaseEmail, UserChangeForm):
    """Changes somebody's account."""

    class Meta:
        model = User
        fields = "__all__"


class MembershipActionForm(ActionForm):
    """Gives an action on memberships its reason."""

    reason = forms.CharField(label=_("Motivo (para rechazar o terminar)"), max_length=300, required=False)
