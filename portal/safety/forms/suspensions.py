"""What a suspended person answers, and what the team says when it closes an account."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.safety.models import Suspension
from portal.safety.permissions import can_suspend_person


class AppealForm(forms.Form):
    """Says what a person thinks of her suspension."""

    text = forms.CharField(
        label=_("Tu respuesta"),
        max_length=2000,
        help_text=_(
            "Contanos qué pasó, o por qué te parece que corresponde revisarlo. Lo lee el equipo de la red."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Escribí lo que querés que el equipo tenga en cuenta.")},
    )


class SuspensionForm(forms.ModelForm):
    """Closes an account from the admin, without a report; the admin says who does it."""

    actor: Any = None

    class Meta:
        model = Suspension
        fields = ["user", "reason", "until"]

    def clean_until(self) -> Any:
        """Refuse an end that is over."""
        until = self.cleaned_data["until"]
        if until is not None and until <= timezone.now():
            raise forms.ValidationError(_("Elegí un momento que todavía no pasó, o dejalo vacío."))
        return until

    def clean_user(self) -> User:
        """Refuse accounts that this member of the team may not close, and closed ones."""
        person: User = self.cleaned_data["user"]
        decision = can_suspend_person(self.actor, person)
        if not decision:
            raise forms.ValidationError(str(decision.reason))
        if Suspension.objects.filter(user=person, lifted_at__isnull=True).exists():
            raise forms.ValidationError(_("Esta cuenta ya está suspendida."))
        if not person.is_active:
            raise forms.ValidationError(_("Esta cuenta ya no puede ingresar, por otro motivo."))
        return person
