"""The page of an encounter: what it says, to whom, and what it never says."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from portal.safety.services import block_add
from share.events.entries import event_entry_refresh
from share.models import Event, EventChange, EventSeries, Session, Speaker
from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
LINK = "https://reunion.example.org/secreto"


def page(client, made: Event) -> str:
    answer = client.get(made.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def described(client, made: Event) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(client, made))
    return json.loads(found[1])


def status_for(client, made: Event, reader) -> int:
    client.logout()
    if reader:
        client.force_login(reader)
    return client.get(made.get_absolute_url()).status_code


def roles(organiser) -> dict:
    return {
        "visitor": None,
        "account": UserFactory(),
        "left": MembershipFactory(left=True).user,
        "member": member(),
        "colleague elsewhere": member(municipality=MunicipalityFactory()),
        "organiser": organiser,
        "staff": UserFactory(staff=True),
    }


@pytest.mark.parametrize("is_kept", [False, True])
def test_each_reader_sees_the_pages_that_are_hers(client, settings, is_kept):
    cache.clear()
    settings.VISITOR_CACHE_SECONDS = 300 if is_kept else 0
    organiser = member()
    readers = roles(organiser)
    everybody = set(readers)
    network = {"member", "colleague elsewhere", "organiser", "staff"}
    hidden = event(organiser=organiser)
    Event.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    cases = [
        (event(organiser=organiser), everybody),
        (event(organiser=organiser, visibility="members"), network),
        (event(organiser=organiser, status="draft", published_at=None), {"organiser", "staff"}),
        (hidden, {"organiser", "staff"}),
        (event(organiser=organiser, status="cancelled", cancelled_at=timezone.now()), everybody),
    ]
    for made, expected in cases:
        # Twice: the second answer comes from what was kept.
        for _time in range(2):
            found = {name for name, reader in readers.items() if status_for(client, made, reader) == 200}
            assert found == expected, made.status


def test_where_one_connects_stands_nowhere_but_in_the_part_of_who_goes(client):
    made = event(link=LINK, description_html="<p>Hola</p>")
    event_entry_refresh(event_id=made.pk)
    assert LINK not in page(client, made)
    client.force_login(member())
    assert LINK not in page(client, made)
    going = member()
    registered(made, going)
    client.force_login(going)
    assert LINK in page(client, made)


def test_a_kept_page_holds_nothing_of_who_read_it_first(client, settings):
    cache.clear()
    settings.VISITOR_CACHE_SECONDS = 300
    made = event(link=LINK)
    going = member()
    registered(made, going)
    client.force_login(going)
    assert LINK in page(client, made)
    client.force_login(member())
    assert LINK not in page(client, made)


def test_a_changed_event_is_read_as_it_is_now(client, settings, django_capture_on_commit_callbacks):
    cache.clear()
    settings.VISITOR_CACHE_SECONDS = 300
    made = event()
    page(client, made)
    Event.objects.filter(pk=made.pk).update(summary="Traé la planilla")
    with django_capture_on_commit_callbacks(execute=True):
        event_entry_refresh(event_id=made.pk)
    assert "Traé la planilla" in page(client, made)


def test_other_words_in_the_address_lead_to_those_of_today(client):
    made = event(title="Nuevo título")
    answer = client.get(f"/intercambiar/encuentros/{made.pk}/titulo-viejo/")
    assert (answer.status_code, answer.headers["Location"]) == (302, made.get_absolute_url())


def test_what_was_cancelled_moved_or_is_no_more_than_a_draft_says_so_on_top(client):
    organiser = member()
    client.force_login(organiser)
    cancelled = event(status="cancelled", cancelled_at=timezone.now(), cancel_reason="Llueve <b>mucho</b>")
    text = page(client, cancelled)
    assert "se canceló" in text
    assert "Llueve &lt;b&gt;mucho&lt;/b&gt;" in text
    moved = event(published_at=timezone.now() - timedelta(days=5))
    EventChange.objects.create(event=moved, kind="moved", reason="Por el feriado")
    assert "Cambió de día u hora" in page(client, moved)
    assert "Por el feriado" in page(client, moved)
    draft = event(organiser=organiser, status="draft", published_at=None)
    assert "Es un borrador" in page(client, draft)


def test_sessions_are_told_by_the_clock_on_the_wall_also_when_it_is_changed_meanwhile(client):
    # Santiago puts its clock back at midnight of April 3rd, 2027 (24:00 becomes 23:00).
    made = event(
        title="noche larga",
        starts=datetime(2027, 4, 4, 0, 30, tzinfo=UTC),
        hours=6,
        time_zone="America/Santiago",
    )
    Session.objects.create(event=made, begins_after=120, minutes=60, title="Segunda parte")
    assert "de 21:30" in page(client, made) or "21:30" in page(client, made)
    session = client.get(made.get_absolute_url()).context["page"].sessions[0]
    assert session.clock.starts == "2027-04-03T23:30-03:00"


def test_programs_read_when_where_and_whether_it_takes_place(client):
    made = event(
        title="</script><script>alert(1)</script>",
        link=LINK,
        venue="Salón",
        latitude=-34.9,
        longitude=-57.9,
        starts=datetime(2027, 5, 3, 14, 0, tzinfo=UTC),
    )
    told = described(client, made)
    assert told["@type"] == "Event"
    assert told["name"] == "</script><script>alert(1)</script>"
    assert (told["startDate"], told["endDate"]) == ("2027-05-03T11:00-03:00", "2027-05-03T13:00-03:00")
    assert told["eventStatus"].endswith("/EventScheduled")
    assert told["eventAttendanceMode"].endswith("/MixedEventAttendanceMode")
    assert [place["@type"] for place in told["location"]] == ["Place", "VirtualLocation"]
    assert LINK not in json.dumps(told)
    assert "<script>alert" not in page(client, made)


def test_programs_read_of_a_moved_date_of_a_series_when_it_was_to_be(client):
    series = EventSeries.objects.create(
        rule="FREQ=WEEKLY;COUNT=2", time_zone="America/Lima", first_on=date(2027, 5, 4), start_time="09:00"
    )
    wanted = {"series": series, "time_zone": "America/Lima"}
    moved = event(
        starts=datetime(2027, 5, 5, 14, 0, tzinfo=UTC),
        occurrence_on=date(2027, 5, 4),
        is_changed_alone=True,
        **wanted,
    )
    other = event(starts=datetime(2027, 5, 11, 14, 0, tzinfo=UTC), occurrence_on=date(2027, 5, 11), **wanted)
    told = described(client, moved)
    assert told["eventStatus"].endswith("/EventRescheduled")
    assert told["previousStartDate"] == "2027-05-04T09:00-05:00"
    assert other.get_absolute_url() in page(client, moved)
    cancelled = event(status="cancelled", cancelled_at=timezone.now())
    assert described(client, cancelled)["eventStatus"].endswith("/EventCancelled")


def test_search_engines_are_not_told_of_what_is_for_members(client):
    client.force_login(member())
    text = page(client, event(visibility="members"))
    assert 'content="noindex"' in text
    assert "application/ld+json" not in text


def test_who_organises_and_speaks_is_named_to_members_and_to_others_only_if_she_agreed(client):
    organiser = member(name="Olga Organiza")
    speaker = member(name="Sara Habla")
    made = event(organiser=organiser)
    Speaker.objects.create(event=made, name="Sara Habla", role="Ambiente", user=speaker)
    Speaker.objects.create(event=made, name="Invitada Externa")
    event_entry_refresh(event_id=made.pk)
    text = page(client, made)
    assert "Invitada Externa" in text
    assert "Olga Organiza" not in text
    assert "Sara Habla" not in text
    client.force_login(member())
    text = page(client, made)
    assert "Olga Organiza" in text
    assert "Sara Habla" in text
    assert client.get("/buscar/?q=Sara+Habla").content.decode().count(made.get_absolute_url()) == 0


def test_somebody_who_is_blocked_reads_the_page_as_everybody_does(client):
    organiser, blocked = listed(), listed()
    made = event(organiser=organiser)
    block_add(user=organiser, other=blocked, known_as="x")
    client.force_login(blocked)
    assert page(client, made)


def test_a_member_elsewhere_reads_her_own_time_without_scripts(client):
    made = event(starts=datetime(2027, 5, 3, 14, 0, tzinfo=UTC))
    client.force_login(member(time_zone="Europe/Madrid"))
    text = page(client, made)
    assert "de 16:00 a 18:00" in text
    assert "hora de Madrid" in text
    client.force_login(member())
    assert "Para vos:" not in page(client, made)


def test_the_page_asks_the_same_of_the_database_however_much_there_is(client, django_assert_max_num_queries):
    organiser = member()
    made = event(organiser=organiser, areas=["health"])
    event_entry_refresh(event_id=made.pk)
    client.force_login(member())
    page(client, made)
    with django_assert_max_num_queries(25) as few:
        page(client, made)
    for number in range(8):
        session = Session.objects.create(event=made, begins_after=number * 10, minutes=10, title=f"s{number}")
        Speaker.objects.create(event=made, name=f"p{number}", session=session, user=member())
        made.organisers.create(user=member())
    with django_assert_max_num_queries(27) as many:
        page(client, made)
    assert len(many) <= len(few) + 2
