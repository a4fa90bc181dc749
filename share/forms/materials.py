"""Forms of materials."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.form_fields import SafeAddressField, TextField
from portal.files.forms import CheckedFileField
from share.models import Material
from share.services.materials import FILE_USE


class MaterialWordsForm(forms.Form):
    """What a material is called, what it is, and who gets it."""

    use_required_attribute = False

    title = TextField(
        max_length=200,
        label=_("Título"),
        error_messages={
            "required": _("Escribí un título, para que se sepa qué es sin abrirlo."),
            "max_length": _("Tiene %(show_value)s caracteres y entran %(limit_value)s. Acortalo un poco."),
        },
    )
    kind = forms.ChoiceField(
        label=_("Qué es"),
        choices=Material.Kind.choices,
        initial=Material.Kind.MATERIAL,
        widget=forms.RadioSelect,
        error_messages={"required": _("Elegí qué es."), "invalid_choice": _("Elegí una de las opciones.")},
    )
    audience = forms.ChoiceField(
        label=_("Para quién"),
        choices=Material.Audience.choices,
        initial=Material.Audience.EVERYONE,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Elegí para quién."),
            "invalid_choice": _("Elegí una de las opciones."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True


class MaterialForm(MaterialWordsForm):
    """A file or an address."""

    file = CheckedFileField(use=FILE_USE, required=False, label=_("Archivo"))
    url = SafeAddressField(
        label=_("O una dirección"),
        help_text=_("De un video, una carpeta o una página, con https:// adelante."),
    )
    field_order = ("title", "file", "url", "kind", "audience")

    def clean(self) -> dict[str, Any]:
        """Take one of the two."""
        data = super().clean() or {}
        has_file, has_url = bool(data.get("file")), bool(data.get("url"))
        if has_file == has_url and not {"file", "url"} & self.errors.keys():
            both = _("Elegí uno de los dos: el archivo o la dirección.")
            self.add_error("file", both if has_file else _("Subí un archivo o escribí una dirección."))
        return data
