"""All addresses of Intercambiar at once: what is sent needs the page's own token, and looking changes nothing."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from share.models import CalendarFeed, Session
from share.services.calendars import calendar_feed_make
from tests.portal.accounts_factories import UserFactory
from tests.share.calendars import refreshed
from tests.share.factories import event, member, post, registered, thread

pytestmark = pytest.mark.django_db
# What a person has read is noted as she reads it: how far, on which day her calendar was asked for.
NOTED = ("share_threadreader", "share_calendarfeed", "notices_notification", "django_session")
_WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


def patterns() -> Iterator[URLPattern]:
    def inside(resolver: URLResolver) -> Iterator[URLPattern]:
        for one in resolver.url_patterns:
            yield from inside(one) if isinstance(one, URLResolver) else [one]

    [share] = [one for one in get_resolver().url_patterns if getattr(one, "app_name", "") == "share"]
    yield from inside(share)


def address(one: URLPattern, keys: dict[str, object]) -> str:
    """Return an address of a page; its numbers are those of what it is about, as its name says."""
    about = one.name.split("-")[0]
    given = {**keys, "pk": keys.get(about, keys["event"])}
    return reverse(f"share:{one.name}", kwargs={name: given.get(name, 1) for name in one.pattern.converters})


@pytest.fixture
def keys() -> dict[str, object]:
    organiser = member()
    made = event(organiser=organiser, capacity=5)
    refreshed(made)
    registration = registered(made)
    spoken = thread(author=organiser)
    said = post(spoken, author=organiser)
    asked = Session.objects.create(event=made, begins_after=0, minutes=30, title="Saludos")
    return {
        "event": made.pk, "thread": spoken.pk, "post": said.pk, "answer": said.pk, "number": said.number,
        "slug": made.slug, "code": registration.code or "ABCDEFGH", "part": asked.pk, "similar": spoken.pk,
        "token": calendar_feed_make(user=organiser), "organiser": organiser,
    }  # fmt: skip


def test_nothing_is_taken_from_a_form_that_is_not_the_portal_s_own(keys):
    client = Client(enforce_csrf_checks=True)
    client.force_login(keys["organiser"])
    names = []
    for one in patterns():
        answer = client.post(address(one, keys), {"value": "1", "title": "x"})
        assert answer.status_code in (403, 405), (one.name, answer.status_code)
        names.append(one.name)
    assert len(names) > 40


def test_looking_at_a_page_changes_nothing_but_what_was_read(keys):
    shown = 0
    for reader in (keys["organiser"], UserFactory(is_staff=True, is_superuser=True), None):
        client = Client()
        if reader:
            client.force_login(reader)
        for one in patterns():
            path = address(one, keys)
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(path)
            written = {found[1] for query in asked if (found := _WRITES.match(query["sql"]))}
            assert written <= set(NOTED), (one.name, written)
            assert answer.status_code < 500, one.name
            shown += answer.status_code == 200
    assert shown > 60
    assert CalendarFeed.objects.count() == 1


def test_a_visitor_writes_nowhere(keys):
    client = Client()
    for one in patterns():
        if one.name == "routed-decline":
            # Its address is signed: it is a key of its own.
            continue
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(address(one, keys), {"value": "1", "title": "x", "text": "y"})
        written = {found[1] for query in asked if (found := _WRITES.match(query["sql"]))}
        assert not written, (one.name, written)
        assert answer.status_code in (302, 403, 404, 405), (one.name, answer.status_code)
