"""Calendars of encounters: the feeds that programs read, and the page that tells people how to subscribe."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView, View

from portal.pages.views.errors import too_many_requests
from portal.topics.models import PolicyArea
from share.calendars.addresses import Address, address_of, area_addresses
from share.calendars.feeds import BATCH_SIZE, Feed, etag_of, feed_events, own_file_text, personal_text
from share.calendars.texts import beginning
from share.events.reading import FoundEvents
from share.models import CalendarFeed, Event
from share.services.calendars import (
    calendar_feed_drop,
    calendar_feed_make,
    calendar_feed_note_reading,
    calendar_text_refresh,
    token_hash,
)
from share.views.event_export import LargeExportThrottle

CONTENT_TYPE = "text/calendar; charset=utf-8"
# Programs may show what they have for a quarter of an hour without asking.
FRESH_SECONDS = 900
# What the page's forms and the address of one's own calendar call it: leave out what only interests.
WITHOUT_INTERESTS = "sin_interes"


class FeedView(View):
    """A calendar that a program subscribes to; the same for every visitor, so that it may be kept."""

    is_public_page = True
    http_method_names = ["get", "head", "options"]
    file_name = "encuentros.ics"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Send it, or say that the one that the program has is still true; all of it to a visitor only so often."""
        feed = self.feed(request, **kwargs)
        is_large = _wants_all(request) and feed.number >= BATCH_SIZE
        if is_large and not request.user.is_authenticated and not _may_take_all(request, feed, self):
            return too_many_requests(request)
        return _answer(request, feed, self.file_name)

    def feed(self, request: HttpRequest, **kwargs: Any) -> Feed:
        """Return what it holds."""
        raise NotImplementedError


class SiteFeedView(FeedView):
    """All encounters of the network: what is to come and the last months; with `?todo=1` from the first one on."""

    def feed(self, request: HttpRequest, **kwargs: Any) -> Feed:
        """Return what it holds."""
        events = feed_events(request.user, everything=_wants_all(request))
        return Feed(events, _head(_("Encuentros de la red")))


class AreaFeedView(FeedView):
    """The encounters of one policy area."""

    def feed(self, request: HttpRequest, **kwargs: Any) -> Feed:
        """Return what it holds."""
        area = get_object_or_404(PolicyArea, slug=kwargs["slug"])
        events = feed_events(request.user, area=area.slug, everything=_wants_all(request))
        return Feed(events, _head(_("Encuentros de %(area)s") % {"area": area.name}))


class EventFileView(FeedView):
    """One encounter as a file, for whoever may read it."""

    file_name = "encuentro.ics"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Send it; whoever has a place gets her own, with where to connect."""
        readable = Event.objects.announced().visible_to(request.user).filter(pk=kwargs["pk"])
        event = get_object_or_404(readable)
        if not event.calendar_text:
            # It was announced a moment ago, or what writes it was interrupted: nobody gets an empty file.
            calendar_text_refresh(event_ids=[event.pk])
        text = own_file_text(request.user, event)
        if text:
            return _private(request, text, self.file_name)
        own = Event.objects.filter(pk=event.pk)
        return _answer(request, Feed(own, beginning(name="", is_feed=False)), self.file_name)


class FoundFeedView(FeedView):
    """What the filters of the list of encounters leave; it can be subscribed to as well."""

    is_public_page = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Send it; large ones to a visitor only so often."""
        found = FoundEvents(request, request.GET)
        is_large = found.counts.total.is_least and not request.user.is_authenticated
        if is_large and not LargeExportThrottle().allow_request(request, self):  # type: ignore[arg-type]
            return too_many_requests(request)
        events = Event.objects.filter(pk__in=found.events.order_by().values("pk")).exclude(calendar_text="")
        return _answer(request, Feed(events, _head(_("Encuentros de la red"))), self.file_name)


class PersonalFeedView(View):
    """A person's own calendar, for whoever has its address; whatever is wrong with the address, there is none."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        """Send it, and note the day."""
        feed = CalendarFeed.objects.filter(token_hash=token_hash(token)).select_related("user").first()
        if feed is None or not feed.user.is_active:
            raise Http404
        with translation.override(feed.user.language):
            text = personal_text(
                feed.user,
                name=_("Mis encuentros"),
                with_interests=WITHOUT_INTERESTS not in request.GET,
            )
        calendar_feed_note_reading(feed=feed)
        response = _private(request, text, "mis-encuentros.ics")
        # An address that is a key must not be found by search engines, nor told to other sites.
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


class CalendarPage(TemplateView):
    """How to have the encounters in one's own calendar: the network's, an area's, or what one is going to."""

    template_name = "share/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List the addresses; a person's own is shown once, by the answer that makes it."""
        return super().get_context_data(**_page(self.request), **kwargs)


@login_required
def calendar_make(request: HttpRequest) -> HttpResponse:
    """Give a person a new address for her own calendar, and show it this once; who comes back finds the page."""
    if request.method != "POST":
        return redirect("share:calendar")
    token = calendar_feed_make(user=request.user)  # type: ignore[arg-type]
    path = reverse("share:personal-ics", args=[token])
    if WITHOUT_INTERESTS in request.POST:
        path += f"?{WITHOUT_INTERESTS}=1"
    own = Address(name=_("Mis encuentros"), path=path)
    response = render(request, "share/calendar.html", {**_page(request), "own": own})
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@login_required
@require_POST
def calendar_drop(request: HttpRequest) -> HttpResponse:
    """Let a person's own address open nothing any more."""
    calendar_feed_drop(user=request.user)  # type: ignore[arg-type]
    return redirect("share:calendar")


def _page(request: HttpRequest) -> dict[str, Any]:
    user = request.user
    feed = CalendarFeed.objects.filter(user=user.pk).first() if user.is_authenticated else None
    return {
        "site": address_of("share:site-ics", name=_("Encuentros de la red")),
        "areas": area_addresses(),
        "feed": feed,
        "is_local": settings.SITE_URL.startswith(("http://127.", "http://localhost")),
    }


def _wants_all(request: HttpRequest) -> bool:
    return request.GET.get("todo") == "1"


def _may_take_all(request: HttpRequest, feed: Feed, view: View) -> bool:
    """Say whether a visitor may be sent thousands of encounters; being told that nothing changed is free."""
    if request.method == "HEAD" or get_conditional_response(request, etag=feed.etag) is not None:
        return True
    return bool(LargeExportThrottle().allow_request(request, view))  # type: ignore[arg-type]


def _head(name: str) -> str:
    return beginning(name=name, description=_("Encuentros de %(site)s") % {"site": settings.SITE_NAME})


def _answer(request: HttpRequest, feed: Feed, name: str) -> HttpResponseBase:
    """Send a calendar: at once where it is small, piece by piece beyond."""
    modified = int(feed.changed_at.timestamp()) if feed.changed_at else None
    unchanged = get_conditional_response(request, etag=feed.etag)
    response: HttpResponseBase
    if unchanged is not None:
        response = unchanged
    elif feed.number < BATCH_SIZE:
        response = _file(b"".join(feed.pieces()), name)
    else:
        pieces = [] if request.method == "HEAD" else feed.pieces()
        response = StreamingHttpResponse(pieces, content_type=CONTENT_TYPE)
        response.headers["X-Accel-Buffering"] = "no"
        _named(response, name)
    response.headers["ETag"] = feed.etag
    if modified:
        response.headers["Last-Modified"] = http_date(modified)
    is_known = request.user.is_authenticated
    response.headers["Cache-Control"] = (
        "private, no-cache" if is_known else f"public, max-age={FRESH_SECONDS}"
    )
    return response


def _private(request: HttpRequest, text: str, name: str) -> HttpResponseBase:
    """Send a calendar that is one person's, or say that the one that her program has is still true."""
    response = _file(text.encode(), name)
    response.headers["ETag"] = etag_of(text)
    response = get_conditional_response(request, etag=response.headers["ETag"], response=response) or response
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    _named(response, name)
    return response


def _named(response: HttpResponseBase, name: str) -> None:
    # Inline: telephones offer to take it in; as a download they only keep a file.
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
