"""The rows of figures, links and people."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from inspire.models import SolutionPerson
from inspire.record_limits import LINE_LENGTH, PERSON_LENGTH, URL_LENGTH

# Only what a browser opens as a page: a "javascript:" address is no link.
is_web_address = URLValidator(
    schemes=["http", "https"],
    message=_("Escribí la dirección completa de una página web, con https:// adelante."),
)


class WebAddressField(forms.CharField):
    """The address of a page on the web."""

    default_validators = [is_web_address]
    widget = forms.URLInput

    def to_python(self, value: Any) -> str:
        """Complete what people leave out of an address they know by heart."""
        text = str(super().to_python(value) or "")
        return f"https://{text}" if text.lower().startswith("www.") else text


class FigureRow(forms.Form):
    """A result with its numbers."""

    indicator = forms.CharField(
        label=_("Qué se midió"),
        max_length=LINE_LENGTH,
        error_messages={"required": _("Decí qué se midió.")},
    )
    before = forms.CharField(label=_("Antes"), max_length=LINE_LENGTH, required=False)
    after = forms.CharField(label=_("Después"), max_length=LINE_LENGTH, required=False)
    unit = forms.CharField(label=_("Unidad"), max_length=LINE_LENGTH, required=False)
    date = forms.CharField(label=_("Cuándo se midió"), max_length=LINE_LENGTH, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one number."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not (cleaned.get("before") or cleaned.get("after")):
            self.add_error("after", _("Escribí al menos uno de los dos valores, antes o después."))
        return cleaned


class LinkRow(forms.Form):
    """A page that says more."""

    label = forms.CharField(
        label=_("Qué es"),
        max_length=LINE_LENGTH,
        error_messages={"required": _("Decí qué hay en ese enlace.")},
    )
    url = WebAddressField(
        label=_("Dirección"), max_length=URL_LENGTH, error_messages={"required": _("Falta la dirección.")}
    )


class PersonRow(forms.Form):
    """Somebody behind it; no address is asked for."""

    role = forms.ChoiceField(label=_("Rol"), choices=SolutionPerson.Role.choices)
    name = forms.CharField(
        label=_("Nombre y apellido"),
        max_length=PERSON_LENGTH,
        error_messages={"required": _("Falta el nombre.")},
    )
    position = forms.CharField(label=_("Cargo"), max_length=PERSON_LENGTH, required=False)
    organisation = forms.CharField(label=_("Organización"), max_length=PERSON_LENGTH, required=False)

    def clean_name(self) -> str:
        """Refuse an address where a name belongs: it would be public."""
        name: str = self.cleaned_data["name"]
        if "@" in name:
            raise forms.ValidationError(_("Acá va el nombre, no un correo: la página es pública."))
        return name
