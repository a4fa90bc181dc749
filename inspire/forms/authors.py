"""Inviting somebody to write along."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.affiliation import active_municipalities
from portal.accounts.models import Membership, User


class ColleagueField(forms.ModelChoiceField):
    """Somebody to choose by her name."""

    def label_from_instance(self, obj: User) -> str:
        """Show the name, and never an address."""
        return obj.name


class InviteForm(forms.Form):
    """A colleague of one's own municipality by name, or anybody by the address one knows."""

    colleague = ColleagueField(
        label=_("Una persona de tu municipio"),
        queryset=User.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("Elegí a alguien"),
    )
    email = forms.EmailField(
        label=_("O el correo con el que ingresa al portal"),
        required=False,
        help_text=_("Hasta veinte correos por día."),
        error_messages={"invalid": _("Eso no parece un correo. Revisá que tenga la arroba y el dominio.")},
    )

    def __init__(self, *args: Any, inviter: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = Membership.objects.active().filter(
            municipality__in=active_municipalities(inviter), user__is_active=True
        )
        field = cast(forms.ModelChoiceField, self.fields["colleague"])
        field.queryset = (
            User.objects.filter(pk__in=colleagues.values("user")).exclude(pk=inviter.pk).order_by("name")
        )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not (cleaned.get("colleague") or cleaned.get("email")):
            self.add_error("email", gettext("Elegí a una persona o escribí su correo."))
        return cleaned
