"""What browsers and proxies are told that they may do with a page."""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from portal.core.visitor_cache import is_visitor


class PageHeadersMiddleware:
    """Say of each answer that says nothing itself who may keep it, and mark what visitors share.

    A visitor's public page may be kept by anybody, and is used again only after asking whether it is still the same:
    what was taken out of the library is gone at once. What a signed-in reader gets is kept by her own browser alone.
    Stands inside of compression, which never compresses the same page to the same bytes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on, and add the headers on the way out."""
        response = self.get_response(request)
        if response.streaming or "Cache-Control" in response.headers:
            return response
        if response.cookies or not is_visitor(request):
            response.headers["Cache-Control"] = "private, no-cache"
        elif getattr(request, "is_public_page", False):
            _mark_shared(response)
        return response


def _mark_shared(response: HttpResponse) -> None:
    """Let anybody keep a page, apart for each language and for who signs in."""
    response.headers["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Cookie"])
    if response.status_code == 200 and "ETag" not in response.headers:
        response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
