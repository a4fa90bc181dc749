"""Conversations as a list, and as a file of exactly what the list shows."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.generic import TemplateView, View
from rest_framework.throttling import AnonRateThrottle

from portal.catalog.words import suggested_text
from portal.core.htmx import FragmentMixin
from portal.facets.filters import Chip
from portal.pages.views.errors import too_many_requests
from share.permissions.threads import can_start_thread
from share.querysets.threads import ThreadQuerySet
from share.threads.about import unseen_things_left_out
from share.threads.export import CSV, Format, exported
from share.threads.filters import View as Views
from share.threads.reading import FoundThreads, Marks, marks_of
from share.views.thread_facets import facets_written


class ThreadListView(FragmentMixin, TemplateView):
    """Conversations, those in which something happened last on top.

    Visitors share it. Whoever is signed in gets a page of her own, on which an answer of a moment ago stands already.
    """

    template_name = "share/thread_list.html"
    fragment_template_name = "share/_thread_list_fragment.html"
    is_public_page = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it; a view of one's own asks who one is."""
        if request.GET.get("vista") in _PERSONAL and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Filter, count, and load one page."""
        found = FoundThreads(self.request, self.request.GET)
        cursor = self.request.GET.get("cursor", "")
        page = found.page(cursor)
        pinned = [] if cursor else found.pinned()
        rows = [*pinned, *page.rows]
        unseen_things_left_out(self.request.user, rows)
        marks = marks_of(self.request.user, [thread.pk for thread in rows])
        chips = [chip for chip in found.filters.chips if chip.name != "vista"]
        return super().get_context_data(
            filters=found.filters,
            view=found.view,
            total=found.counts.total,
            facets=facets_written(self.request, found),
            text=found.text,
            order=found.sorting.order,
            page=page,
            rows=[(thread, marks.get(thread.pk, Marks())) for thread in rows],
            start=can_start_thread(self.request.user),
            suggestion=_suggestion(found),
            chips=[(chip.text, _without(self.request, found, chip)) for chip in chips],
            chosen_count=sum(chip.name != "q" for chip in chips),
            all_url=_whole(self.request, found),
            **kwargs,
        )


class LargeExportThrottle(AnonRateThrottle):
    """How often a visitor may take away a large part of the conversations: each takes a while of the server's."""

    scope = "large-export"
    rate = "12/hour"


class ThreadExportView(View):
    """Exactly what the filters of the page leave, in its order, as a file that is made while it is sent."""

    format: Format = CSV
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Send the file."""
        if request.GET.get("vista") in _PERSONAL and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        found = FoundThreads(request, request.GET)
        if not self._may_export(request, found):
            return too_many_requests(request)
        pieces = self.format.pieces(exported(found, request.build_absolute_uri))
        response = StreamingHttpResponse(
            [] if request.method == "HEAD" else pieces, content_type=self.format.content_type
        )
        name = f"conversaciones-{timezone.localdate():%Y-%m-%d}.{self.format.ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-store"
        # A proxy that gathers the whole file first would make the reader wait for all of it.
        response.headers["X-Accel-Buffering"] = "no"
        if self.format.is_compressed:
            # This keeps the compressing middleware away.
            response.headers["Content-Encoding"] = "identity"
        return response

    def _may_export(self, request: HttpRequest, found: FoundThreads) -> bool:
        is_small = found.counts.total.number <= _SMALL
        if request.user.is_authenticated or request.method == "HEAD" or is_small:
            return True
        return bool(LargeExportThrottle().allow_request(request, self))  # type: ignore[arg-type]


_PERSONAL = {view.value for view in Views if view.is_personal}
_SMALL = 5_000


def _suggestion(found: FoundThreads) -> str:
    """Return other words that find more, when these find nothing."""
    if not found.text or found.counts.total:
        return ""
    others: ThreadQuerySet = found.filters.found_without("q")
    return suggested_text(found.text, lambda words: others.matching(words).exists())


def _without(request: HttpRequest, found: FoundThreads, chip: Chip) -> str:
    """Return the page's address without one of the things that were asked for."""
    parameters = request.GET.copy()
    for name in (chip.name, "cursor"):
        parameters.pop(name, None)
    if chip.value:
        others = [value for value in found.filters.asked[chip.name] if value != chip.value]
        parameters.setlist(chip.name, others)
    return f"{request.path}?{parameters.urlencode()}" if parameters.urlencode() else request.path


def _whole(request: HttpRequest, found: FoundThreads) -> str:
    """Return the address of the whole view."""
    return f"{request.path}?{urlencode({'vista': found.view.value})}" if found.view else request.path
