"""What is uploaded for a solution, and who may read it."""

from django.utils.translation import gettext_lazy as _

from inspire.permissions import (
    ATTACHMENT_USE,
    IMPORT_USE,
    PHOTO_USE,
    can_read_import_file,
    can_read_solution_file,
)
from portal.files.content_types import CSV, DOCUMENTS, IMAGES, TABLES, TEXT, TEXTS, XLSX
from portal.files.uses import MIB, FileUse

PHOTO_FILE = FileUse(
    id=PHOTO_USE,
    label=_("Fotos de soluciones"),
    max_bytes=10 * MIB,
    content_types=IMAGES,
    may_read=can_read_solution_file,
    image_max_side=2000,
    thumbnail_widths=(320, 800, 1600),
)
ATTACHMENT_FILE = FileUse(
    id=ATTACHMENT_USE,
    label=_("Documentos de soluciones"),
    max_bytes=20 * MIB,
    content_types=DOCUMENTS | TABLES | TEXTS,
    may_read=can_read_solution_file,
)
IMPORT_FILE = FileUse(
    id=IMPORT_USE,
    label=_("Archivos para importar soluciones"),
    max_bytes=100 * MIB,
    content_types=frozenset({CSV, XLSX, TEXT}),
    may_read=can_read_import_file,
)
