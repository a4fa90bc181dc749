"""Taking the encounters that were found away as a file."""

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.generic import View
from rest_framework.throttling import AnonRateThrottle

from portal.pages.views.errors import too_many_requests
from share.events.export import CSV, Format, exported
from share.events.reading import FoundEvents


class LargeExportThrottle(AnonRateThrottle):
    """How often a visitor may take away a large part of the encounters: each time takes a while of the server's."""

    scope = "large-export"
    rate = "12/hour"


class EventExportView(View):
    """Exactly what the filters of the page leave, in its order, as a file that is made while it is sent."""

    format: Format = CSV
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Send the file."""
        found = FoundEvents(request, request.GET)
        if not self._may_export(request, found):
            return too_many_requests(request)
        pieces = self.format.pieces(exported(found, request.build_absolute_uri))
        response = StreamingHttpResponse(
            [] if request.method == "HEAD" else pieces, content_type=self.format.content_type
        )
        name = f"encuentros-{timezone.localdate():%Y-%m-%d}.{self.format.ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-store"
        # A proxy that gathers the whole file first would make the reader wait for all of it.
        response.headers["X-Accel-Buffering"] = "no"
        if self.format.is_compressed:
            # This keeps the compressing middleware away.
            response.headers["Content-Encoding"] = "identity"
        return response

    def _may_export(self, request: HttpRequest, found: FoundEvents) -> bool:
        if request.user.is_authenticated or request.method == "HEAD" or not found.counts.total.is_least:
            return True
        return bool(LargeExportThrottle().allow_request(request, self))  # type: ignore[arg-type]
