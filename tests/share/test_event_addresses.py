"""The addresses of encounters: no title leads to another page than its own."""

import pytest
from django.urls import URLPattern, reverse

from share.models.events import RESERVED_SLUGS
from share.urls import event_urls, thread_urls
from tests.share.factories import event, member

pytestmark = pytest.mark.django_db


def words_behind_the_number(patterns: list[URLPattern]) -> set[str]:
    """Return the words that stand where an event's title does."""
    routes = [str(one.pattern) for one in patterns]
    below = [route.removeprefix("<int:pk>/") for route in routes if route.startswith("<int:pk>/")]
    alone = {route.removesuffix("/") for route in below if route.endswith("/") and route.count("/") == 1}
    return alone - {"<slug:slug>"}


def test_no_title_is_the_name_of_another_page_of_its_event(client):
    """A meeting that is called «Acta» is read at an address of its own, and not as its minutes."""
    reserved = words_behind_the_number(event_urls)
    assert {"acta", "materiales", "personas", "inscripcion"} < reserved
    assert reserved == RESERVED_SLUGS
    client.force_login(member())
    made = event()
    for word in reserved:
        made.title = word.replace("-", " ").capitalize()
        made.save()
        address = made.get_absolute_url()
        assert address == f"/intercambiar/encuentros/{made.pk}/encuentro-{word}/"
        answer = client.get(address)
        assert (answer.status_code, answer.templates[0].name) == (200, "share/event_detail.html")
    made.title = "Actas y acuerdos"
    assert made.slug == "actas-y-acuerdos"


def test_an_encounter_is_reported_from_its_page_by_others_than_who_made_it(client):
    """The team hears of it; a visitor and its maker are not asked."""
    organiser = member()
    made = event(organiser=organiser)
    report = reverse("safety:report", args=["event", made.pk])
    assert report not in client.get(made.get_absolute_url()).content.decode()
    client.force_login(organiser)
    assert report not in client.get(made.get_absolute_url()).content.decode()
    client.force_login(member())
    assert report in client.get(made.get_absolute_url()).content.decode()
    assert client.get(report).status_code == 200


def test_no_title_is_the_name_of_another_page_of_its_conversation():
    """Behind a conversation's number stands its title alone; what is done to it stands before."""
    assert words_behind_the_number(thread_urls) == set()
