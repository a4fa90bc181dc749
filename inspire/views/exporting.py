"""Taking the filtered set away as a file."""

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.generic import View
from rest_framework.throttling import AnonRateThrottle

from inspire.exporting.batches import exported
from inspire.exporting.formats import CSV, Format
from inspire.filters import SolutionFilter
from inspire.models import Solution
from inspire.querysets import SolutionQuerySet
from portal.pages.views.errors import too_many_requests

# What a visitor may take away as often as she likes.
SMALL = 10_000


class LargeExportThrottle(AnonRateThrottle):
    """How often a visitor may take away a large part of the library: each time takes a minute of the server's."""

    scope = "large-export"
    rate = "12/hour"


class SolutionExportView(View):
    """Exactly what the filters of the page leave, as a file that is made while it is sent.

    Only what is in the library: nobody exports drafts, whatever she may read. The order is that in which the solutions
    were entered, the latest first.
    """

    format: Format = CSV
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Send the file."""
        found = SolutionFilter(request.GET, queryset=Solution.objects.published()).found
        if not self._may_export(request, found):
            return too_many_requests(request)
        response = StreamingHttpResponse(
            [] if request.method == "HEAD" else self.format.pieces(exported(found)),
            content_type=self.format.content_type,
        )
        name = f"inspirarme-{timezone.localdate():%Y-%m-%d}.{self.format.ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-store"
        # A proxy that gathers the whole file first would make the reader wait for all of it.
        response.headers["X-Accel-Buffering"] = "no"
        if self.format.is_compressed:
            # This keeps the compressing middleware away.
            response.headers["Content-Encoding"] = "identity"
        return response

    def _may_export(self, request: HttpRequest, found: SolutionQuerySet) -> bool:
        if request.user.is_authenticated or request.method == "HEAD":
            return True
        if not found.order_by("-pk")[SMALL : SMALL + 1].exists():
            return True
        return bool(LargeExportThrottle().allow_request(request, self))  # type: ignore[arg-type]
