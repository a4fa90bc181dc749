"""What files are uploaded for, as each app declares it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from portal.core.decision import Decision
from portal.core.registry import Registry

if TYPE_CHECKING:
    from portal.files.models import StoredFile

MIB = 1024 * 1024


@dataclass(frozen=True)
class FileUse:
    """One purpose that files are uploaded for.

    Args:
        id: short name, part of where its files are kept.
        label: the purpose in words for people.
        max_bytes: the largest upload that is taken.
        content_types: what is taken, of those in `portal.files.content_types`.
        may_read: who may download such a file; a refusal is answered as if there were no file.
        image_max_side: pixels of the longer side that images are reduced to.
        thumbnail_widths: pixels of the smaller pictures that a task makes of each image; none is larger than its image.
        asks_each_reader: whether somebody may be refused what everybody else may read, so that no copy is shared.
    """

    id: str
    label: str | Promise
    max_bytes: int
    content_types: frozenset[str]
    may_read: Callable[[Any, "StoredFile"], Decision]
    image_max_side: int = 2000
    thumbnail_widths: tuple[int, ...] = ()
    asks_each_reader: bool = False


file_uses: Registry[FileUse] = Registry("file uses")
