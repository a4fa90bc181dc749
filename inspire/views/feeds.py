"""What is new in the library, for programs that read the news."""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import parse_http_date_safe
from django.utils.translation import gettext as _
from django.views.generic import View

from inspire.filters import SolutionFilter
from inspire.models import Solution
from inspire.querysets import SolutionQuerySet

NEWEST = 50
# Not what is asked for, but how it is shown.
_NOT_FILTERS = ("vista", "cursor", "orden", "zoom", "bbox")

# XML has no way to write them.
_CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _writable(text: str) -> str:
    return _CONTROL_CHARACTERS.sub("", text)


def _address(name: str, filters: SolutionFilter) -> str:
    parameters = filters.data.copy()
    for parameter in _NOT_FILTERS:
        parameters.pop(parameter, None)
    address = reverse(name)
    return f"{address}?{parameters.urlencode()}" if parameters else address


class SolutionAtom(Feed):
    """The newest solutions that some filters leave, as Atom (RFC 4287)."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> SolutionFilter:
        """Read the filters."""
        return SolutionFilter(request.GET, queryset=Solution.objects.published())

    def title(self, filters: SolutionFilter) -> str:
        """Say what the filters ask for."""
        chosen = _writable("; ".join(filters.chosen.values()))
        title = _("Inspirarme: soluciones de gobiernos locales")
        return f"{title} ({chosen})" if chosen else title

    def subtitle(self) -> str:
        """Say what this is."""
        return _("Las últimas soluciones que entraron en la biblioteca.")

    def link(self, filters: SolutionFilter) -> str:
        """Lead to the same set as a page."""
        return _address("inspire:solution-list", filters)

    def feed_url(self, filters: SolutionFilter) -> str:
        """Return the address that this feed is asked for at."""
        return _address("inspire:solution-feed", filters)

    def items(self, filters: SolutionFilter) -> Iterable[Solution]:
        """Return the newest."""
        found: SolutionQuerySet = filters.found
        shown = (
            "slug",
            "title",
            "summary",
            "language",
            "translations",
            "published_at",
            "updated_at",
            "status",
        )
        return found.newest().prefetch_related("areas").only(*shown)[:NEWEST]

    def item_title(self, item: Any) -> str:
        """Return the title in the reader's language, where there is such."""
        return _writable(item.shown.title)

    def item_description(self, item: Any) -> str:
        """Return the summary, as the HTML that Atom takes it for."""
        return escape(_writable(item.shown.summary))

    def item_pubdate(self, item: Solution) -> datetime:
        """Return when it came into the library."""
        return cast(datetime, item.published_at)

    def item_updateddate(self, item: Solution) -> datetime:
        """Return when something of it changed; never before it was published."""
        return max(item.updated_at, cast(datetime, item.published_at))

    def item_categories(self, item: Solution) -> list[str]:
        """Return the names of its policy areas."""
        return [_writable(area.name) for area in item.areas.all()]


class SolutionFeedView(View):
    """The feed, sent only to a program that does not have it yet."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Send the feed."""
        response: HttpResponse = SolutionAtom()(request)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()}"'
        answer = get_conditional_response(
            request,
            etag=response.headers["ETag"],
            last_modified=parse_http_date_safe(response.headers["Last-Modified"]),
            response=response,
        )
        return cast(HttpResponseBase, answer)
