"""Forms about memberships."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.permissions import can_request_membership
from portal.places.forms import MunicipalityChoiceField
from portal.places.models import Municipality
from portal.topics.models import PolicyArea


class WorkForm(forms.Form):
    """What a person does in a municipality."""

    position = forms.CharField(
        label=_("Cargo"),
        max_length=120,
        help_text=_("Por ejemplo «Directora de Ambiente»."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    areas = forms.ModelMultipleChoiceField(
        label=_("Áreas en las que trabajás"),
        queryset=PolicyArea.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Marcá todas las que correspondan. Con esto te mostramos primero lo que te sirve."),
    )

    def clean_position(self) -> str:
        """Take spaces at the ends away, and refuse a position of nothing else."""
        return str(self.cleaned_data["position"]).strip()


class MembershipRequestForm(WorkForm):
    """Asks to join a municipality."""

    municipality = MunicipalityChoiceField(label=_("Municipio en el que trabajás"))
    field_order = ["municipality", "position", "areas"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_municipality(self) -> Municipality:
        """Refuse a municipality where she has an open membership."""
        municipality: Municipality = self.cleaned_data["municipality"]
        decision = can_request_membership(self.user, municipality)
        if not decision:
            raise forms.ValidationError(str(decision.reason))
        return municipality


class DeclineForm(forms.Form):
    """Says why a request is declined."""

    reason = forms.CharField(
        label=_("Motivo"),
        max_length=300,
        help_text=_("Lo va a leer la persona. Contale qué le falta o a quién puede escribirle."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EndForm(forms.Form):
    """Says, if she wants, why a membership ends."""

    reason = forms.CharField(
        label=_("Motivo"),
        max_length=300,
        required=False,
        help_text=_("Queda en el historial, que ven la persona y quienes coordinan."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
