"""What people write beside a question: comments, and what proves an answer."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from evaluate.attachments import EVIDENCE_FILE
from portal.files.forms import CheckedFileField

MAX_COMMENT = 4_000
MAX_TITLE = 200
MAX_ADDRESS = 500


class CommentForm(forms.Form):
    """A comment for the colleagues, or a note for oneself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = forms.CharField(
            max_length=MAX_COMMENT,
            error_messages={
                "required": _("Escribí el comentario antes de guardarlo."),
                "max_length": _(
                    "El comentario es muy largo: hasta %(limit_value)d letras. Acortalo un poco."
                ),
            },
        )


class EvidenceForm(forms.Form):
    """A file or an address that shows that an answer holds, with a word about it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"] = forms.CharField(
            max_length=MAX_TITLE,
            required=False,
            error_messages={"max_length": _("Contá qué es en menos de %(limit_value)d letras.")},
        )
        self.fields["file"] = CheckedFileField(use=EVIDENCE_FILE, required=False)
        self.fields["url"] = forms.URLField(
            max_length=MAX_ADDRESS,
            required=False,
            assume_scheme="https",
            validators=[URLValidator(schemes=["http", "https"])],
            error_messages={
                "invalid": _("Copiá la dirección completa, como https://municipio.gob.ar/ordenanza."),
                "max_length": _("La dirección es muy larga: hasta %(limit_value)d letras."),
            },
        )

    def clean(self) -> dict[str, Any]:
        """Take a file or an address, and not both."""
        cleaned: dict[str, Any] = super().clean() or {}
        given = [bool(cleaned.get(name)) for name in ("file", "url")]
        if not self.errors and sum(given) != 1:
            self.add_error(
                "file",
                _("Adjuntá un archivo o escribí una dirección web: una de las dos cosas."),
            )
        return cleaned
