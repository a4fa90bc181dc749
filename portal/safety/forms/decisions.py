"""What a moderator decides about a report."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.safety.services import Measures

DISMISS, ACT = "dismiss", "act"
# Days; empty: until somebody ends it.
LENGTHS = [
    ("1", _("1 día")),
    ("7", _("7 días")),
    ("30", _("30 días")),
    ("180", _("6 meses")),
    ("", _("sin fecha")),
]


class DecisionForm(forms.Form):
    """Dismisses, or acts: hides the thing, warns the person, closes her account."""

    outcome = forms.ChoiceField(
        label=_("¿Qué hacemos?"),
        choices=[(DISMISS, _("Cerrarla: no hace falta actuar")), (ACT, _("Actuar"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Elegí si hace falta actuar.")},
    )
    hide = forms.BooleanField(label=_("Ocultar lo denunciado"), required=False)
    warn = forms.BooleanField(label=_("Avisarle a la persona"), required=False)
    warning = forms.CharField(
        label=_("Qué le pedimos"),
        required=False,
        max_length=200,
        help_text=_("Lo lee la persona. No digas quién denunció."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    suspend = forms.BooleanField(label=_("Suspender su cuenta"), required=False)
    length = forms.ChoiceField(label=_("Por cuánto tiempo"), choices=LENGTHS, required=False, initial="7")
    reason = forms.CharField(
        label=_("Motivo de la suspensión"),
        required=False,
        max_length=300,
        help_text=_("La persona lo lee cuando intenta ingresar. No digas quién denunció."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = forms.CharField(
        label=_("Nota para el equipo"),
        max_length=500,
        help_text=_("Por qué lo resolvés así. Queda en la historia."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Escribí en una frase por qué lo resolvés así.")},
    )

    def __init__(self, *args: Any, can_hide: bool, can_reach: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_hide:
            del self.fields["hide"]
        if not can_reach:
            for name in ("warn", "warning", "suspend", "length", "reason"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for the words that the person will read, and for a measure where one is to be taken."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("outcome") != ACT:
            return found
        if found.get("warn") and not found.get("warning"):
            self.add_error("warning", _("Escribí qué le pedimos a la persona."))
        if found.get("suspend") and not found.get("reason"):
            self.add_error("reason", _("Escribí el motivo: la persona tiene derecho a saberlo."))
        if not (found.get("hide") or found.get("warn") or found.get("suspend")):
            self.add_error("outcome", _("Elegí al menos una medida, o cerrá la denuncia."))
        return found

    def measures(self) -> Measures:
        """Return what was chosen; nothing at all where it is dismissed."""
        chosen = self.cleaned_data
        if chosen["outcome"] != ACT:
            return Measures()
        return Measures(
            hide=bool(chosen.get("hide")),
            warning=chosen.get("warning", "") if chosen.get("warn") else "",
            suspension=chosen.get("reason", "") if chosen.get("suspend") else "",
            until=_end(chosen.get("length", "")) if chosen.get("suspend") else None,
        )


def _end(days: str) -> datetime | None:
    return timezone.now() + timedelta(days=int(days)) if days else None
