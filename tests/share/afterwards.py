"""Events that go on or are over, to test what comes after them."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from share.models import Agreement, Event, Minutes
from tests.share.factories import event


def going_on(organiser: User | None = None, **wanted: Any) -> Event:
    """Return an event that began half an hour ago."""
    return event(organiser=organiser, starts=timezone.now() - timedelta(minutes=30), **wanted)


def over(organiser: User | None = None, **wanted: Any) -> Event:
    """Return an event of yesterday."""
    return event(organiser=organiser, starts=timezone.now() - timedelta(days=1), **wanted)


def minuted(at: Event, text: str = "Hablamos de compost.", **wanted: Any) -> Minutes:
    """Return published minutes, without a word to anybody."""
    wanted.setdefault("published_at", timezone.now())
    made = Minutes.objects.create(event=at, text=text, html=f"<p>{text}</p>", **wanted)
    Event.objects.filter(pk=at.pk).update(has_minutes=made.is_published)
    return made


def agreed(within: Minutes, text: str = "Compartir la ordenanza", **wanted: Any) -> Agreement:
    """Return a decision of these minutes."""
    return Agreement.objects.create(minutes=within, text=text, **wanted)


def signed_in(user: User) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, name: str, *args: Any, **query: str) -> Any:
    """Open a page of an event."""
    return client.get(reverse(f"share:{name}", args=args), query)
