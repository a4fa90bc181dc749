"""Addresses on the web in other people's files."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from inspire.record_limits import URL_LENGTH

_validate = URLValidator(schemes=["http", "https"])
# What most addresses look like; the whole rule takes ten times as long.
_USUAL = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(?:/[A-Za-z0-9._~/%?=&-]*)?", re.ASCII
)


def is_web_address(text: str) -> bool:
    """Say whether a text is an address that a browser opens as a page."""
    if not text or len(text) > URL_LENGTH:
        return False
    if _USUAL.fullmatch(text):
        return True
    try:
        _validate(text)
    except ValidationError:
        return False
    return True
