"""Calendars to subscribe to: what is in them, for whom, and how cheaply."""

import tracemalloc
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.core.visitor_cache import forget_visitor_pages
from share.calendars.feeds import BATCH_SIZE, Feed, feed_events
from share.calendars.texts import beginning
from share.models import Event
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.topics_factories import PolicyAreaFactory
from tests.share.calendars import moments_by_its_own_zones, parsed, refreshed
from tests.share.factories import event, member

pytestmark = pytest.mark.django_db
at = datetime.fromisoformat
SITE = "/intercambiar/calendario/encuentros.ics"
WALLS = [
    # Before and after each change of clocks, and on the day itself.
    ("America/Santiago", at("2026-04-04T19:00")), ("America/Santiago", at("2026-04-05T19:00")),
    ("America/Santiago", at("2026-09-06T01:00")), ("America/Santiago", at("2026-09-07T19:00")),
    ("America/Asuncion", at("2024-09-30T19:00")), ("America/Asuncion", at("2024-10-07T19:00")),
    ("America/Asuncion", at("2026-06-30T19:00")), ("Europe/Madrid", at("2026-03-29T03:00")),
    ("Europe/Madrid", at("2026-10-24T19:00")), ("Europe/Madrid", at("2026-10-25T19:00")),
    ("America/Argentina/Buenos_Aires", at("2026-01-15T19:00")),
    ("America/Argentina/Buenos_Aires", at("2026-07-15T19:00")),
]  # fmt: skip


def titles(content: bytes) -> set[str]:
    return {str(one["SUMMARY"]) for one in parsed(content).events}


def read(path: str, client: Client | None = None, **headers: str):
    return (client or Client()).get(path, headers=headers)


def content(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_event_of_a_feed_is_at_its_moment_by_the_zones_that_the_feed_carries():
    made = [event(time_zone=zone, starts=wall.replace(tzinfo=ZoneInfo(zone))) for zone, wall in WALLS]
    refreshed(*made)
    feed = read(f"{SITE}?todo=1").content
    assert len(parsed(feed).timezones) == 4
    found = moments_by_its_own_zones(feed)
    for one in made:
        one.refresh_from_db()
        starts = one.starts_at.astimezone(UTC)
        assert found[str(one.public_id)] == (starts, starts + timedelta(hours=2)), one.time_zone


def test_the_site_s_feed_has_what_comes_and_the_last_months_and_all_of_it_when_asked():
    long_ago = timezone.now() - timedelta(days=400)
    refreshed(
        event(title="viene"),
        event(title="fue hace poco", starts=timezone.now() - timedelta(days=30)),
        event(title="fue hace mucho", starts=long_ago),
        event(title="se canceló", status="cancelled", cancelled_at=timezone.now()),
        event(title="borrador", status="draft"),
        event(title="oculto", hidden_at=timezone.now()),
        event(title="de la red", visibility="members"),
    )
    recent = {"viene", "fue hace poco", "se canceló"}
    response = read(SITE)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert titles(response.content) == recent
    assert titles(read(f"{SITE}?todo=1").content) == recent | {"fue hace mucho"}
    calendar = parsed(response.content)
    assert (calendar["METHOD"], calendar["X-PUBLISHED-TTL"]) == ("PUBLISH", "PT6H")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in response.content
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Encuentros de la red"
    cancelled = next(one for one in calendar.events if one["SUMMARY"] == "se canceló")
    assert cancelled["STATUS"] == "CANCELLED"


@pytest.mark.parametrize("is_inside", [False, True])
def test_events_of_the_network_are_for_its_members_only(is_inside):
    area = PolicyAreaFactory(slug="ambiente")
    one = event(title="reservado", visibility="members", areas=[area.slug])
    refreshed(one)
    insiders = {"colleague": member(), "staff": UserFactory(staff=True)}
    outsiders = {"account": UserFactory(), "left": MembershipFactory(left=True).user}
    clients = [signed_in(user) for user in (insiders if is_inside else outsiders).values()]
    for client in clients if is_inside else [*clients, Client()]:
        for path in (SITE, reverse("share:area-ics", args=["ambiente"])):
            response = read(path, client)
            assert (b"reservado" in response.content) == is_inside
            assert is_inside <= ("private" in response.headers["Cache-Control"])
        own = read(reverse("share:event-ics", args=[one.pk]), client)
        assert own.status_code == (200 if is_inside else 404)


def test_one_encounter_is_a_file_of_its_own():
    one, other = event(title="este"), event(title="otro")
    refreshed(one, other)
    assert titles(read(reverse("share:event-ics", args=[one.pk])).content) == {"este"}
    hidden = event(status="draft", organiser=(organiser := member()))
    refreshed(hidden)
    assert read(reverse("share:event-ics", args=[hidden.pk]), signed_in(organiser)).status_code == 404


def test_an_area_s_feed_has_its_own():
    PolicyAreaFactory(slug="ambiente", name_es="Ambiente, agua; aire")
    refreshed(event(title="suyo", areas=["ambiente"]), event(title="ajeno"))
    response = read(reverse("share:area-ics", args=["ambiente"]))
    assert titles(response.content) == {"suyo"}
    assert parsed(response.content)
    assert rb"NAME:Encuentros de Ambiente\, agua\; aire" in response.content
    assert read(reverse("share:area-ics", args=["nada"])).status_code == 404


def test_what_was_found_is_taken_to_the_calendar_with_its_filters():
    refreshed(event(title="taller", kind="workshop"), event(title="charla"))
    assert titles(read(reverse("share:event-export-ics") + "?kind=workshop").content) == {"taller"}


def test_a_feed_without_events_is_a_calendar_all_the_same():
    calendar = parsed(read(SITE).content)
    assert not calendar.events and len(calendar.timezones) == 1


def test_a_program_that_has_it_already_is_told_so_until_something_is_another(django_assert_max_num_queries):
    one, other = event(title="uno"), event(title="dos")
    refreshed(one, other)
    first = read(SITE)
    known = {"If-None-Match": first.headers["ETag"]}
    again = read(f"{SITE}?x=1", **known)
    with django_assert_max_num_queries(1):
        assert read(f"{SITE}?x=1", **known).status_code == again.status_code == 304
    assert not again.content and first.headers["Last-Modified"]
    Event.objects.filter(pk=one.pk).update(title="otro")
    refreshed(one)
    changed = read(f"{SITE}?x=1", **known)
    assert changed.status_code == 200 and titles(changed.content) == {"otro", "dos"}
    Event.objects.filter(pk=other.pk).update(hidden_at=timezone.now())
    assert titles(read(f"{SITE}?x=1", **{"If-None-Match": changed.headers["ETag"]}).content) == {"otro"}


def test_a_kept_feed_is_another_as_soon_as_an_event_is(settings, django_capture_on_commit_callbacks):
    settings.VISITOR_CACHE_SECONDS = 60
    with django_capture_on_commit_callbacks(execute=True):
        forget_visitor_pages()
    one = event(title="antes")
    refreshed(one)
    assert titles(read(SITE).content) == {"antes"}
    Event.objects.filter(pk=one.pk).update(title="después")
    with django_capture_on_commit_callbacks(execute=True):
        refreshed(one)
    assert titles(read(SITE).content) == {"después"}


def many(number: int) -> None:
    """Make many events like one, in one statement."""
    model = event(title="modelo", summary="x" * 300)
    refreshed(model)
    columns = [field.column for field in Event._meta.concrete_fields if not field.primary_key]
    own = {
        "public_id": "gen_random_uuid()",
        # Many begin at the same moment: no batch may leave one of them out.
        "starts_at": "starts_at + (number / 700) * interval '1 hour'",
        "ends_at": "ends_at + interval '1 day'",
        "calendar_text": f"replace(calendar_text, '{model.public_id}', 'uid-' || number)",
    }
    values = ", ".join(own.get(column, column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO share_event ({', '.join(columns)}) SELECT {values}"  # noqa: S608 our own columns
            " FROM share_event, generate_series(1, %s) AS number WHERE id = %s",
            [number, model.pk],
        )


def test_thousands_are_streamed_each_once_in_little_memory(django_assert_max_num_queries):
    many(5_000)
    with django_assert_max_num_queries(5_000 // BATCH_SIZE + 2):
        response = read(f"{SITE}?todo=1")
        assert response.streaming
        whole = content(response)
    assert whole.count(b"BEGIN:VEVENT") == 5_001
    assert len({line for line in whole.split(b"\r\n") if line.startswith(b"UID:")}) == 5_001
    assert len(whole) > 3_000_000
    feed = Feed(feed_events(member(), everything=True), beginning(name="x"))
    tracemalloc.start()
    try:
        sizes = [len(piece) for piece in feed.pieces()]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sum(sizes) > 3_000_000 and peak < 2_500_000


def test_a_feed_of_two_hundred_asks_the_database_twice(django_assert_max_num_queries):
    many(200)
    with django_assert_max_num_queries(2):
        response = read(f"{SITE}?x=1")
    assert response.content.count(b"BEGIN:VEVENT") == 201
