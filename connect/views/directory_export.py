"""Taking away whom one found in the directory."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.generic import View

from connect.directory.export import CSV, Format, exported
from connect.directory.reading import counted, findable_by
from connect.filters import DirectoryFilter
from connect.permissions.directory import can_export_directory
from connect.views.directory import own_towns, sorting_of


class DirectoryExportView(LoginRequiredMixin, View):
    """Exactly whom the filters of the page leave, in its order and with what it shows, for members of the network."""

    format: Format = CSV
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Send the file."""
        filters = DirectoryFilter(request.GET, queryset=findable_by(request.user))
        total = counted(filters, request.user).total
        can_export_directory(request.user, total).require()
        sorting = sorting_of(request, filters, total, own_towns(request))
        people = exported(request.user, filters.found, sorting)
        response = StreamingHttpResponse(
            [] if request.method == "HEAD" else self.format.pieces(people),
            content_type=self.format.content_type,
        )
        name = f"conectarme-{timezone.localdate():%Y-%m-%d}.{self.format.ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-store"
        if self.format.is_compressed:
            # This keeps the compressing middleware away.
            response.headers["Content-Encoding"] = "identity"
        return response
