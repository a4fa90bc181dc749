"""The kinds of file that the portal knows how to check. Nothing else is taken, whatever a use asks for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

JPEG = "image/jpeg"
PNG = "image/png"
WEBP = "image/webp"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODP = "application/vnd.oasis.opendocument.presentation"
CSV = "text/csv"
TEXT = "text/plain"

IMAGES = frozenset({JPEG, PNG, WEBP})
OFFICE = frozenset({DOCX, XLSX, PPTX, ODT, ODS, ODP})
DOCUMENTS = OFFICE | {PDF}
TABLES = frozenset({CSV, XLSX, ODS})
TEXTS = frozenset({CSV, TEXT})


@dataclass(frozen=True)
class KnownType:
    """How a kind of file is called and how its names end, the usual ending first."""

    label: str | Promise
    endings: tuple[str, ...]


KNOWN_TYPES: dict[str, KnownType] = {
    PDF: KnownType("PDF", (".pdf",)),
    JPEG: KnownType(_("foto JPEG"), (".jpg", ".jpeg")),
    PNG: KnownType(_("imagen PNG"), (".png",)),
    WEBP: KnownType(_("imagen WebP"), (".webp",)),
    DOCX: KnownType("Word (.docx)", (".docx",)),
    XLSX: KnownType("Excel (.xlsx)", (".xlsx",)),
    PPTX: KnownType("PowerPoint (.pptx)", (".pptx",)),
    ODT: KnownType(_("texto OpenDocument (.odt)"), (".odt",)),
    ODS: KnownType(_("planilla OpenDocument (.ods)"), (".ods",)),
    ODP: KnownType(_("presentación OpenDocument (.odp)"), (".odp",)),
    CSV: KnownType("CSV", (".csv",)),
    TEXT: KnownType(_("texto simple (.txt)"), (".txt",)),
}


def accepted_labels(content_types: frozenset[str]) -> str:
    """Return the kinds in words for people, in a fixed order: "PDF, foto JPEG, Excel (.xlsx)"."""
    return ", ".join(str(known.label) for name, known in KNOWN_TYPES.items() if name in content_types)


def accepted_endings(content_types: frozenset[str]) -> str:
    """Return the value of an upload field's `accept` attribute."""
    return ",".join(
        ending for name, known in KNOWN_TYPES.items() if name in content_types for ending in known.endings
    )
