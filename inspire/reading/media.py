"""Pictures, documents and addresses that stand beside the words."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.functional import Promise

from inspire.models import Solution, SolutionAttachment, SolutionPhoto
from portal.files.content_types import KNOWN_TYPES
from portal.files.pictures import Picture, picture_of


@dataclass(frozen=True)
class ShownPhoto:
    """A picture, what it shows in words, and on which terms it may be used."""

    picture: Picture
    alt: str
    caption: str
    credit: str
    licence: str


@dataclass(frozen=True)
class ShownDocument:
    """A document to download: what it is, its kind in words, and its size in bytes."""

    title: str
    url: str
    kind: str | Promise
    size: int


@dataclass(frozen=True)
class ShownLink:
    """An address on the web, and whose it is."""

    label: str
    url: str
    host: str


def photos_of(solution: Solution) -> list[ShownPhoto]:
    """Return the pictures in their order; all was loaded with the solution."""
    return [_photo(photo) for photo in solution.photos.all()]


def documents_of(solution: Solution) -> list[ShownDocument]:
    """Return the documents in their order."""
    return [_document(attachment) for attachment in solution.attachments.all()]


def links_of(solution: Solution) -> list[ShownLink]:
    """Return the addresses that a browser may be sent to; whatever else an import brought is left out."""
    return [shown for shown in map(_link, solution.links) if shown]


def web_host(url: str) -> str:
    """Return whose an address on the web is; nothing where it is not one."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").removeprefix("www.") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _photo(photo: SolutionPhoto) -> ShownPhoto:
    return ShownPhoto(picture_of(photo.file), photo.alt, photo.caption, photo.credit, photo.licence)


def _document(attachment: SolutionAttachment) -> ShownDocument:
    file = attachment.file
    known = KNOWN_TYPES.get(file.content_type)
    return ShownDocument(
        attachment.title, file.get_absolute_url(), known.label if known else file.content_type, file.size
    )


def _link(link: dict[str, Any]) -> ShownLink | None:
    url = str(link.get("url") or "")
    host = web_host(url)
    return ShownLink(str(link.get("label") or "") or host, url, host) if host else None
