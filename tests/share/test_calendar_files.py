"""One encounter as a file, and texts that were never written or are of an older form."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.core.starter import starter_contents
from portal.pages.models import StarterLoad
from portal.pages.services import starter_load
from share.calendars import feeds
from share.calendars.feeds import Feed, feed_events
from share.models import Event
from share.services import calendars
from share.views import calendars as views
from tests.portal.accounts_factories import MembershipFactory
from tests.share.calendars import parsed, refreshed
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
LINK = "https://reunion.example.org/secreto"
SITE = "/intercambiar/calendario/encuentros.ics"


def file_of(made, user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client.get(reverse("share:event-ics", args=[made.pk]))


def test_whoever_goes_takes_the_link_along_and_nobody_else_does():
    made = event(title="charla", link=LINK, link_note="Clave: 1234")
    refreshed(made)
    going = registered(made).user
    former = registered(made, MembershipFactory(left=True).user).user
    waiting = registered(made, member(), "waiting", place=1).user
    interested = registered(made, member(), "interested").user
    own = file_of(made, going)
    [found] = parsed(own.content).events
    assert str(found["CONFERENCE"]) == LINK
    assert "Clave: 1234" in found["DESCRIPTION"]
    assert own.headers["Cache-Control"] == "private, no-cache"
    for reader in (None, waiting, interested, former, member()):
        content = file_of(made, reader).content
        assert b"secreto" not in content.replace(b"\r\n ", b"")
        assert b"1234" not in content.replace(b"\r\n ", b"")
    [hers] = parsed(file_of(made, waiting).content).events
    assert hers["STATUS"] == "TENTATIVE"


def test_an_unchanged_file_of_ones_own_is_not_sent_again_and_a_visitor_s_is_for_everybody():
    made = event(link=LINK)
    refreshed(made)
    client = Client()
    client.force_login(registered(made).user)
    path = reverse("share:event-ics", args=[made.pk])
    etag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "private, no-cache")
    assert Client().get(path, headers={"If-None-Match": etag}).status_code == 200
    assert file_of(made).headers["Cache-Control"].startswith("public")


def test_a_file_whose_text_was_never_written_is_written_and_not_empty():
    made = event(title="recién publicado", link=LINK)
    going = registered(made).user
    assert Event.objects.get(pk=made.pk).calendar_text == ""
    [found] = parsed(file_of(made, going).content).events
    assert found["SUMMARY"] == "recién publicado"
    other = event(title="otro")
    assert [str(one["SUMMARY"]) for one in parsed(file_of(other).content).events] == ["otro"]


def all_is_loaded_but_calendars() -> None:
    StarterLoad.objects.filter(content="calendars").delete()
    for one in (one for one in starter_contents if one.id != "calendars"):
        StarterLoad.objects.update_or_create(content=one.id, defaults={"version": one.version})


def test_the_first_start_after_an_update_writes_every_text_before_anybody_reads_one():
    all_is_loaded_but_calendars()
    never, older = event(title="nunca escrito"), event(title="de antes")
    Event.objects.filter(pk=older.pk).update(calendar_text="BEGIN:VEVENT\r\nEND:VEVENT\r\n")
    assert len(list(starter_load())) == 1
    found = {str(one["SUMMARY"]) for one in parsed(Client().get(SITE).content).events}
    assert found == {never.title, older.title}
    assert list(starter_load()) == []


def test_another_form_or_another_address_of_the_site_is_another_version(monkeypatch, settings):
    versions = {calendars.calendar_texts_version()}
    settings.SITE_URL = "https://otro.example.org"
    versions.add(calendars.calendar_texts_version())
    monkeypatch.setattr(calendars, "FORM", "otra")
    versions.add(calendars.calendar_texts_version())
    assert len(versions) == 3


def test_a_visitor_takes_thousands_only_so_often_and_is_told_for_nothing_that_they_are_the_same(monkeypatch):
    monkeypatch.setattr(views, "BATCH_SIZE", 1)
    monkeypatch.setattr(views.LargeExportThrottle, "rate", "1/hour")
    refreshed(event())
    path, client = f"{SITE}?todo=1", Client()
    first = client.get(path)
    assert client.get(path).status_code == 429
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get(SITE).status_code == 200
    client.force_login(member())
    assert client.get(path).status_code == 200


def test_new_rules_of_a_country_s_clocks_make_a_feed_another(monkeypatch):
    refreshed(event())
    before = Feed(feed_events(member()), "").etag
    monkeypatch.setattr(feeds, "zones_text", lambda spans: "BEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\n")
    assert Feed(feed_events(member()), "").etag != before
