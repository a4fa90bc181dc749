"""The form field for uploads."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from portal.core.plain_text import without_hidden
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


class SeveralFilesInput(forms.FileInput):
    """A field that takes several files at once."""

    allow_multiple_selected = True


class CheckedFilesField(CheckedFileField):
    """Several uploads, each what its use takes; the clean value is a list of `CheckedUpload`.

    Args:
        most: how many are taken.
    """

    widget = SeveralFilesInput

    def __init__(self, *, use: FileUse | str, most: int, **kwargs: Any) -> None:
        super().__init__(use=use, **kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[CheckedUpload]:
        """Check each upload.

        Raises:
            ValidationError: there are too many, or one of them is not what the use takes; the message names it.
        """
        uploads: list[File] = [upload for upload in (data or []) if upload]
        if len(uploads) > self.most:
            raise ValidationError(
                _("Con un mensaje van hasta %(maximum)d archivos. Mandá los demás con otro mensaje."),
                params={"maximum": self.most},
            )
        return [self._checked(upload) for upload in uploads]

    def _checked(self, upload: File) -> CheckedUpload:
        try:
            return upload_check(use=self.use, upload=upload)
        except ValidationError as error:
            # Of several files, which one is wrong.
            raise ValidationError(
                [f"{without_hidden(upload.name or '')[:80]}: {message}" for message in error.messages]
            ) from error


def _hint(use: FileUse) -> str:
    """Say what is taken, and up to which size."""
    return _("Se aceptan: %(kinds)s. Hasta %(maximum)s.") % {
        "kinds": accepted_labels(use.content_types),
        "maximum": filesizeformat(use.max_bytes),
    }
