"""The event that a page is about, as its reader finds it."""

from typing import Any, cast

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView, View

from portal.accounts.models import User
from portal.core.decision import Decision
from share.models import Event
from share.permissions.attendance import can_see_attendance


def seen_event(request: HttpRequest, pk: int) -> Event:
    """Return an event that the reader sees; for others there is none."""
    rows = Event.objects.visible_to(request.user).select_related("municipality").defer("calendar_text")
    return get_object_or_404(rows, pk=pk)


def person(request: HttpRequest) -> User:
    """Return who is signed in, on a page that nobody else reaches."""
    return cast(User, request.user)


class OrganiserView(LoginRequiredMixin, View):
    """Something for whoever looks after an event; to others its reason is told."""

    event: Event

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the event, and ask whether she may.

        Raises:
            PermissionDenied: the page is not hers.
        """
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.event = seen_event(request, kwargs["pk"])
        self.decide().require()
        return super().dispatch(request, *args, **kwargs)

    def decide(self) -> Decision:
        """Ask whether the reader may use this page at all."""
        return can_see_attendance(self.request.user, self.event)


class OrganiserPage(OrganiserView, TemplateView):
    """A page for whoever looks after an event."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which event it is."""
        return super().get_context_data(event=self.event, **kwargs)
