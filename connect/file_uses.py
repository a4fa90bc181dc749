"""What is uploaded here, and who may read it."""

from django.utils.translation import gettext_lazy as _

from connect.people.photos import can_read_photo
from connect.services.profiles import PHOTO_USE
from portal.files.content_types import IMAGES
from portal.files.uses import MIB, FileUse

PHOTO_FILE = FileUse(
    id=PHOTO_USE,
    label=_("Fotos de personas"),
    max_bytes=10 * MIB,
    content_types=IMAGES,
    may_read=can_read_photo,
    image_max_side=1000,
    thumbnail_widths=(96, 192, 400),
    # Whom she blocked sees her photo as little as her page.
    asks_each_reader=True,
)
