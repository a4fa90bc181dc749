"""File names that are safe to show and to save under."""

import re
import unicodedata

from django.utils.translation import gettext as _

from portal.files.content_types import KNOWN_TYPES

MAX_LENGTH = 120
# What Windows does not allow in a name; the separators of paths were cut off before.
FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(given: str, content_type: str) -> str:
    """Return an uploaded name without path, control or direction characters, ending as its content demands.

    Args:
        given: what the browser sent, which may be anything.
        content_type: what the content was found to be; a JPEG called "acta.html" becomes "acta.jpg".
    """
    last = re.split(r"[/\\]", given)[-1]
    # Category C holds control, format (among them those that turn the direction of writing) and private characters.
    visible = "".join(
        character
        for character in unicodedata.normalize("NFC", last)
        if not unicodedata.category(character).startswith("C")
    )
    stem, ending = _split(FORBIDDEN.sub("", visible), KNOWN_TYPES[content_type].endings)
    stem = " ".join(stem.split()).strip(". ")
    return (stem[: MAX_LENGTH - len(ending)].rstrip(". ") or _("archivo")) + ending


def _split(name: str, endings: tuple[str, ...]) -> tuple[str, str]:
    """Separate a name from its ending; an ending that lies is replaced by the usual one."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        return name, endings[0]
    if f".{ending.lower()}" in endings:
        return stem, f".{ending.lower()}"
    # "Acta N. 12" has a dot and no ending; what looks like one is dropped.
    return (
        (stem, endings[0])
        if re.fullmatch(r"\w{1,5}", ending) and not ending.isdecimal()
        else (name, endings[0])
    )
