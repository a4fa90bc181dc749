"""Uploaded pictures as a page shows them: the right size for each screen, in a place that was kept free."""

from dataclasses import dataclass

from portal.files.models import StoredFile

# What a browser that chooses by itself gets: enough for a column of text on most screens.
USUAL_WIDTH = 800


@dataclass(frozen=True)
class Picture:
    """The attributes of an `img`; see `components/picture.html`.

    Args:
        src: the address for browsers that do not choose.
        srcset: the addresses to choose from, with their widths; empty while there is only the original.
        width, height: of the original, for its proportion; None where it is not known.
    """

    src: str
    srcset: str = ""
    width: int | None = None
    height: int | None = None


def picture_of(file: StoredFile) -> Picture:
    """Return an uploaded picture for a page; asks for its thumbnails unless they were prefetched."""
    original = f"{file.get_absolute_url()}?ver=1"
    thumbnails = list(file.thumbnails.all())
    for thumbnail in thumbnails:
        # Known here: the address needs no query.
        thumbnail.file = file
    choices = [(thumbnail.get_absolute_url(), thumbnail.width) for thumbnail in thumbnails]
    usual = [address for address, width in choices if width <= USUAL_WIDTH]
    if choices and file.width:
        choices.append((original, file.width))
    return Picture(
        src=usual[-1] if usual else original,
        srcset=", ".join(f"{address} {width}w" for address, width in choices),
        width=file.width,
        height=file.height,
    )
