"""Images are painted anew."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from portal.files.content_types import JPEG, PNG, WEBP
from portal.files.images import MAX_PIXELS, image_repainted

ORIENTATION = 0x0112
GPS = 0x8825
CAMERA = 0x010F


def painted(content: bytes, kind: str, max_side: int = 400) -> Image.Image:
    image = Image.open(io.BytesIO(image_repainted(io.BytesIO(content), kind, max_side)))
    image.load()
    return image


def saved(image: Image.Image, kind: str, **saving) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **saving)
    return out.getvalue()


def phone_photo(kind: str = "JPEG") -> bytes:
    """A picture on its side, red on the left, with a place, a camera and a comment."""
    image = Image.new("RGB", (600, 300), "blue")
    image.paste("red", (0, 0, 300, 300))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[CAMERA] = "Camera of Ana"
    exif.get_ifd(GPS)[2] = (34.0, 36.0, 12.0)
    return saved(image, kind, exif=exif, comment="Casa de Ana", xmp=b"<x>Ana</x>")


@pytest.mark.parametrize(("kind", "content_type"), [("JPEG", JPEG), ("WEBP", WEBP), ("PNG", PNG)])
def test_place_camera_and_comments_are_gone_and_the_picture_stands_upright(kind, content_type):
    content = phone_photo(kind)
    assert b"Camera of Ana" in content
    kept = image_repainted(io.BytesIO(content), content_type, 1000)
    assert b"Ana" not in kept and b"Exif" not in kept and b"eXIf" not in kept
    image = painted(content, content_type, 1000)
    assert image.size == (300, 600)
    assert not image.getexif()
    # Orientation 6 is turned a quarter to the right: what was on the left is on top.
    top, bottom = image.convert("RGB").getpixel((150, 50)), image.convert("RGB").getpixel((150, 550))
    assert top[0] > 200 > 60 > top[2]
    assert bottom[2] > 200 > 60 > bottom[0]


def test_texts_inside_a_png_are_gone():
    texts = PngInfo()
    texts.add_text("Author", "Ana de la esquina")
    texts.add_itxt("Location", "calle 12", zip=True)
    kept = image_repainted(io.BytesIO(saved(Image.new("RGB", (9, 9)), "PNG", pnginfo=texts)), PNG, 400)
    assert b"Ana" not in kept and b"tEXt" not in kept and b"iTXt" not in kept


def test_what_is_appended_to_a_picture_is_gone():
    kept = image_repainted(io.BytesIO(phone_photo() + b"<script>alert(1)</script>"), JPEG, 400)
    assert b"script" not in kept


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_is_reduced_and_a_small_one_left(kind):
    content_type = f"image/{kind.lower()}"
    assert painted(saved(Image.new("RGB", (1000, 500)), kind), content_type).size == (400, 200)
    assert painted(saved(Image.new("RGB", (100, 50)), kind), content_type).size == (100, 50)


def test_transparency_is_kept_where_the_format_has_it():
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert painted(saved(clear, "PNG"), PNG).getpixel((1, 1))[3] == 0
    assert painted(saved(clear, "WEBP"), WEBP).getpixel((1, 1))[3] == 0
    indexed = clear.convert("P")
    assert painted(saved(indexed, "PNG", transparency=0), PNG).mode == "RGBA"


@pytest.mark.parametrize("mode", ["CMYK", "L", "1"])
def test_unusual_colours_become_common_ones(mode):
    kind = "PNG" if mode == "1" else "JPEG"
    assert painted(saved(Image.new(mode, (20, 20)), kind), f"image/{kind.lower()}").mode == "RGB"


def test_a_colour_profile_is_applied_and_then_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = painted(saved(Image.new("RGB", (20, 20), (200, 30, 30)), "PNG", icc_profile=profile), PNG)
    assert "icc_profile" not in image.info
    assert abs(image.getpixel((5, 5))[0] - 200) <= 2


def test_a_broken_colour_profile_does_not_matter():
    broken = saved(Image.new("RGB", (20, 20), "red"), "JPEG", icc_profile=b"no profile at all")
    assert painted(broken, JPEG).size == (20, 20)


def png_that_declares(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"0"))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [6_500, 60_000])
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_header(side):
    assert side * side > MAX_PIXELS[PNG]
    with pytest.raises(ValidationError) as raised:
        image_repainted(io.BytesIO(png_that_declares(side, side)), PNG, 400)
    assert raised.value.code == "bomb"


@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8\xff\xe0 and nothing more"])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(ValidationError) as raised:
        image_repainted(io.BytesIO(content), JPEG, 400)
    assert raised.value.code == "damaged"
