"""Reading pages for visitors, kept for a moment, so that a crowd costs no more than one reader.

Only answers to cookie-less or signed-out GET requests that set no cookie and say they are public are kept. Every
page holds the library's generation number, which `forget_visitor_pages` raises whenever public content changes.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from portal.core.language import reader_language

GENERATION_KEY = "visitor-pages:generation"
# Parameters that the portal's own pages use: chosen from its lists, or typed and paged by the reader.
CHOSEN = frozenset(
    {"area", "tipo", "pais", "vista", "orden", "positioned", "zoom", "idioma", "cuestionario", "tema"}
    | {"cuando"}
)
TYPED = frozenset({"q", "cursor", "pagina", "bbox", "box", "municipio", "mes", "dia", "sobre"})
# Chosen too, but several at once and together: made-up combinations have no end either.
COMBINED = frozenset(
    {
        "country",
        "province",
        "level",
        "topic",
        "stage",
        "years",
        "recognition",
        "sdg",
        "language",
        "population",
    }
    | {"has_results", "has_contact", "like", "offers", "seeks"}
    | {"kind", "format", "left", "state", "about"}
)
TYPED_SECONDS = 20


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view whose signed-out answer is the same for every visitor and may be kept."""
    view.is_public_page = True  # type: ignore[attr-defined]
    return view


def forget_visitor_pages() -> None:
    """Make every kept page unreachable, once the change that made it stale has committed."""

    def raise_generation() -> None:
        cache.add(GENERATION_KEY, 1, None)
        cache.incr(GENERATION_KEY)

    transaction.on_commit(raise_generation)


class VisitorCacheMiddleware:
    """Answer signed-out readers of public pages from the cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the kept page, or keep the one that is made."""
        if request.method != "GET" or not is_visitor(request):
            return self.get_response(request)
        if not seconds_worth(request):
            return _unless_unchanged(request, self.get_response(request))
        place = PagePlace.of(request, "visitor")
        if place.kept is not None:
            return _unless_unchanged(request, _revive(place.kept))
        response = self.get_response(request)
        if _may_keep(request, response):
            place.keep(response)
        return _unless_unchanged(request, response)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list, kwargs: dict
    ) -> None:
        """Note whether the view that answers is a public page."""
        inner = getattr(view, "view_class", None)
        request.is_public_page = getattr(view, "is_public_page", False) or getattr(  # type: ignore[attr-defined]
            inner, "is_public_page", False
        )


def seconds_worth(request: HttpRequest) -> int:
    """Return how long a page may be kept: what readers type only for a moment, made-up addresses not at all.

    Otherwise a flood of addresses would fill the cache.
    """
    names = set(request.GET)
    if names - CHOSEN - TYPED - COMBINED:
        return 0
    longest: int = settings.VISITOR_CACHE_SECONDS
    return min(longest, TYPED_SECONDS) if names & (TYPED | COMBINED) else longest


def is_visitor(request: HttpRequest) -> bool:
    """Say whether somebody only reads and nothing is known of her: no session, no message that waits for her."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and "messages" not in request.COOKIES


def _unless_unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tell a browser that has this very page already so, instead of sending it again."""
    etag = response.headers.get("ETag")
    if response.status_code != 200 or response.streaming or not etag:
        return response
    return get_conditional_response(request, etag=etag, response=response) or response


def _may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    return getattr(request, "is_public_page", False) and is_keepable(response)


def is_keepable(response: HttpResponse) -> bool:
    """Say whether an answer is whole, fine, and about nobody."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "private" not in response.headers.get("Cache-Control", "")
    )


@dataclass(frozen=True)
class PagePlace:
    """Where a page is kept for readers of a level, and what is kept there in the library's present generation."""

    key: str
    generation: int
    seconds: int
    kept: tuple[bytes, dict[str, str]] | None

    @classmethod
    def of(cls, request: HttpRequest, level: str) -> Self:
        """Look up a page; generation and page are asked for at once."""
        key = _page_key(request, level)
        found = cache.get_many([GENERATION_KEY, key])
        generation = found.get(GENERATION_KEY, 0)
        kept_in, *kept = found.get(key, (None,))
        return cls(
            key, generation, seconds_worth(request), tuple(kept) if kept and kept_in == generation else None
        )  # type: ignore[arg-type]

    def keep(self, response: HttpResponse) -> None:
        """Keep a page as of the generation in which it was asked for."""
        page = (self.generation, response.content, dict(response.headers))
        cache.set(self.key, page, self.seconds)


def _page_key(request: HttpRequest, level: str) -> str:
    """Return the key of a page as readers of a level see it."""
    parts = (
        level,
        request.get_host(),
        request.get_full_path(),
        reader_language(request),
        request.headers.get("HX-Request", ""),
        request.headers.get("HX-Boosted", ""),
        request.headers.get("HX-History-Restore-Request", ""),
        "html" if request.accepts("text/html") else "other",
        # A visitor's page is kept as it was sent, compressed; a shared page is compressed after it was filled.
        "gzip" if level == "visitor" and "gzip" in request.headers.get("Accept-Encoding", "") else "",
    )
    return f"page:{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()}"


def _revive(kept: tuple[bytes, dict[str, str]]) -> HttpResponse:
    content, headers = kept
    response = HttpResponse(content)
    for name, value in headers.items():
        response.headers[name] = value
    return response
