"""Invented encounters."""

import pytest
from django.core.management import call_command

from portal.catalog.models import Entry
from portal.core.starter import SampleWish
from share.models import Event, Registration, Seats
from share.samples import create_samples, events_generate, events_remove, remove_samples
from share.samples.events import ORGANISER
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import TopicFactory

pytestmark = pytest.mark.django_db


def test_a_dozen_encounters_are_made_once_marked_as_samples_and_taken_away_again():
    assert create_samples() == ""
    MembershipFactory(user=UserFactory(email=ORGANISER, is_sample=True), role="coordinator")
    for _person in range(6):
        MembershipFactory(user=UserFactory(is_sample=True))
    assert create_samples()
    assert create_samples() == ""
    made = Event.objects.all()
    assert made.count() >= 12
    assert not made.filter(is_sample=False).exists()
    full = Seats.objects.get(capacity=3)
    assert (full.taken, full.waiting) == (3, 2)
    past = Event.objects.past().get()
    assert (past.has_recording, past.has_minutes) == (True, True)
    assert len({*made.values_list("time_zone", flat=True)}) >= 4
    assert Event.objects.filter(series__isnull=False).count() > 1
    assert Entry.objects.of_kind("event").count() == made.count()
    assert remove_samples() == 17 or not Event.objects.exists()
    assert not Event.objects.exists()
    assert not Registration.objects.exists()
    assert not Entry.objects.of_kind("event").exists()


def test_generated_encounters_are_as_many_as_wished_the_same_each_time_and_known_to_all():
    MunicipalityFactory(country=CountryFactory(code="CL"))
    TopicFactory(slug="trees")
    assert list(events_generate(SampleWish(count=30)))[-1] == 30
    assert list(events_generate(SampleWish(count=30))) == [30]
    titles = list(Event.objects.order_by("pk").values_list("title", "start_date"))
    assert Event.objects.filter(time_zone="America/Santiago", is_sample=True).count() == 30
    assert Seats.objects.count() == 30
    assert Entry.objects.of_kind("event").count() == 30
    entries = list(
        Entry.objects.of_kind("event").order_by("object_id").values("title", "body", "url", "place_name")
    )
    assert not Event.objects.filter(facet_keys=[]).exists()
    assert Event.objects.exclude(calendar_text="").count() == 30
    call_command("rebuild_catalog", verbosity=0)
    rebuilt = Entry.objects.of_kind("event").order_by("object_id").values("title", "url", "place_name")
    assert list(rebuilt) == [{key: one[key] for key in ("title", "url", "place_name")} for one in entries]
    assert events_remove() == 30
    assert list(events_generate(SampleWish(count=30)))[-1] == 30
    assert list(Event.objects.order_by("pk").values_list("title", "start_date")) == titles
