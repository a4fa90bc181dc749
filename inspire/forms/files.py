"""Photos and documents that go with a contribution."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspire.permissions import ATTACHMENT_USE, PHOTO_USE
from portal.files.forms import CheckedFileField


class PhotoForm(forms.Form):
    """A picture, told in words, with its terms."""

    prefix = "foto"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = CheckedFileField(
            use=PHOTO_USE,
            label=_("Foto"),
            error_messages={"required": _("Elegí una foto de tu equipo o de tu teléfono.")},
        )
        self.fields["alt"] = forms.CharField(
            label=_("Qué se ve en la foto"),
            max_length=300,
            help_text=_("Para quien no la ve. Por ejemplo: Vecinas separan restos en la compostera."),
            error_messages={"required": _("Contá qué se ve: hay quien no puede ver la foto.")},
        )
        self.fields["caption"] = forms.CharField(label=_("Epígrafe"), max_length=300, required=False)
        self.fields["credit"] = forms.CharField(label=_("Quién la sacó"), max_length=150, required=False)
        self.fields["licence"] = forms.CharField(
            label=_("Con qué permiso se usa"), max_length=200, required=False
        )


class AttachmentForm(forms.Form):
    """A document: the ordinance, the form, the terms of reference."""

    prefix = "documento"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = CheckedFileField(
            use=ATTACHMENT_USE,
            label=_("Documento"),
            error_messages={"required": _("Elegí un archivo.")},
        )
        self.fields["title"] = forms.CharField(
            label=_("Qué documento es"),
            max_length=200,
            help_text=_("Por ejemplo: Ordenanza 1234 de separación en origen."),
            error_messages={"required": _("Contá qué documento es.")},
        )
