"""What looks after encounters at night, and when officials leave: clocks that a country changed, handovers, erasure."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from portal.accounts.handovers import handovers
from portal.notices.models import Notification
from share.models import Event, EventChange, EventOrganiser, EventSeries, Speaker
from share.personal.organising import erase_organising, export_organising
from share.services.events import event_times_refresh
from share.tasks.organising import extend_series, refresh_event_times
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db


def moved_by_rules(at: Event) -> Event:
    """Leave an event as it was worked out under rules that the country has changed since."""
    Event.objects.filter(pk=at.pk).update(
        starts_at=at.starts_at + timedelta(hours=1), ends_at=at.ends_at + timedelta(hours=1)
    )
    return at


def test_when_a_country_changes_its_clocks_the_hour_there_stays_and_people_and_calendars_are_told():
    """What has ended is left as it was."""
    right, wrong = event(organiser=member()), moved_by_rules(event(organiser=member()))
    over = moved_by_rules(event(organiser=member(), starts=timezone.now() - timedelta(days=40)))
    going = registered(wrong).user
    assert event_times_refresh() == 1
    starts_at, start_time = wrong.starts_at, wrong.start_time
    wrong.refresh_from_db()
    assert (wrong.starts_at, wrong.start_time, wrong.sequence) == (starts_at, start_time, 1)
    assert wrong.changes.get().fields == ["time_zone_rules"]
    assert "Cambió la hora oficial" in Notification.objects.get(user=going, kind="event-changed").text
    for untouched in (right, over):
        untouched.refresh_from_db()
        assert untouched.sequence == 0
    assert event_times_refresh() == 0


def test_it_is_done_every_night_and_by_hand_after_an_update():
    """By the task, and by the command."""
    moved_by_rules(event(organiser=member()))
    assert refresh_event_times() == 1
    moved_by_rules(event(organiser=member()))
    said = StringIO()
    call_command("refresh_event_times", stdout=said)
    assert "1" in said.getvalue()
    assert extend_series() == 0


def test_upcoming_events_of_a_municipality_pass_to_who_follows(django_assert_max_num_queries):
    """Those that are over or cancelled, and other towns', stay as they are."""
    work, follower = MembershipFactory(), member()
    handover = handovers.get("events")
    mine = event(organiser=work.user, municipality=work.municipality)
    event(organiser=work.user)
    event(organiser=work.user, municipality=work.municipality, starts=timezone.now() - timedelta(days=9))
    held = handover.held(work.user, work.municipality)
    assert held == [str(mine.pk)]
    assert handover.pass_on(work.user, work.municipality, follower, held) == 1
    assert list(mine.organisers.values_list("user_id", flat=True)) == [follower.pk]
    assert handover.pass_on(follower, work.municipality, None, held) == 1
    assert not mine.organisers.exists()


def test_a_copy_of_her_data_says_what_she_organised_and_erasure_leaves_no_name():
    """The encounter stays, its draft that nobody else knows of does not."""
    her = member(name="Zoe Quiroga")
    at = event(organiser=her)
    event(organiser=her, status="draft", published_at=None)
    Speaker.objects.create(event=at, name="Zoe Quiroga", user=her)
    EventChange.objects.create(event=at, kind="edited", by=her, reason="Porque lo pidió Zoe")
    EventSeries.objects.create(
        rule="FREQ=DAILY", time_zone="UTC", first_on=at.start_date, start_time=at.start_time, created_by=her
    )
    told = export_organising(her)
    assert [row["event"] for row in told["organised"]] == [at.title] * 2
    assert told["spoke"][0]["name"] == "Zoe Quiroga"
    erase_organising(her)
    erase_organising(her)
    assert Event.objects.get().created_by is None
    assert not EventOrganiser.objects.filter(user=her).exists()
    assert not Speaker.objects.exists()
    assert (at.changes.get().by, at.changes.get().reason) == (None, "")
    assert EventSeries.objects.get().created_by is None


def test_the_team_hides_shows_and_cancels_in_the_admin_with_a_reason(client):
    """Without one it does nothing; the list counts no further than it must."""
    staff = UserFactory(superuser=True)
    client.force_login(staff)
    at = event(organiser=member())
    address = reverse("admin:share_event_changelist")
    chosen = {"_selected_action": [at.pk]}
    assert client.get(address).status_code == 200
    client.post(address, {**chosen, "action": "hide", "reason": ""})
    at.refresh_from_db()
    assert at.hidden_at is None
    client.post(address, {**chosen, "action": "hide", "reason": "Publicidad"})
    at.refresh_from_db()
    assert at.hidden_at
    client.post(address, {**chosen, "action": "show"})
    client.post(address, {**chosen, "action": "cancel", "reason": "Duplicado"})
    at.refresh_from_db()
    assert (at.hidden_at, at.status, at.cancel_reason) == (None, "cancelled", "Duplicado")
    page = client.get(reverse("admin:share_event_change", args=[at.pk])).content.decode()
    assert "Publicidad" in page
