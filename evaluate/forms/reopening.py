"""Why a signed evaluation is opened again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evaluate.services.reopening import MAX_REASON


class ReopenForm(forms.Form):
    """The reason, which the team reads and the history keeps."""

    reason = forms.CharField(
        label=_("Por qué la reabrís"),
        help_text=_("Lo lee tu equipo y queda en la historia de la autoevaluación."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MAX_REASON,
        error_messages={
            "required": _("Contá en una línea por qué: así el equipo sabe qué hay que corregir."),
            "max_length": _("Es muy largo: contalo en %(limit_value)d caracteres o menos."),
        },
    )
