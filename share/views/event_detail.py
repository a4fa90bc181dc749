"""The page of an encounter."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import DetailView

from portal.catalog.models import Entry
from share.events.page import event_page
from share.events.structured_data import structured_data
from share.events.ways import things_about_the_same, ways_of_event
from share.models import Event
from share.querysets.events import KIND


class EventDetailView(DetailView):
    """The page of one encounter; what is the reader's own on it she gets apart (`{% personal %}`)."""

    template_name = "share/event_detail.html"
    is_public_page = True
    is_shared_page = True

    def get_queryset(self) -> QuerySet[Event]:
        """Offer what this reader may see."""
        readable = Event.objects.visible_to(self.request.user)
        return readable.select_related("municipality", "series").defer("calendar_text", "description")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it under the address that it has now."""
        event: Event = self.get_object()
        if kwargs["slug"] != event.slug:
            # For now: a title may be put back to what it was.
            return redirect(event)
        self.object = event
        return self.render_to_response(self.get_context_data())

    def get_object(self, queryset: QuerySet[Event] | None = None) -> Event:
        """Find it by its number alone: the words in its address follow its title."""
        self.kwargs.pop("slug", None)
        found: Event = super().get_object(queryset)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find what belongs to it, and what stands beside it."""
        event: Event = self.object
        page = event_page(self.request.user, event)
        canonical = self.request.build_absolute_uri(event.get_absolute_url())
        entry = Entry.objects.of_kind(KIND).filter(object_id=event.pk).defer("body", "search").first()
        return super().get_context_data(
            page=page,
            canonical=canonical,
            structured_data=structured_data(page, canonical, self.request.build_absolute_uri("/")),
            entry=entry,
            ways=ways_of_event(self.request.user, event),
            things=things_about_the_same(self.request.user, entry),
            **kwargs,
        )
