"""What an upload really is, and whether its use takes it."""

from dataclasses import dataclass
from hashlib import sha256

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.files.archives import office_type
from portal.files.content_types import IMAGES, OFFICE, PDF, accepted_labels
from portal.files.images import image_repainted
from portal.files.names import clean_name
from portal.files.texts import text_type
from portal.files.uses import FileUse

HEAD_BYTES = 8192
PDF_HEAD = b"%PDF-"
# The standard asks for the mark in the last 1024 bytes; scanners append some more.
PDF_TAIL_BYTES = 4096


@dataclass(frozen=True)
class CheckedUpload:
    """An upload that passed every check of its use, ready to be kept."""

    use: FileUse
    name: str
    content_type: str
    content: File
    size: int
    sha256: str


def upload_check(*, use: FileUse, upload: File) -> CheckedUpload:
    """Find out what an upload is from its content alone, and make it safe to keep.

    Args:
        use: what it is uploaded for.
        upload: as the form received it; its name and declared type are not trusted.

    Raises:
        ValidationError: it is empty, too large, damaged, dangerous, or of a kind that the use does not take.
    """
    _check_size(use, upload)
    content_type = _content_type(upload)
    if content_type not in use.content_types:
        raise ValidationError(
            _("Este tipo de archivo no se puede subir acá. Se aceptan: %(kinds)s."),
            code="content_type",
            params={"kinds": accepted_labels(use.content_types)},
        )
    content = _made_safe(use, upload, content_type)
    return CheckedUpload(
        use=use,
        name=clean_name(upload.name or "", content_type),
        content_type=content_type,
        content=content,
        size=content.size,
        sha256=_digest(content),
    )


def _check_size(use: FileUse, upload: File) -> None:
    if not upload.size:
        raise ValidationError(_("El archivo está vacío. Elegí otro."), code="empty")
    if upload.size > use.max_bytes:
        raise ValidationError(
            _("El archivo pesa %(size)s y el máximo es %(maximum)s. Achicalo o dividilo y volvé a subirlo."),
            code="size",
            params={"size": filesizeformat(upload.size), "maximum": filesizeformat(use.max_bytes)},
        )


def _content_type(upload: File) -> str:
    """Return one of the known types, or nothing."""
    upload.seek(0)
    head = upload.read(HEAD_BYTES)
    candidates = _signatures(head)
    if image := candidates & IMAGES:
        return image.pop()
    if candidates & OFFICE or head.startswith(b"PK\x03\x04"):
        upload.seek(0)
        return office_type(upload)
    if head.startswith(PDF_HEAD):
        return PDF if _is_whole_pdf(upload) else ""
    upload.seek(0)
    return text_type(upload.read())


def _signatures(head: bytes) -> set[str]:
    """Return the types whose signature the content begins with."""
    try:
        return {match.mime_type for match in puremagic.magic_string(head)}
    except puremagic.PureError:
        return set()


def _is_whole_pdf(upload: File) -> bool:
    upload.seek(max(0, upload.size - PDF_TAIL_BYTES))
    if b"%%EOF" not in upload.read():
        raise ValidationError(
            _(
                "El PDF está incompleto: quizás se cortó al descargarlo. Conseguilo de nuevo y volvé a subirlo."
            ),
            code="damaged",
        )
    return True


def _made_safe(use: FileUse, upload: File, content_type: str) -> File:
    upload.seek(0)
    if content_type in IMAGES:
        return ContentFile(image_repainted(upload, content_type, use.image_max_side))
    return upload


def _digest(content: File) -> str:
    content.seek(0)
    digest = sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()
