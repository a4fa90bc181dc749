"""Guarded downloads."""

import logging
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.files.content_types import IMAGES, TEXTS
from portal.files.models import StoredFile
from portal.files.permissions import can_read_file

logger = logging.getLogger(__name__)


@require_safe
def download(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Send a file to whoever its use lets read it; to others it does not exist.

    A visitor is asked to sign in, whether the file exists or not, so that a link in an e-mail works and an address
    tells nothing. Images that were painted anew are shown in the page with `?ver=1`; all else is an attachment.
    """
    file = StoredFile.objects.filter(public_id=public_id).first()
    if file is None or not can_read_file(request.user, file):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404(_("No encontramos ese archivo. Puede que lo hayan borrado o que no tengas acceso."))
    etag = f'"{file.sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged if unchanged is not None else _sent(request, file)
    _guard(response)
    response.headers["ETag"] = etag
    return response


def _sent(request: HttpRequest, file: StoredFile) -> FileResponse:
    try:
        content = file.content.open("rb")
    except FileNotFoundError:
        logger.exception("File %s has a row and no content in the storage.", file.public_id)
        raise Http404(
            _("El archivo ya no está disponible. Pedile a quien lo subió que lo cargue otra vez.")
        ) from None
    is_shown = file.content_type in IMAGES and request.GET.get("ver") == "1"
    response = FileResponse(
        content, as_attachment=not is_shown, filename=file.name, content_type=file.content_type
    )
    response.headers["Content-Length"] = str(file.size)
    if file.content_type not in TEXTS:
        # It is compressed already; this keeps the compressing middleware, which would lose the length, away.
        response.headers["Content-Encoding"] = "identity"
    return response


def _guard(response: HttpResponseBase) -> None:
    """Forbid whatever a browser could make of the content but keeping or showing it."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    # Whoever may read it today may not tomorrow: a kept copy is used only after asking again.
    response.headers["Cache-Control"] = "private, no-cache"
