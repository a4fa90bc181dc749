"""What a participant shows at the door, and how she marks her own entry."""

from typing import Any

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from portal.safety.services import LimitReached
from share.attendance.qr import absolute, qr_picture
from share.codes import code_shown
from share.events.clock import clock_of
from share.forms.attendance import HereForm
from share.models import Event, Registration
from share.permissions.attendance import can_check_in, can_enter_oneself, can_see_ticket
from share.services.attendance import (
    AttendanceConflict,
    attendance_enter_oneself,
    event_code_renew,
    event_code_stop,
    registration_code,
)
from share.views.event_access import OrganiserPage, person, seen_event


class MyTicketView(LoginRequiredMixin, TemplateView):
    """A participant's code, as a picture for a camera and as a text to read aloud."""

    template_name = "share/my_ticket.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Draw it."""
        event = seen_event(self.request, kwargs["pk"])
        rows = Registration.objects.of(self.request.user).select_related("user")
        mine = get_object_or_404(rows, event=event)
        decision = can_see_ticket(self.request.user, mine)
        if not decision:
            return super().get_context_data(event=event, decision=decision, **kwargs)
        code = registration_code(registration=mine)
        return super().get_context_data(
            event=event,
            clock=clock_of(event),
            registration=mine,
            code=code_shown(code),
            picture=qr_picture(reverse("share:event-door", args=[event.pk, code])),
            may_enter=can_enter_oneself(self.request.user, event),
            **kwargs,
        )


class HereView(LoginRequiredMixin, FormView):
    """Marks one's own entry with the code that the room or the screen shows."""

    form_class = HereForm
    template_name = "share/event_here.html"
    event: Event

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the event."""
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.event = seen_event(request, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Take the code from the address that the picture on the screen holds; she only confirms."""
        return {"code": self.request.GET.get("codigo", "")[:20]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether she is in already, and why she cannot mark it where she cannot."""
        mine = Registration.objects.of(self.request.user).filter(event=self.event).first()
        return super().get_context_data(
            event=self.event,
            registration=mine,
            decision=can_enter_oneself(self.request.user, self.event),
            **kwargs,
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Mark it; what is wrong is said beside the code."""
        can_enter_oneself(self.request.user, self.event).require()
        try:
            attendance_enter_oneself(
                event=self.event, user=person(self.request), code=form.cleaned_data["code"]
            )
        except (AttendanceConflict, LimitReached) as refused:
            form.add_error("code", str(refused))
            return self.form_invalid(form)
        return redirect("share:event-here", self.event.pk)


class EventScreenView(OrganiserPage):
    """What the room's screen shows: the code with which those who came mark their own entry."""

    template_name = "share/event_screen.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Draw it, where there is one."""
        code = self.event.checkin_code
        path = reverse("share:event-here", args=[self.event.pk])
        picture = qr_picture(f"{path}?codigo={code}") if code else ""
        return super().get_context_data(
            code=code_shown(code),
            picture=picture,
            address=absolute(path),
            clock=clock_of(self.event),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make a code, put another one in its place, or take none any more."""
        can_check_in(request.user, self.event).require()
        if request.POST.get("accion") == "quitar":
            event_code_stop(event=self.event)
        else:
            event_code_renew(event=self.event)
        return redirect("share:event-screen", self.event.pk)
