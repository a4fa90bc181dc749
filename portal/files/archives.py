"""Office files: they are ZIP archives, and are looked into without being unpacked."""

from typing import IO
from zipfile import ZipFile, ZipInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.archives import UNREADABLE
from portal.files.content_types import DOCX, ODP, ODS, ODT, PPTX, XLSX

MAX_MEMBERS = 5_000
# A spreadsheet of a million rows unpacks to about 100 MB; a bomb, to thousands.
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
OPEN_DOCUMENTS = frozenset({ODT, ODS, ODP})
LONGEST_MIMETYPE = 100
ENCRYPTED = 0x1


def office_type(content: IO[bytes]) -> str:
    """Return which kind of office file this is, or nothing where it is another kind of archive.

    Raises:
        ValidationError: it is damaged, carries macros or a password, or would unpack to an absurd size.
    """
    try:
        with ZipFile(content) as archive:
            members = archive.infolist()
            _refuse_bomb(members)
            _refuse_locked(members)
            _refuse_macros(members)
            return _kind(archive, {member.filename for member in members})
    except UNREADABLE as error:
        raise ValidationError(
            _(
                "El archivo está dañado o incompleto. Abrilo en tu computadora, guardalo de nuevo y volvé a subirlo."
            ),
            code="damaged",
        ) from error


def _kind(archive: ZipFile, names: set[str]) -> str:
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in MAIN_PARTS.items() if part in names), "")
    if "mimetype" in names:
        with archive.open("mimetype") as member:
            declared = member.read(LONGEST_MIMETYPE).decode("ascii", "replace").strip()
        return declared if declared in OPEN_DOCUMENTS else ""
    return ""


def _refuse_bomb(members: list[ZipInfo]) -> None:
    """Sizes that lie are no danger: whoever unpacks with Python's library stops at the declared size."""
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise ValidationError(
            _(
                "Al descomprimirse, el archivo ocuparía demasiado. "
                "Si es una planilla muy grande, dividila en partes y volvé a subirla."
            ),
            code="bomb",
        )


def _refuse_locked(members: list[ZipInfo]) -> None:
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise ValidationError(_("El archivo tiene contraseña. Quitásela y volvé a subirlo."), code="password")


def _refuse_macros(members: list[ZipInfo]) -> None:
    if any(member.filename.lower().endswith(("vbaproject.bin", "/script-lc.xml")) for member in members):
        raise ValidationError(
            _(
                "El archivo tiene macros, que pueden hacer daño en otra computadora. "
                "Guardalo sin macros (.docx, .xlsx o .pptx) y volvé a subirlo."
            ),
            code="macros",
        )
