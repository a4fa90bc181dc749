"""Making encounters, changing and publishing them: what the database holds afterwards."""

import uuid
from datetime import time, timedelta

import pytest
from django.utils import timezone

from portal.catalog.models import Entry
from portal.notices.models import Notification
from share.models import Event, EventChange, EventOrganiser, Seats
from share.services.events import (
    EventConflict,
    EventStale,
    LastOrganiser,
    UnsafeLink,
    event_cancel,
    event_change,
    event_create,
    event_delete,
    event_hide,
    event_publish,
    event_restore,
    event_show,
    newest_change_id,
    organiser_add,
    organiser_remove,
)
from share.services.seats import SeatsConflict
from tests.portal.accounts_factories import UserFactory
from tests.share.factories import BUENOS_AIRES, event, member, registered

pytestmark = pytest.mark.django_db


def written(**wanted):
    """Return what a form says of an event."""
    day = (timezone.now() + timedelta(days=20)).date()
    fields = {
        "kind": Event.Kind.WORKSHOP,
        "title": "Taller de compostaje",
        "description": "Vamos a **armar** una compostera. <script>alert(1)</script>",
        "start_date": day,
        "start_time": time(10),
        "end_date": day,
        "end_time": time(12),
        "time_zone": BUENOS_AIRES,
        "link": "https://reunion.example.org/taller",
    }
    return {**fields, **wanted}


def told(kind):
    """Return the sentences of a kind of notice, with whom they went to."""
    return {row.user_id: row.text for row in Notification.objects.filter(kind=kind)}


def test_a_draft_has_its_places_its_organiser_and_its_moments():
    """And a description that is safe to show; the catalogue knows nothing of it yet."""
    organiser = member()
    made = event_create(actor=organiser, fields=written(), capacity=30)
    assert made.status == Event.Status.DRAFT
    assert made.starts_at.hour == 13
    assert "<strong>armar</strong>" in made.description_html
    assert "<script" not in made.description_html
    assert Seats.objects.get(event=made).capacity == 30
    assert EventOrganiser.objects.get(event=made).user == organiser
    assert made.changes.get().kind == EventChange.Kind.CREATED
    assert not Entry.objects.filter(kind="event").exists()


def test_a_form_sent_twice_makes_one_event():
    """The second time leads to the first."""
    organiser, key = member(), uuid.uuid4()
    first = event_create(actor=organiser, fields=written(), client_key=key)
    assert event_create(actor=organiser, fields=written(title="Otro"), client_key=key) == first
    assert Event.objects.count() == 1


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://reunion.example.org/", "data:text/html,x"])
def test_a_link_that_is_no_safe_page_is_refused_by_the_service_too(link):
    """Whatever wrote it: the form, the API or a file."""
    with pytest.raises(UnsafeLink):
        event_create(actor=member(), fields=written(link=link))
    assert not Event.objects.exists()


def test_what_calendars_must_know_raises_the_sequence_and_the_rest_does_not():
    """RFC 5545 3.8.7.4; a draft is in nobody's calendar."""
    organiser = member()
    draft = event_create(actor=organiser, fields=written())
    assert event_change(event=draft, actor=organiser, fields={"title": "Otro"}).sequence == 0
    published = event_publish(event=draft, actor=organiser)
    assert event_change(event=published, actor=organiser, fields={"summary": "Corto"}).sequence == 0
    changed = event_change(
        event=published, actor=organiser, fields={"start_time": time(9), "summary": "Corto"}
    )
    assert changed.sequence == 1
    assert changed.starts_at.hour == 12
    newest = changed.changes.first()
    assert (newest.kind, newest.fields, newest.by) == (EventChange.Kind.MOVED, ["start_time"], organiser)
    before = changed.changes.count()
    assert (
        event_change(event=changed, actor=organiser, fields={"start_time": time(9)}).changes.count() == before
    )


def test_whoever_planned_to_go_is_told_where_it_is_now_in_constant_queries(django_assert_max_num_queries):
    """Going, offered a place, waiting or interested; not who said no, nor whoever changed it."""
    organiser = member()
    at = event(organiser=organiser)
    people = {status: registered(at, status=status).user for status in ("going", "interested", "not_going")}
    registered(at, organiser)
    with django_assert_max_num_queries(40):
        event_change(event=at, actor=organiser, fields={"venue": "Centro Cultural", "link": ""})
    sentences = told("event-changed")
    assert set(sentences) == {people["going"].pk, people["interested"].pk}
    assert "ahora es en Centro Cultural" in sentences[people["going"].pk]


def test_two_people_who_save_at_once_do_not_overwrite_each_other():
    """The second is told what the first changed."""
    organiser, other = member(), member()
    at = event(organiser=organiser)
    seen = newest_change_id(at)
    event_change(event=at, actor=other, fields={"title": "Compostaje en escuelas"}, seen=seen)
    with pytest.raises(EventStale) as stale:
        event_change(event=at, actor=organiser, fields={"title": "Compostaje", "venue": "Plaza"}, seen=seen)
    assert [(change.by, change.fields) for change in stale.value.changes] == [(other, ["title"])]
    at.refresh_from_db()
    assert (at.title, at.venue) == ("Compostaje en escuelas", "")


def test_places_are_not_lowered_under_the_registered_and_nothing_else_is_saved():
    """The message says how many there are."""
    organiser = member()
    at = event(organiser=organiser, capacity=5)
    for _one in range(2):
        registered(at)
    with pytest.raises(SeatsConflict, match="2 personas"):
        event_change(event=at, actor=organiser, fields={"title": "Otro"}, capacity=1)
    at.refresh_from_db()
    assert at.title == "Compostaje en ciudades chicas"
    event_change(event=at, actor=organiser, fields={}, capacity=2)
    assert Seats.objects.get(event=at).capacity == 2
    assert at.changes.first().fields == ["capacity"]


def test_cancelling_says_why_to_everybody_who_planned_to_go_and_can_be_taken_back():
    """The registrations stay, so that it can take place after all."""
    organiser = member()
    at = event(organiser=organiser)
    going = registered(at).user
    cancelled = event_cancel(event=at, actor=organiser, reason="Se inundó el salón")
    assert (cancelled.status, cancelled.sequence) == (Event.Status.CANCELLED, 1)
    assert "Se inundó el salón" in told("event-cancelled")[going.pk]
    with pytest.raises(EventConflict):
        event_cancel(event=at, actor=organiser, reason="Otra vez")
    restored = event_restore(event=at, actor=organiser)
    assert (restored.status, restored.sequence, restored.cancel_reason) == (Event.Status.PUBLISHED, 2, "")
    assert "Al final se hace" in told("event-changed")[going.pk]
    kinds = list(at.changes.values_list("kind", flat=True))
    assert kinds == [EventChange.Kind.RESTORED, EventChange.Kind.CANCELLED]


def test_a_cancellation_has_a_reason():
    """An empty one is none."""
    at = event(organiser=member())
    with pytest.raises(ValueError, match="reason"):
        event_cancel(event=at, actor=member(), reason="  ")


def test_what_is_published_is_found_and_what_is_hidden_is_not():
    """Until it is shown again."""
    organiser, staff = member(), UserFactory(is_staff=True)
    draft = event_create(actor=organiser, fields=written())
    at = event_publish(event=draft, actor=organiser)
    entries = Entry.objects.filter(kind="event", object_id=at.pk)
    assert entries.exists()
    event_hide(event=at, actor=staff, reason="Publicidad")
    assert not entries.exists()
    assert not Event.objects.visible_to(member()).filter(pk=at.pk).exists()
    event_show(event=at, actor=staff)
    assert entries.exists()
    assert list(at.changes.values_list("kind", flat=True)[:2]) == ["shown", "hidden"]


def test_somebody_always_looks_after_an_event():
    """The last organiser goes only where a municipality stands behind it."""
    organiser, other = member(), member()
    at = event(organiser=organiser)
    with pytest.raises(LastOrganiser):
        organiser_remove(event=at, user=organiser, actor=organiser)
    assert organiser_add(event=at, user=other, actor=organiser)
    assert not organiser_add(event=at, user=other, actor=organiser)
    assert f"{organiser.name} te sumó" in told("event-organising")[other.pk]
    assert organiser_remove(event=at, user=organiser, actor=organiser)
    assert list(at.organisers.values_list("user_id", flat=True)) == [other.pk]


def test_a_draft_is_deleted_with_all_that_was_prepared():
    """Its series too."""
    draft = event_create(actor=member(), fields=written())
    event_delete(event=draft)
    assert not Event.objects.exists()
    assert not Seats.objects.exists()
