"""Codes that a camera reads, drawn here: no service elsewhere learns who goes where."""

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

_MODULE = 8


def qr_picture(path: str) -> SafeString:
    """Return the picture of an address of the portal; the same address stands beside it as a text or a link."""
    drawn = segno.make(absolute(path), error="m", micro=False)
    svg = drawn.svg_inline(scale=_MODULE, border=4, dark="#000", light="#fff", omitsize=True)
    return mark_safe(svg)  # noqa: S308 drawn from an address of ours, which no name or text is part of


def absolute(path: str) -> str:
    """Return an address of the portal as other devices open it."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"
