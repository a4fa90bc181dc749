"""Guarded downloads."""

import logging
from dataclasses import dataclass
from pathlib import PurePath
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.files.content_types import IMAGES, TEXTS, WEBP
from portal.files.models import StoredFile, Thumbnail
from portal.files.permissions import can_read_file
from portal.files.uses import file_uses

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sendable:
    """A content that is ready to be sent to somebody who may read it."""

    file: StoredFile
    content: FieldFile
    content_type: str
    name: str
    size: int
    mark: str
    is_shown: bool
    is_public: bool


@require_safe
def download(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Send a file to whoever its use lets read it; to others it does not exist.

    A visitor is asked to sign in, whether the file exists or not, so that a link in an e-mail works and an address
    tells nothing. Images that were painted anew are shown in the page with `?ver=1`; all else is an attachment.
    """
    file = StoredFile.objects.filter(public_id=public_id).first()
    readers = _readers(request, file)
    if file is None or not readers:
        return _refused(request)
    return _answer(
        request,
        Sendable(
            file=file,
            content=file.content,
            content_type=file.content_type,
            name=file.name,
            size=file.size,
            mark=file.sha256,
            is_shown=file.content_type in IMAGES and request.GET.get("ver") == "1",
            is_public=readers == "everybody",
        ),
    )


@require_safe
def thumbnail(request: HttpRequest, public_id: UUID, width: int) -> HttpResponseBase:
    """Show a smaller picture of a file to whoever may read the file itself."""
    picture = Thumbnail.objects.filter(file__public_id=public_id, width=width).select_related("file").first()
    readers = _readers(request, picture.file if picture else None)
    if picture is None or not readers:
        return _refused(request)
    return _answer(
        request,
        Sendable(
            file=picture.file,
            content=picture.content,
            content_type=WEBP,
            name=f"{PurePath(picture.file.name).stem}-{width}.webp",
            size=picture.size,
            mark=f"{picture.file.sha256}-{width}",
            is_shown=True,
            is_public=readers == "everybody",
        ),
    )


def _readers(request: HttpRequest, file: StoredFile | None) -> str:
    """Say whether everybody may read a file, at least who asks, or not even she.

    Who asks is only found out when that matters, so that what everybody reads depends on no cookie.
    """
    if file is None:
        return ""
    if file.use in file_uses and file_uses.get(file.use).asks_each_reader:
        return "her" if can_read_file(request.user, file) else ""
    if can_read_file(AnonymousUser(), file):
        return "everybody"
    return "her" if request.user.is_authenticated and can_read_file(request.user, file) else ""


def _refused(request: HttpRequest) -> HttpResponseBase:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404(_("No encontramos ese archivo. Puede que lo hayan borrado o que no tengas acceso."))


def _answer(request: HttpRequest, wanted: Sendable) -> HttpResponseBase:
    etag = f'"{wanted.mark}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged if unchanged is not None else _sent(wanted)
    _guard(response, is_public=wanted.is_public)
    response.headers["ETag"] = etag
    return response


def _sent(wanted: Sendable) -> FileResponse:
    try:
        content = wanted.content.open("rb")
    except FileNotFoundError:
        logger.exception("File %s has a row and no content in the storage.", wanted.file.public_id)
        raise Http404(
            _("El archivo ya no está disponible. Pedile a quien lo subió que lo cargue otra vez.")
        ) from None
    response = FileResponse(
        content,
        as_attachment=not wanted.is_shown,
        filename=wanted.name,
        content_type=wanted.content_type,
    )
    response.headers["Content-Length"] = str(wanted.size)
    if wanted.content_type not in TEXTS:
        # It is compressed already; this keeps the compressing middleware, which would lose the length, away.
        response.headers["Content-Encoding"] = "identity"
    return response


def _guard(response: HttpResponseBase, *, is_public: bool) -> None:
    """Forbid whatever a browser could make of the content but keeping or showing it."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    # Whoever may read it today may not tomorrow: a kept copy is used only after asking again.
    response.headers["Cache-Control"] = "public, no-cache" if is_public else "private, no-cache"
