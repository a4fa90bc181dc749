"""Answers that a partner's system need not load again, and writing that never overwrites what somebody else wrote."""

import hashlib
import json
from datetime import datetime
from typing import Any, cast

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder


class PreconditionFailed(APIException):
    """Somebody else wrote it since it was read."""

    status_code = status.HTTP_412_PRECONDITION_FAILED

    def __init__(self) -> None:
        super().__init__(
            _("Cambió desde que lo leíste (If-Match). Volvé a pedirlo, y mandá tu cambio sobre lo nuevo."),
            "precondition_failed",
        )


def etag_of(data: Any) -> str:
    """Return the mark of a representation: another one whenever anything in it is another."""
    text = json.dumps(data, cls=JSONEncoder, sort_keys=True)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def conditional(request: Request, data: Any, *, modified_at: datetime | None = None) -> HttpResponseBase:
    """Answer with a representation, or say that the one that the client has is still true.

    Args:
        modified_at: when it last changed, where a time can tell; a list loses rows without any row's time changing.
    """
    response = Response(data)
    response.headers["ETag"] = etag_of(data)
    response.headers["Cache-Control"] = (
        "private, no-cache" if request.user.is_authenticated else "public, no-cache"
    )
    seconds = int(modified_at.timestamp()) if modified_at else None
    if seconds is not None:
        response.headers["Last-Modified"] = http_date(seconds)
    answer = get_conditional_response(
        request._request, etag=response.headers["ETag"], last_modified=seconds, response=response
    )
    return cast(HttpResponseBase, answer)


def require_match(request: Request, data: Any) -> None:
    """Go on when the client knows the present representation, or says nothing about what it knows.

    Raises:
        PreconditionFailed: it knows another one.
    """
    known = parse_etags(request.headers.get("If-Match", ""))
    # Compression marks an ETag as weak on its way out; ours are made before it, so the mark says nothing.
    if known and known != ["*"] and etag_of(data) not in {tag.removeprefix("W/") for tag in known}:
        raise PreconditionFailed
