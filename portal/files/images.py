"""Images are painted anew, so that nothing but the picture is kept."""

import io
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from portal.files.content_types import JPEG, PNG, WEBP

FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
# Pixels that a header may declare. A JPEG is decoded at a reduced scale, the others in full at 4 bytes a pixel.
MAX_PIXELS = {JPEG: 65_000_000, PNG: 40_000_000, WEBP: 40_000_000}
SAVING: dict[str, dict[str, Any]] = {
    JPEG: {"quality": 85, "optimize": True, "progressive": True},
    PNG: {"optimize": True},
    WEBP: {"quality": 85, "method": 4},
}
MODES_WITH_TRANSPARENCY = frozenset({"RGBA", "LA", "PA"})


def image_repainted(content: IO[bytes], content_type: str, max_side: int) -> bytes:
    """Return the picture alone: upright, reduced, in the common colours, without place, camera or comments.

    Of an animation the first picture remains.

    Args:
        content: the uploaded file.
        content_type: JPEG, PNG or WEBP.
        max_side: pixels of the longer side of the result.

    Raises:
        ValidationError: it is no picture, damaged, or larger than can be decoded safely.
    """
    try:
        with Image.open(content, formats=[FORMATS[content_type]]) as image:
            _refuse_bomb(image, content_type)
            return _saved(_painted(image, content_type, max_side), content_type)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise ValidationError(
            _("La imagen está dañada o incompleta. Probá abrirla y guardarla de nuevo, o subí otra."),
            code="damaged",
        ) from error


def image_size(content: IO[bytes]) -> tuple[int, int]:
    """Return width and height, in pixels, of a picture that was painted anew."""
    content.seek(0)
    with Image.open(content) as image:
        size = image.size
    content.seek(0)
    return size


def _refuse_bomb(image: Image.Image, content_type: str) -> None:
    if image.width * image.height > MAX_PIXELS[content_type]:
        raise _too_many_pixels()


def _too_many_pixels() -> ValidationError:
    return ValidationError(
        _("La imagen tiene demasiados píxeles para procesarla. Achicala y volvé a subirla."), code="bomb"
    )


def _painted(image: Image.Image, content_type: str, max_side: int) -> Image.Image:
    # Only JPEG can be decoded at a half, a quarter or an eighth; the others ignore this.
    image.draft("RGB", (max_side, max_side))
    upright = ImageOps.exif_transpose(image)
    plain = _in_common_colours(upright, content_type)
    plain.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    # Writers copy comments and profiles from here.
    plain.info = {}
    return plain


def _in_common_colours(image: Image.Image, content_type: str) -> Image.Image:
    """Turn a picture with a colour profile into sRGB, because the profile goes with the rest."""
    profile = image.info.get("icc_profile")
    is_transparent = image.mode in MODES_WITH_TRANSPARENCY or "transparency" in image.info
    mode = "RGBA" if is_transparent and content_type != JPEG else "RGB"
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            output = mode if image.mode != "CMYK" else "RGB"
            turned = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode=output
            )
        except (ImageCms.PyCMSError, OSError):
            turned = None
        if turned is not None:
            return turned.convert(mode)
    return image.convert(mode)


def _saved(image: Image.Image, content_type: str) -> bytes:
    out = io.BytesIO()
    image.save(out, FORMATS[content_type], **SAVING[content_type])
    return out.getvalue()
