"""Forms of minutes and decisions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.form_fields import TextField
from share.models.minutes import MAX_AGREEMENT, MAX_MINUTES

_TOO_LONG = _("Tiene %(show_value)s caracteres y entran %(limit_value)s. Acortalo un poco.")
NOBODY = ""


class MinutesForm(forms.Form):
    """What was said, in Markdown."""

    use_required_attribute = False

    text = TextField(
        rows=16,
        max_length=MAX_MINUTES,
        label=_("Lo que se habló"),
        help_text=_(
            "Podés usar títulos (##), listas (-) y **negritas**. Lo que se decidió va aparte, más abajo, con quién se "
            "ocupa y para cuándo."
        ),
        error_messages={"max_length": _TOO_LONG},
    )
    # What the writer had before her, so that nobody overwrites what somebody else saved meanwhile.
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class AgreementForm(forms.Form):
    """What was decided, who does it and until when.

    Args:
        colleagues: values and names of those who can be chosen.
    """

    use_required_attribute = False

    text = TextField(
        rows=3,
        max_length=MAX_AGREEMENT,
        label=_("Qué se decidió"),
        help_text=_(
            "En una frase que diga qué hay que hacer. Por ejemplo: «Compartir la ordenanza de compostaje»."
        ),
        error_messages={"max_length": _TOO_LONG, "required": _("Escribí qué se decidió.")},
    )
    responsible = TextField(
        max_length=200,
        label=_("Quién se ocupa"),
        help_text=_("Escribí un nombre o un área. Si tiene cuenta en el portal, buscala y le avisamos."),
        error_messages={"max_length": _TOO_LONG},
    )
    responsible_user = forms.ChoiceField(
        required=False,
        label=_("Colega del portal"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("A esa persona no la podés elegir ahora. Buscala de nuevo.")},
    )
    due_on = forms.DateField(
        required=False,
        label=_("Para cuándo"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Escribí la fecha completa: día, mes y año.")},
    )

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["responsible_user"].choices = [  # type: ignore[attr-defined]
            *colleagues,
            (NOBODY, _("Nadie del portal: vale lo que escribí arriba")),
        ]
        if not colleagues:
            del self.fields["responsible_user"]
