"""The door of an event: letting people in by code, by name or by the picture on their telephones."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from portal.accounts.colleagues import colleagues_shown
from portal.accounts.models import User
from portal.core.decision import Decision
from portal.core.htmx import wants_fragment
from share.attendance.door import Door, by_code, door_of, looked_for
from share.attendance.people import attendees
from share.models import Event, Registration
from share.permissions.attendance import can_check_in
from share.services.attendance import (
    AttendanceConflict,
    Entered,
    attendance_enter,
    attendance_enter_by_code,
    attendance_undo,
    attendance_walk_in,
)
from share.views.event_access import OrganiserPage, person, seen_event


class CheckinView(OrganiserPage):
    """The door: one box for a code or a name, and one tap for each person."""

    template_name = "share/event_checkin.html"
    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the door; who was let in a moment ago stands above, to be taken back."""
        return self._answer(door_of(self.event, entered=self._just_entered()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do one thing; what cannot be is said where one looks, and nothing was done."""
        can_check_in(request.user, self.event).require()
        steps: dict[str, Callable[[str], Door]] = {
            "persona": self._enter,
            "deshacer": self._undo,
            "colega": self._walk_in,
            "q": self._look_for,
        }
        for name, step in steps.items():
            if value := request.POST.get(name, "").strip():
                return self._done(step, value)
        return self._answer(door_of(self.event, problem=_("Escribí un código o un nombre.")))

    def _done(self, step: Callable[[str], Door], value: str) -> HttpResponse:
        try:
            door = step(value)
        except AttendanceConflict as refused:
            return self._answer(door_of(self.event, problem=str(refused)))
        if door.entered and not wants_fragment(self.request):
            # A reload lets nobody in again.
            address = f"{self.request.path}?persona={door.entered.registration.pk}"
            return redirect(f"{address}&antes=1" if door.entered.was_in else address)
        return self._answer(door)

    def _look_for(self, typed: str) -> Door:
        whose = by_code(self.event, typed)
        if whose is not None:
            return self._entered(attendance_enter(registration=whose, actor=person(self.request)))
        return door_of(self.event, looked_for(self.request.user, self.event, typed))

    def _enter(self, key: str) -> Door:
        return self._entered(
            attendance_enter(registration=self._registration(key), actor=person(self.request))
        )

    def _undo(self, key: str) -> Door:
        row = attendance_undo(registration=self._registration(key), actor=person(self.request))
        return door_of(self.event, undone=row)

    def _walk_in(self, public_id: str) -> Door:
        user = _colleague(self.request.user, public_id)
        return self._entered(attendance_walk_in(event=self.event, user=user, actor=person(self.request)))

    def _entered(self, entered: Entered) -> Door:
        return door_of(self.event, entered=entered)

    def _registration(self, key: str) -> Registration:
        rows = Registration.objects.filter(event=self.event).select_related("user", "event")
        return get_object_or_404(rows, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)

    def _just_entered(self) -> Entered | None:
        key = self.request.GET.get("persona", "")
        if not key:
            return None
        row = self._registration(key)
        is_in = row.attendance == Registration.Attendance.PRESENT
        return Entered(row, was_in="antes" in self.request.GET) if is_in else None

    def _answer(self, door: Door) -> HttpResponse:
        is_part = wants_fragment(self.request)
        template = "share/_door.html" if is_part else self.template_name
        context = self.get_context_data(door=door, opening=can_check_in(self.request.user, self.event))
        response = render(self.request, template, context)
        response.headers["Vary"] = "HX-Request"
        return response


class DoorView(LoginRequiredMixin, View):
    """What the camera of a telephone opens: one tap for whoever looks after the event, kind words for anybody else."""

    def get(self, request: HttpRequest, pk: int, code: str) -> HttpResponse:
        """Show who it is; nothing is noted by looking."""
        event = seen_event(request, pk)
        decision = can_check_in(request.user, event)
        if not decision:
            return _kind_page(request, event, decision)
        row = by_code(event, code)
        someone = attendees([_with_person(row)])[0] if row else None
        return render(request, "share/event_door.html", {"event": event, "someone": someone, "code": code})

    def post(self, request: HttpRequest, pk: int, code: str) -> HttpResponse:
        """Let her in."""
        event = seen_event(request, pk)
        can_check_in(request.user, event).require()
        try:
            attendance_enter_by_code(event=event, code=code, actor=person(request))
        except AttendanceConflict as refused:
            context = {"event": event, "problem": str(refused), "code": code}
            return render(request, "share/event_door.html", context)
        return redirect("share:event-door", pk, code)


def _kind_page(request: HttpRequest, event: Event, decision: Decision) -> HttpResponse:
    """Say what the picture is for, and nothing of whose it is."""
    context = {"event": event, "decision": decision}
    return render(request, "share/event_door_kind.html", context)


def _with_person(row: Registration) -> Registration:
    return Registration.objects.select_related("user", "event").get(pk=row.pk)


def _colleague(reader: Any, public_id: str) -> User:
    """Return somebody whom the reader may know; whoever she may not is nobody."""
    try:
        user = User.objects.filter(public_id=UUID(public_id), is_active=True).first()
    except ValueError:
        user = None
    if user is None or user.pk not in colleagues_shown(reader, [user.pk]):
        raise Http404
    return user
