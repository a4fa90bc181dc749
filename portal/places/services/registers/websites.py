"""Addresses of sites, as registers note them down."""

import re

from portal.core.tabular.values import parse_text

MAX_LENGTH = 200
SEPARATORS = re.compile(r"[\s;,|<>]+")
# What Django's URLField takes: letters of any alphabet, no underscores, and no label that begins or ends with "-".
LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
ADDRESS = re.compile(
    rf"(?:https?://)?(?:{LABEL}\.)+[^\W\d_]{{2,63}}(?::\d{{2,5}})?(?:[/?#]\S*)?", re.IGNORECASE
)
# "No tiene página web", "Sin sitio", "En construcción".
SAYS_NONE = re.compile(r"(?:no|sin|en construcci[oó]n)\b", re.IGNORECASE)


def clean_website(text: str) -> str:
    """Return the first web address in a cell, with its scheme; "" when there is none that could be opened.

    Addresses without a scheme get http://, because many small towns' sites have no certificate and those that
    have one lead there by themselves.
    """
    for part in SEPARATORS.split(parse_text(text)):
        candidate = part.strip(".()[]\"'-/") if "://" not in part else part.strip("()[]\"'")
        address = candidate if "://" in candidate else f"http://{candidate}"
        if ADDRESS.fullmatch(candidate) and len(address) <= MAX_LENGTH:
            return address
    return ""


def says_there_is_none(text: str) -> bool:
    """Say whether a cell only tells that there is no site."""
    return not text or SAYS_NONE.match(text) is not None
