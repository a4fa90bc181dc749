"""What a person says when she reports something."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.safety.models import Report


class ReportForm(forms.Form):
    """Says what is wrong with a thing."""

    category = forms.ChoiceField(
        label=_("¿Qué está mal?"),
        choices=Report.Category.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Elegí lo que más se parece a lo que pasó.")},
    )
    text = forms.CharField(
        label=_("Contanos qué pasó"),
        required=False,
        max_length=2000,
        help_text=_("Si querés. Nos ayuda a entenderlo; lo lee solo el equipo de la red."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a sentence where the category alone says nothing."""
        found: dict[str, Any] = super().clean() or {}
        if (
            found.get("category") == Report.Category.OTHER
            and not found.get("text")
            and "text" not in self.errors
        ):
            self.add_error("text", _("Como no está en la lista, contanos en una frase qué está mal."))
        return found
