"""Smaller pictures of an uploaded one, so that a phone does not load what a large screen shows."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from PIL import Image

QUALITY = 78


@dataclass(frozen=True)
class DrawnThumbnail:
    """A smaller picture as WebP, not kept yet."""

    width: int
    height: int
    content: bytes


def thumbnails_drawn(content: IO[bytes], widths: Iterable[int]) -> Iterator[DrawnThumbnail]:
    """Yield a picture in those of some widths that are smaller than its own.

    Args:
        content: a picture that was painted anew, so its size is bounded and nothing but the picture is in it.
        widths: in pixels.

    Raises:
        OSError: the content cannot be read as a picture any more.
    """
    with Image.open(content) as image:
        plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
    for width in sorted(widths, reverse=True):
        if width < plain.width:
            height = max(1, round(plain.height * width / plain.width))
            # From the one before: quicker than from the original, and no difference that an eye could see.
            plain = plain.resize((width, height), Image.Resampling.LANCZOS)
            yield DrawnThumbnail(width, height, _as_webp(plain))


def _as_webp(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
