"""Encounters as a list: which, in which order, counted the same everywhere."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from share.models import Event
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
PATH = "/intercambiar/encuentros/"


def titles(client: Client, query: str = "") -> list[str]:
    found = client.get(f"{PATH}{query}").context
    if "events" in found:
        return [one.event.title for one in found["events"]]
    return [one.event.title for day in found["days"] for one in day.events]


def total(client: Client, query: str = "") -> int:
    return client.get(f"{PATH}{query}").context["total"].number


def in_days(days: float, title: str, **wanted: object) -> Event:
    return event(title=title, starts=timezone.now() + timedelta(days=days), **wanted)


def test_what_is_to_come_stands_in_the_order_in_which_it_begins_and_what_was_the_other_way_round(client):
    in_days(9, "después")
    in_days(2, "antes")
    in_days(-20, "hace mucho")
    in_days(-3, "hace poco")
    assert titles(client) == ["antes", "después"]
    assert titles(client, "?cuando=pasados") == ["hace poco", "hace mucho"]


def test_what_goes_on_now_is_not_over(client):
    in_days(-0.02, "ahora")
    in_days(-40, "muestra de dos meses", hours=24 * 60)
    assert titles(client) == ["muestra de dos meses", "ahora"]
    assert titles(client, "?cuando=pasados") == []


def test_each_reader_finds_and_counts_what_is_announced_to_her_and_no_draft(client):
    organiser = member()
    in_days(1, "abierto")
    in_days(2, "de la red", visibility="members")
    in_days(3, "borrador", status="draft", organiser=organiser)
    hidden = in_days(4, "oculto", organiser=organiser)
    Event.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    in_days(5, "cancelado", status="cancelled", cancelled_at=timezone.now())
    everybody, members = ["abierto", "cancelado"], ["abierto", "de la red", "cancelado"]
    readers = {
        None: everybody,
        UserFactory(): everybody,
        MembershipFactory(left=True).user: everybody,
        member(): members,
        organiser: members,
        UserFactory(staff=True): members,
    }
    for reader, expected in readers.items():
        client.logout()
        if reader:
            client.force_login(reader)
        assert titles(client) == expected
        assert total(client) == len(expected)


def test_facets_count_what_a_choice_would_leave_and_choices_add_up(client):
    in_days(1, "charla", areas=["health"])
    in_days(2, "visita", kind="visit", venue="Vivero", link="", areas=["health"])
    in_days(3, "taller", kind="workshop", areas=["open-government"])
    page = client.get(f"{PATH}?area=health").context
    kinds = next(one for one in page["facets"] if one.facet.id == "kind")
    assert {one.value: one.count.number for one in kinds.first} == {"webinar": 1, "visit": 1}
    assert titles(client, "?area=health&format=in_person") == ["visita"]
    assert titles(client, "?kind=visit&kind=workshop") == ["visita", "taller"]
    assert [text for text, _url in page["chips"]] == ["health"]


def test_places_narrow_down_by_country_province_and_population(client):
    town = MunicipalityFactory(name="Chica", population=5_000, region_code="06")
    in_days(1, "suyo", municipality=town)
    in_days(2, "de nadie")
    for query in (f"?country={town.country_id}", f"?province={town.country_id}-06", "?population=1"):
        assert titles(client, query) == ["suyo"]


def test_what_was_left_behind_can_be_looked_for_among_what_is_over(client):
    in_days(-5, "con grabación", has_recording=True)
    in_days(-4, "con acta", has_minutes=True)
    assert titles(client, "?cuando=pasados&left=recording") == ["con grabación"]


def test_pages_go_by_key_and_leave_out_and_repeat_nothing(client):
    for number in range(23):
        # Two begin at once each time.
        in_days(number // 2 + 1, f"e{number}")
    first = client.get(PATH).context["page"]
    second = titles(client, f"?cursor={first.next_cursor}")
    assert len(first.rows) == 20
    assert {row.title for row in first.rows} | set(second) == {f"e{number}" for number in range(23)}
    assert len(second) == 3


@pytest.mark.parametrize(
    "query",
    [
        "?cursor=%00",
        "?mes=2026-13&vista=mes",
        "?dia=ayer",
        "?kind='--",
        "?orden=x",
        "?q=%00",
        "?vista=mes&mes=0001-01",
    ],
)
def test_nonsense_in_the_address_is_no_error(client, query):
    in_days(1, "uno")
    assert client.get(f"{PATH}{query}").status_code == 200


def test_a_member_sees_what_is_hers_and_a_visitor_has_nothing_of_her_own(client):
    reader = member()
    in_days(1, "de otros")
    registered(in_days(2, "mío"), reader)
    registered(in_days(3, "al que no voy"), reader, status="not_going")
    in_days(4, "que organizo", organiser=reader)
    assert titles(client, "?mine=yes") == []
    client.force_login(reader)
    assert titles(client, "?mine=yes") == ["mío", "que organizo"]
    assert "Tu próximo encuentro" in client.get(PATH).content.decode()


def test_a_month_holds_each_event_on_the_day_that_its_own_clock_shows(client):
    # 23:30 of the 31st in Buenos Aires is the 1st for universal time.
    at = datetime(2027, 2, 1, 2, 30, tzinfo=UTC)
    event(title="tarde", starts=at)
    event(title="en Madrid ya es febrero", starts=at, time_zone="Europe/Madrid")
    assert titles(client, "?vista=mes&mes=2027-01") == ["tarde"]
    assert titles(client, "?vista=mes&mes=2027-02") == ["en Madrid ya es febrero"]
    assert total(client, "?vista=mes&mes=2027-01") == 1
    days = client.get(f"{PATH}?vista=mes&mes=2027-01").context["days"]
    assert [day.day.day for day in days if day.events] == [31]
    assert len(days) == 31


def test_a_full_day_of_the_month_leads_to_all_of_it(client):
    for number in range(5):
        event(title=f"e{number}", starts=datetime(2027, 3, 10, 12 + number, tzinfo=UTC))
    day = client.get(f"{PATH}?vista=mes&mes=2027-03").context["days"][9]
    assert (len(day.events), day.more) == (3, 2)
    assert len(titles(client, "?dia=2027-03-10")) == 5


def test_files_hold_exactly_what_the_page_counts_in_its_order_and_run_no_formula(client):
    in_days(2, "=1+1", areas=["health"])
    in_days(1, "antes", areas=["health"])
    in_days(3, "otro")
    answer = client.get(f"{PATH}exportar.csv?area=health")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["antes", "'=1+1"]
    assert "reunion.example.org" not in str(rows)
    book = load_workbook(io.BytesIO(client.get(f"{PATH}exportar.xlsx?area=health").getvalue()))
    assert book.active.max_row == 3
    assert total(client, "?area=health") == 2


def test_times_name_the_zone_and_give_the_reader_s_clock_what_it_needs(client):
    event(title="allá", starts=datetime(2027, 5, 3, 14, 0, tzinfo=UTC), time_zone="America/Santiago")
    page = client.get(PATH).content.decode()
    assert "lunes 3 de mayo de 2027, de 10:00 a 12:00" in page
    assert "hora de Santiago" in page
    assert 'data-zone="America/Santiago"' in page
    assert 'datetime="2027-05-03T10:00-04:00"' in page


def test_the_first_address_of_the_function_leads_to_the_encounters(client):
    assert client.get("/intercambiar/").headers["Location"] == PATH


def test_an_empty_list_says_what_to_do(client):
    assert "No hay encuentros por venir" in client.get(PATH).content.decode()
    assert "No encontramos encuentros" in client.get(f"{PATH}?q=nada").content.decode()
