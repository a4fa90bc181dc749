"""The form field for uploads."""

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from portal.files.checks import CheckedUpload, upload_check
from portal.files.content_types import accepted_endings, accepted_labels
from portal.files.uses import FileUse, file_uses


class CheckedFileField(forms.FileField):
    """An upload that is what its use takes; its clean value is a `CheckedUpload` for `file_store`.

    Args:
        use: a registered use or its id; the hint and the file dialog's filter follow from it.
    """

    def __init__(self, *, use: FileUse | str, **kwargs: Any) -> None:
        self.use = file_uses.get(use) if isinstance(use, str) else use
        kwargs.setdefault("help_text", lazy(_hint, str)(self.use))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the file dialog offer only what is taken."""
        attrs = super().widget_attrs(widget)
        if isinstance(widget, forms.FileInput):
            attrs.setdefault("accept", accepted_endings(self.use.content_types))
        return attrs

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Check the upload; without one, keep what there was.

        Raises:
            ValidationError: it is not what the use takes.
        """
        upload = super().clean(data, initial)
        if not upload or upload is initial or isinstance(upload, CheckedUpload):
            return upload
        return upload_check(use=self.use, upload=upload)


def _hint(use: FileUse) -> str:
    """Say what is taken, and up to which size."""
    return _("Se aceptan: %(kinds)s. Hasta %(maximum)s.") % {
        "kinds": accepted_labels(use.content_types),
        "maximum": filesizeformat(use.max_bytes),
    }
