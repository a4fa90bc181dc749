"""An encounter at another time or place: its page and programs are told what it was before."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from share.models import EventChange
from share.services.events.writing import event_change
from tests.share.factories import event, member

pytestmark = pytest.mark.django_db
STARTS = datetime(2027, 5, 3, 13, 0, tzinfo=UTC)


def an_event(**fields):
    fields = {"starts": STARTS, "published_at": timezone.now() - timedelta(days=5)} | fields
    return event(**fields)


def page(client, made) -> str:
    return client.get(made.get_absolute_url()).content.decode()


def told(text: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])


def test_the_page_and_programs_say_when_it_was_before(client):
    made = an_event()
    actor = member()
    made = event_change(
        event=made,
        actor=actor,
        fields={"start_date": date(2027, 5, 4), "end_date": date(2027, 5, 4)},
        reason="Por el feriado",
    )
    text = page(client, made)
    assert "Antes empezaba el lunes 3 de mayo de 2027, 10:00." in text
    assert "Por el feriado" in text
    said = told(text)
    assert said["eventStatus"].endswith("/EventRescheduled")
    assert said["previousStartDate"] == "2027-05-03T10:00-03:00"
    assert said["startDate"] == "2027-05-04T10:00-03:00"


def test_another_place_is_no_other_hour_and_does_not_hide_one(client):
    made = an_event(venue="Salón chico")
    actor = member()
    made = event_change(event=made, actor=actor, fields={"venue": "Salón grande", "summary": "Otro"})
    text = page(client, made)
    assert "Cambió dónde es o cómo conectarse" in text
    assert "Cambió de día u hora" not in text
    assert told(text)["eventStatus"].endswith("/EventScheduled")
    event_change(event=made, actor=actor, fields={"start_time": time(9)})
    event_change(event=made, actor=actor, fields={"venue": "Patio"})
    text = page(client, made)
    assert "Antes empezaba el lunes 3 de mayo de 2027, 10:00." in text
    assert told(text)["eventStatus"].endswith("/EventRescheduled")


def test_a_longer_event_begins_when_it_did(client):
    made = an_event()
    made = event_change(event=made, actor=member(), fields={"end_time": time(13)})
    assert EventChange.objects.get(event=made, kind="moved").previous_start is None
    assert "Antes empezaba" not in page(client, made)
    assert told(page(client, made))["eventStatus"].endswith("/EventScheduled")
