"""Reading pages that everybody of a level shares, kept for signed-in readers too (see docs/adr/0003).

A view says so with `is_shared_page = True`. Its page is made for a `SharedReader`, who has no name and no rows, so
nothing of a person can get into it; what is personal stands in `{% personal "…" %}` and is filled in for each reader.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from portal.catalog.hiding import hidden_from
from portal.catalog.reading_level import SharedReader, reading_level
from portal.core.personal_parts import fill_personal_parts
from portal.core.visitor_cache import PagePlace, is_keepable, seconds_worth

View = Callable[..., HttpResponse]


class SharedPageMiddleware:
    """Answer signed-in readers of shared pages with the page of their level, and their own parts in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the work is done once the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer with the kept page, or make and keep it; None for pages that are not shared."""
        is_shared = getattr(getattr(view, "view_class", None), "is_shared_page", False)
        if not (is_shared and request.method == "GET" and seconds_worth(request)):
            return None
        if not request.user.is_authenticated:
            return None
        if hidden_from(request.user):
            # What others of her level find is not there for her: she gets a page of her own.
            return None
        level = reading_level(request.user)
        place = PagePlace.of(request, level)
        if place.kept is None:
            try:
                response = _made_for(SharedReader(level), request, view, args, kwargs)
            except Http404:
                # What others of her level do not find may be there for her: a draft that she looks after.
                return None
            if not is_keepable(response):
                return _filled(request, response)
            place.keep(response)
            return _for_reader(request, response.content, dict(response.headers))
        return _for_reader(request, *place.kept)


def _made_for(
    reader: SharedReader, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse:
    """Make the page with a nameless reader in the place of the real one."""
    person = request.user
    request.user = reader  # type: ignore[assignment]
    request.leaves_personal_parts = True  # type: ignore[attr-defined]
    try:
        response = view(request, *args, **kwargs)
        return response.render() if hasattr(response, "render") else response
    finally:
        request.user = person
        request.leaves_personal_parts = False  # type: ignore[attr-defined]


def _filled(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Fill a page that is not kept, where it stands."""
    if not response.streaming:
        response.content = fill_personal_parts(request, response.content.decode()).encode()
    return response


def _for_reader(request: HttpRequest, content: bytes, headers: dict[str, str]) -> HttpResponse:
    response = HttpResponse(fill_personal_parts(request, content.decode()))
    for name, value in headers.items():
        if name.lower() != "content-length":
            response.headers[name] = value
    response.headers["Cache-Control"] = "private, no-cache"
    return response
