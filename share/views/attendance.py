"""The list of who was there, for whoever looks after the event."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from share.attendance.export import CSV_TYPE, XLSX_TYPE, attendance_csv, attendance_workbook
from share.attendance.people import BY_NAME, attendees, expected, totals_of
from share.models import Event, Registration
from share.permissions.attendance import can_check_in, can_close_attendance
from share.services.attendance import attendance_close, attendance_mark
from share.views.event_access import OrganiserPage, OrganiserView, person

Attendance = Registration.Attendance


class AttendanceView(OrganiserPage):
    """Everybody who had a place, with what was noted of her."""

    template_name = "share/event_attendance.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Load one page, by name; only those of whom one thing was noted where that is asked."""
        words = " ".join(self.request.GET.get("q", "").split())[:100]
        chosen = self.request.GET.get("estado", "")
        rows = expected(self.event, words)
        if chosen in Attendance.values:
            rows = rows.filter(attendance=chosen)
        page = BY_NAME.page(rows, self.request.GET.get("cursor", ""))
        return super().get_context_data(
            totals=totals_of(self.event),
            page=page,
            people=attendees(page.rows),
            words=words,
            chosen=chosen,
            choices=Attendance.choices,
            opening=can_check_in(self.request.user, self.event),
            closing=can_close_attendance(self.request.user, self.event),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Note it of those who were chosen, or of all the others that they were not there."""
        if request.POST.get("accion") == "cerrar":
            return self._close(request)
        can_check_in(request.user, self.event).require()
        attendance = request.POST.get("marcar", "")
        keys = [int(key) for key in request.POST.getlist("persona") if key.isdecimal() and len(key) < 19]
        if attendance not in Attendance.values or not keys:
            messages.info(request, _("No cambió nada: elegí al menos a una persona y qué querés anotar."))
            return self._back(request)
        number = attendance_mark(
            event=self.event, registration_ids=keys, attendance=attendance, actor=person(request)
        )
        text = ngettext("Anotamos a %(number)d persona.", "Anotamos a %(number)d personas.", number)
        messages.success(request, text % {"number": number})
        return self._back(request)

    def _close(self, request: HttpRequest) -> HttpResponse:
        can_close_attendance(request.user, self.event).require()
        number = attendance_close(event=self.event, actor=person(request))
        text = ngettext(
            "Quedó cerrada: %(number)d persona figura como que no estuvo.",
            "Quedó cerrada: %(number)d personas figuran como que no estuvieron.",
            number,
        )
        messages.success(request, text % {"number": number})
        return self._back(request)

    def _back(self, request: HttpRequest) -> HttpResponse:
        """Return to the same part of the list."""
        return redirect(request.get_full_path())


class AttendanceExportView(OrganiserView):
    """The list of who was there as a file."""

    pieces: Callable[[Event], Iterator[bytes]] = staticmethod(attendance_csv)
    content_type = CSV_TYPE
    ending = "csv"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send the file; it is about people, so that nobody keeps it on the way."""
        response = StreamingHttpResponse(
            [] if request.method == "HEAD" else self.pieces(self.event), content_type=self.content_type
        )
        name = slugify(self.event.title)[:60] or "encuentro"
        disposition = (
            f'attachment; filename="asistencia-{name}-{self.event.start_date:%Y-%m-%d}.{self.ending}"'
        )
        response.headers["Content-Disposition"] = disposition
        response.headers["Cache-Control"] = "no-store"
        if self.ending == "xlsx":
            # It is compressed already; this keeps the compressing middleware away.
            response.headers["Content-Encoding"] = "identity"
        return response


class AttendanceWorkbookView(AttendanceExportView):
    """The same as a workbook."""

    pieces = staticmethod(attendance_workbook)
    content_type = XLSX_TYPE
    ending = "xlsx"
