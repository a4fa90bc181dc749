"""The event that an organiser's page is about."""

from typing import Any, cast

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from portal.accounts.models import User
from portal.core.decision import Decision
from share.models import Event
from share.permissions.events import can_change_event

# The longest key that the database holds.
_MOST_DIGITS = 18


def organised_event(request: HttpRequest, pk: int) -> Event:
    """Return an event that the reader finds; whether she may change it is asked by itself.

    Raises:
        Http404: she does not find it.
    """
    if len(str(pk)) > _MOST_DIGITS:
        raise Http404
    rows = Event.objects.visible_to(request.user).select_related("municipality__country", "series", "seats")
    return get_object_or_404(rows.defer("calendar_text"), pk=pk)


def person(request: HttpRequest) -> User:
    """Return who is signed in, on a page that nobody else reaches."""
    return cast(User, request.user)


class OrganiserMixin(LoginRequiredMixin):
    """A page for whoever may change an event; others are told why it is not theirs."""

    event: Event
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the event, and ask whether she may.

        Raises:
            PermissionDenied: the page is not hers.
        """
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.event = organised_event(request, kwargs["pk"])
        self.decide().require()
        return super().dispatch(request, *args, **kwargs)

    def decide(self) -> Decision:
        """Ask whether the reader may use this page."""
        return can_change_event(self.request.user, self.event)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which event it is."""
        return super().get_context_data(event=self.event, **kwargs)  # type: ignore[misc]
