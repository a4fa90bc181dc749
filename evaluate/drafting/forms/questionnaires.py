"""New questionnaires: made empty, or brought in a file."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from evaluate.engine.xlsform.limits import MAX_FILE_BYTES
from evaluate.models import Questionnaire
from portal.topics.models import PolicyArea

ENDINGS = (".xlsx", ".xls", ".yaml", ".yml")


class QuestionnaireForm(forms.Form):
    """The address, area and title of a new questionnaire."""

    title_es = forms.CharField(label=_("Título en español"), max_length=200)
    title_en = forms.CharField(
        label=_("Título en inglés"),
        max_length=200,
        required=False,
        help_text=_("Se puede completar después."),
    )
    slug = forms.SlugField(
        label=_("Dirección"),
        max_length=80,
        help_text=_("Va después de /evaluarme/ y no cambia más: por ejemplo «arbolado-urbano»."),
    )
    area = forms.ModelChoiceField(
        PolicyArea.objects.all(), label=_("Área de gestión"), required=False, empty_label=_("Ninguna")
    )

    def cleaned(self) -> dict[str, Any]:
        """Return what the service takes."""
        facts = self.cleaned_data
        titles = {"es": facts["title_es"], "en": facts["title_en"]}
        return {"slug": facts["slug"], "area": facts["area"], "titles": titles}


class UploadForm(forms.Form):
    """A file, and for a new questionnaire where it belongs."""

    file = forms.FileField(
        label=_("Archivo"),
        help_text=_("Un libro XLSForm (.xlsx o .xls) o un archivo .yaml del portal."),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    slug = forms.SlugField(
        label=_("Dirección"),
        max_length=80,
        required=False,
        help_text=_("Vacía: el identificador del archivo."),
    )
    area = forms.ModelChoiceField(
        PolicyArea.objects.all(),
        label=_("Área de gestión"),
        required=False,
        empty_label=_("La que dice el archivo"),
    )
    replaces_draft = forms.BooleanField(
        label=_("Reemplaza el borrador abierto, que se pierde"), required=False
    )

    def __init__(self, *args: Any, questionnaire: Questionnaire | None, **kwargs: Any) -> None:
        """Ask for the address and area of a new questionnaire only."""
        super().__init__(*args, **kwargs)
        self.questionnaire = questionnaire
        if questionnaire is not None:
            del self.fields["slug"], self.fields["area"]
        if questionnaire is None or not questionnaire.versions.filter(status="draft").exists():
            del self.fields["replaces_draft"]

    def clean_file(self) -> UploadedFile:
        """Take the kinds of file that we read, up to a sensible size."""
        upload: UploadedFile = self.cleaned_data["file"]
        if PurePath(upload.name or "").suffix.lower() not in ENDINGS:
            raise ValidationError(
                _now("Ese archivo no es de un tipo que podamos leer. Subí uno de estos: %(endings)s.")
                % {"endings": ", ".join(ENDINGS)}
            )
        if upload.size is not None and upload.size > MAX_FILE_BYTES:
            raise ValidationError(
                _now(
                    "El archivo pesa más de %(limit)s. Sacale imágenes u hojas que no sean del cuestionario."
                )
                % {"limit": filesizeformat(MAX_FILE_BYTES)}
            )
        return upload

    def target(self) -> dict[str, Any]:
        """Return where the file goes, as the service takes it."""
        if self.questionnaire is not None:
            area = self.questionnaire.area
            return {
                "slug": self.questionnaire.slug,
                "area": area.slug if area else "",
                "replaces_draft": self.cleaned_data.get("replaces_draft", False),
            }
        area = self.cleaned_data["area"]
        return {"slug": self.cleaned_data["slug"], "area": area.slug if area else "", "is_new": True}
