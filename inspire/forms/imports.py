"""Forms for files that staff bring."""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspire.file_uses import IMPORT_FILE
from inspire.importing.columns import LABELS, NAMES, missing_fields
from inspire.importing.detection import detect
from inspire.models import ImportBatch
from portal.core.tabular import TableError
from portal.files.checks import CheckedUpload
from portal.files.content_types import CSV, TEXT, XLSX
from portal.files.names import clean_name

_TYPES = {"csv": CSV, "xlsx": XLSX, "geojson": TEXT}
_ENDING = re.compile(r"\.(?:geojson|json|txt)$", re.IGNORECASE)
_LANGUAGES = [
    ("es", gettext_lazy("Español")),
    ("en", gettext_lazy("Inglés")),
    ("pt", gettext_lazy("Portugués")),
    ("fr", gettext_lazy("Francés")),
]


class TableFileField(forms.FileField):
    """A file that is a table; its clean value is a `CheckedUpload`, and `detected` says how it is read.

    What it holds is not looked at as a document is: tags and scripts in a cell become plain text, row by row.
    """

    detected: dict[str, Any]

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check size and kind without reading the whole of it into memory.

        Raises:
            ValidationError: it is too large, or no table.
        """
        upload: UploadedFile = super().clean(data, initial)
        size = upload.size or 0
        if size > IMPORT_FILE.max_bytes:
            raise ValidationError(
                _(
                    "El archivo pesa %(size)s y el máximo es %(maximum)s. Dividilo en partes y subilas de a una."
                ),
                params={
                    "size": filesizeformat(size),
                    "maximum": filesizeformat(IMPORT_FILE.max_bytes),
                },
            )
        try:
            detected = detect(upload.file, str(upload.name))
        except TableError as error:
            raise ValidationError(str(error)) from error
        content_type = _TYPES[detected["kind"]]
        self.detected = detected
        return CheckedUpload(
            use=IMPORT_FILE,
            name=_name(str(upload.name), content_type, detected["kind"]),
            content_type=content_type,
            content=upload,
            size=size,
            sha256=_digest(upload),
        )


class ImportUploadForm(forms.Form):
    """A file, and what its rows do not say."""

    file = TableFileField(
        label=gettext_lazy("Archivo"),
        help_text=gettext_lazy("CSV, Excel (.xlsx) o GeoJSON, de hasta 100 MB."),
        widget=forms.FileInput(
            attrs={"accept": ".csv,.txt,.tsv,.xlsx,.geojson,.json", "data-max-bytes": IMPORT_FILE.max_bytes}
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Colección de origen"),
        help_text=gettext_lazy(
            "Un nombre corto de quien los publica, siempre el mismo: con él se reconoce cada fila la próxima vez y se "
            "recuerdan las columnas que elijas. Dejalo vacío si el archivo trae una columna con la colección."
        ),
        max_length=60,
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Idioma de las filas que no lo dicen"), choices=_LANGUAGES, initial="es"
    )

    def clean_source(self) -> str:
        """Write it as the portal stores it."""
        return slugify(self.cleaned_data["source"])[:60]

    @property
    def detected(self) -> dict[str, Any]:
        """How the file is read; once the form is valid."""
        return cast(TableFileField, self.fields["file"]).detected


class ImportMappingForm(forms.Form):
    """What each column of a file holds."""

    source = ImportUploadForm.base_fields["source"]
    language = ImportUploadForm.base_fields["language"]

    def __init__(self, data: Any = None, *, batch: ImportBatch, mapping: Mapping[str, str]) -> None:
        """Offer every field of a solution for every column."""
        initial = {"source": batch.source, "language": batch.language}
        super().__init__(data, initial=initial)
        self.batch = batch
        chosen = {name: field for field, name in mapping.items()}
        choices = [("", _("No se usa")), *((name, LABELS[name]) for name in NAMES)]
        for place, column in enumerate(batch.columns):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=column["title"],
                choices=choices,
                required=False,
                initial=chosen.get(column["name"], ""),
            )

    def clean_source(self) -> str:
        """Write it as the portal stores it."""
        return slugify(self.cleaned_data["source"])[:60]

    def clean(self) -> dict[str, Any]:
        """Take each field from one column, and ask for those without which no row can be used."""
        cleaned = super().clean() or self.cleaned_data
        mapping: dict[str, str] = {}
        for place, column in enumerate(self.batch.columns):
            field = cleaned.get(f"column-{place}")
            if field in mapping:
                self.add_error(
                    f"column-{place}",
                    _("«%(field)s» ya sale de otra columna. Elegí una sola.") % {"field": LABELS[field]},
                )
            elif field:
                mapping[field] = column["name"]
        missing = missing_fields(mapping, has_source=bool(cleaned.get("source")))
        for field in missing:
            self.add_error(
                "source" if field == "source" else None,
                _("Falta elegir de qué columna sale «%(field)s»: sin eso no se puede usar ninguna fila.")
                % {"field": LABELS[field]},
            )
        cleaned["mapping"] = mapping
        return cleaned

    @property
    def rows(self) -> list[tuple[dict[str, Any], forms.BoundField]]:
        """Each column of the file with its field of the form."""
        return [(column, self[f"column-{place}"]) for place, column in enumerate(self.batch.columns)]


def _name(given: str, content_type: str, kind: str) -> str:
    """Return a name that is safe to show, with the ending that the person gave a GeoJSON file."""
    if kind != "geojson":
        return clean_name(given, content_type)
    stem = _ENDING.sub("", clean_name(_ENDING.sub("", given), content_type))
    return f"{stem}.geojson"


def _digest(upload: UploadedFile) -> str:
    upload.seek(0)
    digest = sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
