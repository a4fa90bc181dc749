"""Forms about who was there."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HereForm(forms.Form):
    """The code that the room or the screen shows."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Código del encuentro"),
        help_text=_(
            "Está en la pantalla o en la entrada de la sala. Da igual si usás mayúsculas, espacios o guiones."
        ),
        max_length=40,
        error_messages={
            "required": _("Escribí el código que muestra la pantalla."),
            "max_length": _("Es muy largo para ser el código. Miralo de nuevo en la pantalla."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
