"""A person's own calendar, at an address that is its only key."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.services import account_erase
from share.models import CalendarFeed, Event
from share.services.calendars import calendar_feed_make, token_hash
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.share.calendars import moments_by_its_own_zones, parsed, refreshed
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
PAGE = "/intercambiar/calendario/"


def address(user, interests: bool = True) -> str:
    path = reverse("share:personal-ics", args=[calendar_feed_make(user=user)])
    return path if interests else f"{path}?sin_interes=1"


def events_at(path: str) -> dict[str, str]:
    """Return the titles of a calendar with their states."""
    response = Client().get(path)
    assert response.status_code == 200
    return {str(one["SUMMARY"]): str(one["STATUS"]) for one in parsed(response.content).events}


def test_it_has_what_she_goes_to_waits_for_and_is_interested_in_and_nothing_of_others():
    her = member()
    said = {
        "va": "going", "le interesa": "interested", "no va": "not_going", "dejó pasar": "lapsed",
    }  # fmt: skip
    made = {title: event(title=title) for title in [*said, "espera", "ofrecido", "ajeno", "cancelado"]}
    registered(made["espera"], her, "waiting", place=1)
    registered(made["ofrecido"], her, "offered", place=1, offer_expires_at=timezone.now() + timedelta(days=1))
    registered(made["cancelado"], her)
    registered(made["ajeno"])
    for title, status in said.items():
        registered(made[title], her, status)
    Event.objects.filter(title="cancelado").update(status="cancelled", cancelled_at=timezone.now())
    refreshed(*made.values())
    expected = {
        "va": "CONFIRMED", "cancelado": "CANCELLED", "En lista de espera: espera": "TENTATIVE",
        "Lugar por confirmar: ofrecido": "TENTATIVE",
    }  # fmt: skip
    assert events_at(address(her)) == {**expected, "le interesa": "TENTATIVE"}
    assert events_at(address(her, interests=False)) == expected


def test_it_tells_where_to_connect_to_whoever_has_a_place_only():
    her = member()
    going, waiting = event(title="va", link_note="Clave: ñandú; 1,5 " + "é" * 90), event(title="espera")
    interested = event(title="le interesa", venue="Plaza", link="sala 3")
    registered(going, her)
    registered(waiting, her, "waiting", place=1)
    registered(interested, her, "interested")
    refreshed(going, waiting, interested)
    calendar = parsed(Client().get(address(her)).content)
    shown = {str(one["UID"]): one for one in calendar.events}
    hers = shown[str(going.public_id)]
    assert hers["LOCATION"] == going.link
    assert hers["DESCRIPTION"].endswith(f"Para conectarte: {going.link}\n{going.link_note}")
    assert hers["CONFERENCE"] == going.link and hers["TRANSP"] == "OPAQUE"
    for one in (waiting, interested):
        assert one.link not in calendar.to_ical().decode().replace("\r\n ", "").replace(
            hers.to_ical().decode().replace("\r\n ", ""), ""
        )
    assert shown[str(interested.public_id)]["TRANSP"] == "TRANSPARENT"
    assert "@" not in re.sub(r"mailto:portal@localhost", "", calendar.to_ical().decode().replace("\r\n ", ""))


def test_it_is_right_across_a_change_of_clocks():
    her, at = member(), timezone.now() + timedelta(days=5)
    made = [event(time_zone=zone, starts=at) for zone in ("America/Santiago", "Europe/Madrid")]
    for one in made:
        registered(one, her)
    refreshed(*made)
    found = moments_by_its_own_zones(Client().get(address(her)).content)
    assert {start for start, _end in found.values()} == {at.replace(second=0, microsecond=0)}


def test_a_wrong_address_and_that_of_a_closed_account_are_the_same_nothing():
    her = member()
    path = address(her)
    assert Client().get(path).status_code == 200
    wrong = Client().get(reverse("share:personal-ics", args=["x" * 43]))
    her.is_active = False
    her.save()
    assert Client().get(path).status_code == wrong.status_code == 404
    erased = member()
    path = address(erased)
    account_erase(user=erased, actor=erased)
    assert Client().get(path).status_code == 404
    assert not CalendarFeed.objects.filter(user=erased).exists()


def test_whoever_left_the_network_has_an_empty_calendar_that_is_one():
    her = MembershipFactory(left=True).user
    one = event()
    registered(one, her)
    refreshed(one)
    assert events_at(address(her)) == {}


def test_only_a_hash_of_the_address_is_kept_and_a_new_one_closes_the_one_before():
    her = member()
    first = calendar_feed_make(user=her)
    second = calendar_feed_make(user=her)
    kept = CalendarFeed.objects.get()
    assert kept.token_hash == token_hash(second) and second not in str(vars(kept))
    assert Client().get(reverse("share:personal-ics", args=[first])).status_code == 404
    assert Client().get(reverse("share:personal-ics", args=[second])).status_code == 200


def test_the_day_it_was_read_is_noted_once_and_reading_is_cheap(django_assert_num_queries):
    her = member()
    made = [event(title=f"{number}") for number in range(8)]
    for one in made:
        registered(one, her)
    refreshed(*made)
    path = address(her)
    first = Client().get(path)
    assert CalendarFeed.objects.get().read_on == timezone.now().date()
    with django_assert_num_queries(3):
        assert len(parsed(Client().get(path).content).events) == 8
    again = Client().get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "private" in first.headers["Cache-Control"] and "noindex" in first.headers["X-Robots-Tag"]


def test_the_page_shows_the_address_once_and_lets_her_take_it_back():
    her = member()
    client = Client()
    client.force_login(her)
    made = client.post(reverse("share:calendar-make"), {"sin_interes": "1"})
    [shown] = re.findall(r'value="([^"]+/mio/[^"]+)"', made.content.decode())
    assert shown.endswith(".ics?sin_interes=1") and "no-store" in made.headers["Cache-Control"]
    assert Client().get("/" + shown.split("/", 3)[3]).status_code == 200
    later = client.get(PAGE).content.decode()
    assert "/mio/" not in re.sub(r"/mio/(nuevo|quitar)/", "", later) and "Hacer una dirección nueva" in later
    client.post(reverse("share:calendar-drop"))
    assert not CalendarFeed.objects.exists()


def test_the_page_is_for_everybody_and_making_an_address_for_accounts():
    page = Client().get(PAGE).content.decode()
    assert "webcal://" in page and "/calendario/encuentros.ics" in page and "account_login" not in page
    client = Client()
    client.force_login(UserFactory())
    for name, status in (("share:calendar-make", 302), ("share:calendar-drop", 405)):
        assert "login" in Client().post(reverse(name)).headers["Location"]
        assert client.get(reverse(name)).status_code == status
    assert not CalendarFeed.objects.exists()
