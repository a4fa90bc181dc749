"""To whom passes what an official looked after."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from connect.models import Succession
from portal.accounts.models import Membership, User

KEEP, PASS_ON = "keep", "pass"


class SuccessionForm(forms.Form):
    """A colleague who works there now, or the municipality itself."""

    decision = forms.ChoiceField(
        label=_("Qué hacemos con eso"),
        choices=[(PASS_ON, _("Pasa a una persona del equipo")), (KEEP, _("Queda en el municipio, sin nadie a cargo"))],
        initial=PASS_ON,
        widget=forms.RadioSelect,
    )
    successor = forms.ModelChoiceField(
        label=_("A quién"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=_("Elegí a alguien del equipo"),
        help_text=_("Le avisamos. Solo figuran quienes trabajan ahora en el municipio."),
        error_messages={
            "invalid_choice": _(
                "La persona que elegiste ya no figura en el municipio. Elegí a otra, o dejá todo en el municipio."
            )
        },
    )

    def __init__(self, *args: Any, succession: Succession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["successor"]
        field.queryset = colleagues_of(succession)
        field.label_from_instance = lambda row: f"{row.user.name} · {row.position}" if row.position else row.user.name
        if not field.queryset:
            self.fields["decision"].initial = KEEP

    def clean(self) -> dict[str, Any]:
        """Ask for a colleague where one is to follow.

        Raises:
            ValidationError: none is chosen.
        """
        found = super().clean() or {}
        if found.get("decision") == PASS_ON and not found.get("successor") and "successor" not in self.errors:
            self.add_error("successor", _("Elegí a quién pasa, o dejá todo en el municipio."))
        return found

    @property
    def chosen(self) -> User | None:
        """Who follows; nobody where it stays with the municipality."""
        membership = self.cleaned_data.get("successor")
        return membership.user if membership and self.cleaned_data["decision"] == PASS_ON else None


def colleagues_of(succession: Succession) -> QuerySet[Membership]:
    """Return the memberships of those who work there now and can sign in, by name, without who left."""
    rows = Membership.objects.active().filter(municipality=succession.municipality, user__is_active=True)
    return rows.exclude(user=succession.leaver).select_related("user").order_by("user__name", "pk")
