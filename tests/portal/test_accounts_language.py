"""The language that a person is written to in, her clock, and which language a page speaks."""

from zoneinfo import available_timezones

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.accounts.models import User
from portal.accounts.time_zones import known_zone, zone_choices
from tests.portal.accounts_factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

COOKIE = settings.LANGUAGE_COOKIE_NAME
NEW = {"name": "Ana Rojas", "email": "ana@example.org", "password1": "correcto-caballo-batería"}
PAGE = reverse("accounts:language-and-time")


@pytest.fixture
def person(client: Client) -> User:
    person = UserFactory()
    client.force_login(person)
    return person


def signed_up(client: Client, **fields: str) -> User:
    client.post(reverse("account_signup"), {**NEW, **fields})
    return User.objects.get(email=NEW["email"])


def signed_in(client: Client, person: User, **headers: str):
    data = {"login": person.email, "password": PASSWORD}
    return client.post(reverse("account_login"), data, headers=headers)


def language_of(client: Client) -> str:
    return client.get(reverse("pages:style-guide")).headers["Content-Language"]


def test_an_account_begins_in_the_language_of_the_page_it_was_opened_on(client):
    client.cookies[COOKIE] = "pt-br"
    assert signed_up(client).language == "pt-br"


def test_an_account_begins_in_the_portal_s_language_whatever_the_browser_wishes(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert signed_up(client).language == settings.LANGUAGE_CODE


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("America/Bogota", "America/Bogota"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("", settings.TIME_ZONE),
        ("Marte/Olimpo", settings.TIME_ZONE),
        ("../../etc/passwd", settings.TIME_ZONE),
        ("<script>" * 500, settings.TIME_ZONE),
    ],
)
def test_an_account_begins_with_the_browser_s_time_zone_where_there_is_such_a_zone(client, said, kept):
    assert signed_up(client, time_zone=said).time_zone == kept


def test_the_sign_up_page_leaves_the_browser_a_place_for_its_zone(client):
    html = client.get(reverse("account_signup")).content.decode()
    assert "data-browser-zone" in html and "js/accounts/time-zone.js" in html


def test_a_person_who_switches_the_page_s_language_is_written_to_in_it(client, person):
    client.get(reverse("pages:language", args=["en"]))
    person.refresh_from_db()
    assert person.language == "en"
    assert language_of(client) == "en"


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Purpose": "prefetch;prerender"}])
def test_another_site_and_looking_ahead_change_no_account(client, person, headers):
    client.get(reverse("pages:language", args=["en"]), headers=headers)
    person.refresh_from_db()
    assert person.language == settings.LANGUAGE_CODE


def test_a_visitor_s_choice_is_hers_alone(client):
    other = UserFactory()
    client.get(reverse("pages:language", args=["en"]))
    other.refresh_from_db()
    assert other.language == settings.LANGUAGE_CODE
    assert language_of(client) == "en"


@pytest.mark.parametrize("device_spoke", [None, "es-ar", "pt-br"])
def test_a_session_on_another_device_begins_in_the_account_s_language(client, device_spoke):
    person = UserFactory(language="en")
    if device_spoke:
        client.cookies[COOKIE] = device_spoke
    assert signed_in(client, person).status_code == 302
    assert language_of(client) == "en"
    person.refresh_from_db()
    assert person.language == "en"


def test_the_cookie_speaks_before_the_browser_s_wish_and_an_unknown_one_does_not_speak(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "pt-br"
    assert language_of(client) == settings.LANGUAGE_CODE
    client.cookies[COOKIE] = "en"
    assert language_of(client) == "en"
    client.cookies[COOKIE] = "tlh"
    assert language_of(client) == settings.LANGUAGE_CODE


def test_the_account_page_says_in_what_language_and_by_what_clock_it_writes(client, person):
    User.objects.filter(pk=person.pk).update(language="pt-br", time_zone="America/Bogota")
    html = client.get(reverse("accounts:profile")).content.decode()
    assert "Português" in html and "Bogotá (UTC−5)" in html
    assert PAGE in html


def test_language_and_zone_are_changed_together(client, person):
    answer = client.post(PAGE, {"language": "en", "time_zone": "America/Lima"}, follow=True)
    assert "Guardamos tu idioma y tu zona horaria." in answer.content.decode()
    person.refresh_from_db()
    assert (person.language, person.time_zone) == ("en", "America/Lima")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("time_zone", "Marte/Olimpo", "Esa zona horaria no existe."),
        ("time_zone", "America/Lima\0", "Esa zona horaria no existe."),
        ("language", "tlh", "Elegí una de las opciones"),
    ],
)
def test_what_there_is_not_is_refused_beside_its_field_and_nothing_is_kept(
    client, person, field, value, said
):
    data = {"language": "en", "time_zone": "America/Lima", field: value}
    answer = client.post(PAGE, data)
    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors[field])
    person.refresh_from_db()
    assert (person.language, person.time_zone) == (settings.LANGUAGE_CODE, settings.TIME_ZONE)


def test_an_old_name_of_a_zone_shows_as_the_present_one(client, person):
    User.objects.filter(pk=person.pk).update(time_zone="America/Buenos_Aires")
    html = client.get(PAGE).content.decode()
    assert '<option value="America/Argentina/Buenos_Aires" selected>' in html


def test_a_visitor_is_asked_to_sign_in(client):
    assert client.get(PAGE).status_code == 302


def test_zones_are_grouped_by_country_with_the_portal_s_and_the_network_s_first():
    with translation.override("es-ar"):
        groups = zone_choices()
    names = [name for name, _zones in groups]
    assert names[:3] == ["Argentina", "Bolivia", "Brasil"]
    assert names.index("Venezuela") < names.index("Afganistán")
    assert ("America/Argentina/Buenos_Aires", "Buenos Aires (UTC−3)") in groups[0][1]
    assert dict(groups)["Islas Malvinas (Arg.)"] == [("Atlantic/Stanley", "Puerto Argentino (UTC−3)")]


def test_every_zone_that_is_offered_exists_and_is_kept_as_it_is():
    offered = [zone for _country, zones in zone_choices() for zone, _label in zones]
    assert len(offered) == len(set(offered)) > 400
    assert set(offered) <= available_timezones()
    assert all(known_zone(zone) == zone for zone in offered)


def test_zones_are_named_in_the_reader_s_language():
    with translation.override("en"):
        assert "Brazil" in dict(zone_choices())
    with translation.override("pt-br"):
        assert "Espanha" in dict(zone_choices())


def test_who_confirms_her_address_begins_in_her_own_language(client):
    person = UserFactory(has_confirmed_email=False, language="pt-br")
    EmailAddress.objects.filter(user=person).update(verified=True)
    signed_in(client, person)
    assert language_of(client) == "pt-br"
