"""What calendars read of one encounter."""

from datetime import date, datetime, time

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from portal.core.events import event_changed, event_published, topics_changed
from share.calendars.components import plain
from share.calendars.texts import END, Mine, beginning, calendar_text, text_of_mine, zones_text
from share.models import Event
from share.services.calendars import calendar_text_refresh, calendar_texts_rebuild
from share.tasks.calendars import rebuild_calendars
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory
from tests.share.calendars import a_series, parsed, refreshed
from tests.share.factories import event, member

pytestmark = pytest.mark.django_db
HOSTILE = (
    "Taller; «aguas, ríos» \\ 🌱🌱🌱 áéíóú\r\nBEGIN:VALARM\nEND:VEVENT\x00\x0b\u2028ATTENDEE:mailto:x@y.z"
)


def read(one: Event):
    """Return the one event of a whole calendar around its stored text."""
    one.refresh_from_db()
    zones = zones_text([(one.time_zone, one.start_date.year, one.end_date.year)])
    return parsed(beginning(name="Prueba") + zones + one.calendar_text + END).events[0]


def test_a_calendar_reads_all_that_everybody_may_know_of_it(settings):
    settings.SITE_URL = "https://portal.example.org"
    settings.DEFAULT_FROM_EMAIL = "Portal <no-responder@portal.example.org>"
    PolicyAreaFactory(slug="ambiente", name_es="Ambiente, agua y energía")
    one = event(
        title="Compostaje", summary="Cómo empezar.", description="## Qué vamos a ver\n\nTodo **de a poco**.",
        kind="workshop", municipality=MunicipalityFactory(name="Rafaela"), areas=["ambiente"], sequence=3,
        venue="Vivero municipal", address="Bv. Lehmann 1200", latitude=-31.25, longitude=-61.49,
        link="https://reunion.example.org/secreto", link_note="La clave es 1234",
    )  # fmt: skip
    refreshed(one)
    shown = read(one)
    assert shown["UID"] == str(one.public_id)
    assert (shown["SUMMARY"], shown["SEQUENCE"], shown["STATUS"]) == ("Compostaje", 3, "CONFIRMED")
    address = f"https://portal.example.org/intercambiar/encuentros/{one.pk}/compostaje/"
    assert shown["DESCRIPTION"] == (
        f"Cómo empezar.\n\nQué vamos a ver\n\nTodo de a poco.\n\nMás información e inscripción: {address}"
    )
    assert shown["LOCATION"] == "Vivero municipal, Bv. Lehmann 1200"
    assert (shown["GEO"].latitude, shown["GEO"].longitude) == (-31.25, -61.49)
    assert shown["URL"] == address
    assert [str(each) for each in shown["CATEGORIES"].cats] == ["Taller", "Ambiente, agua y energía"]
    assert shown["ORGANIZER"] == "mailto:no-responder@portal.example.org"
    assert shown["ORGANIZER"].params["CN"] == "Rafaela"
    assert (shown["CLASS"], shown["TRANSP"]) == ("PUBLIC", "TRANSPARENT")
    assert shown["DTSTART"].params["TZID"] == one.time_zone
    assert shown["DTSTAMP"].dt == shown["LAST-MODIFIED"].dt == one.calendar_changed_at.replace(microsecond=0)
    # Where one connects is told to those who are registered.
    assert "reunion.example.org" not in one.calendar_text and "1234" not in one.calendar_text


def test_it_names_nobody_by_her_address():
    organiser = member(email="ana@villa.example")
    one = event(organiser=organiser)
    refreshed(one)
    read(one)
    assert "ana@" not in one.calendar_text and "ATTENDEE" not in one.calendar_text


def test_the_clock_of_its_place_is_what_it_says():
    wall = {"start_date": date(2026, 4, 5), "start_time": time(19), "end_date": date(2026, 4, 5)}
    one = event(time_zone="America/Santiago", **wall, end_time=time(21))
    refreshed(one)
    assert "DTSTART;TZID=America/Santiago:20260405T190000\r\n" in Event.objects.get().calendar_text


def test_hostile_texts_stay_texts():
    one = event(
        title=HOSTILE.replace("\x00", ""), summary=HOSTILE.replace("\x00", "")[:300],
        description=HOSTILE.replace("\x00", "") * 200, venue="A;B,C", address='"q"\nX:y',
        municipality=MunicipalityFactory(name='San "José"; del, Rincón\u2028X'),
    )  # fmt: skip
    refreshed(one)
    shown = read(one)
    assert (
        shown["SUMMARY"]
        == "Taller; «aguas, ríos» \\ 🌱🌱🌱 áéíóú BEGIN:VALARM END:VEVENT ATTENDEE:mailto:x@y.z"
    )
    assert shown["LOCATION"] == 'A;B,C, "q" X:y'
    assert not shown.subcomponents and "ATTENDEE" not in shown
    assert len(shown["DESCRIPTION"]) < 2_500


@hypothesis(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(max_size=200))
def test_whatever_is_typed_comes_out_as_it_went_in_less_what_no_calendar_holds(title, note):
    # "\N" is a line's end to every reader of calendars, though RFC 5545 has another sign for a backslash.
    title = f"T {title}".replace("\\N", "").replace("\\n", "")
    one = Event(
        pk=1, title=title, time_zone="America/Lima", status="published", language="es-ar",
        start_date=date(2026, 5, 5), start_time=time(9), end_date=date(2026, 5, 5), end_time=time(10),
    )  # fmt: skip
    one.created_at = one.published_at = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    text = text_of_mine(
        calendar_text(one, areas={}, stamp=one.created_at),
        Mine(note=note.replace("\\", ""), is_tentative=True),
    )
    zones = zones_text([("America/Lima", 2026, 2026)])
    [shown] = parsed(beginning(name=title) + zones + text + END).events
    assert shown["SUMMARY"] == " ".join(plain(title).split())
    assert shown["STATUS"] == "TENTATIVE"


def test_each_time_of_a_series_points_to_the_first():
    series = a_series()
    first, second = (event(series=series, occurrence_on=day) for day in (date(2026, 5, 5), date(2026, 5, 12)))
    refreshed(first, second)
    assert "RELATED-TO" not in read(first)
    assert read(second)["RELATED-TO"] == str(first.public_id)
    assert read(second)["RELATED-TO"].params["RELTYPE"] == "SIBLING"


def test_a_members_event_is_private_and_a_cancelled_one_says_so_and_why():
    cancelled = {"status": "cancelled", "cancelled_at": timezone.now()}
    one = event(visibility="members", cancel_reason="Paro de transporte.", **cancelled)
    refreshed(one)
    shown = read(one)
    assert (shown["CLASS"], shown["STATUS"]) == ("PRIVATE", "CANCELLED")
    assert shown["DESCRIPTION"].startswith("Este encuentro se canceló. Paro de transporte.")


def test_it_speaks_the_language_of_the_encounter():
    area = PolicyAreaFactory(slug="salud", name_es="Salud", name_en="Health")
    one = event(language="en", areas=[area.slug])
    refreshed(one)
    assert "Health" in [str(each) for each in read(one)["CATEGORIES"].cats]


def test_what_is_the_same_is_not_written_and_a_draft_has_no_text():
    one, draft = event(), event(status="draft")
    assert calendar_text_refresh(event_ids=[one.pk, draft.pk]) == 1
    before = Event.objects.get(pk=one.pk)
    assert calendar_text_refresh(event_ids=[one.pk, draft.pk]) == 0
    assert Event.objects.get(pk=one.pk).calendar_changed_at == before.calendar_changed_at
    assert Event.objects.get(pk=draft.pk).calendar_text == ""
    Event.objects.filter(pk=one.pk).update(status="draft")
    assert calendar_text_refresh(event_ids=[one.pk]) == 1
    assert Event.objects.get(pk=one.pk).calendar_text == ""


def test_it_is_written_when_events_are_told_of_and_when_areas_are_renamed():
    area = PolicyAreaFactory(slug="ambiente", name_es="Ambiente")
    one = event(areas=["ambiente"])
    event_published.send_robust(sender=None, event_id=one.pk)
    assert read(one)["SUMMARY"] == one.title
    Event.objects.filter(pk=one.pk).update(title="Otro título")
    event_changed.send_robust(sender=None, event_id=one.pk, is_moved=False)
    assert read(one)["SUMMARY"] == "Otro título"
    area.name_es = "Ambiente y clima"
    area.save()
    rebuild_calendars()
    assert "Ambiente y clima" in Event.objects.get().calendar_text
    assert [receiver for receiver in topics_changed.receivers if receiver[0][0] == "share.rebuild_calendars"]


def test_rebuilding_asks_as_much_for_many_as_for_few(django_assert_max_num_queries, capsys):
    for _number in range(12):
        event()
    with django_assert_max_num_queries(9):
        assert calendar_texts_rebuild() == 12
    call_command("rebuild_calendars")
    assert "0." in capsys.readouterr().out
