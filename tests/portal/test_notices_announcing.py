"""Announcements: everybody once, in her language and at her hours, whatever happens to the worker."""

from datetime import time as clock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import Membership
from portal.audit.models import AuditEvent
from portal.notices import tasks
from portal.notices.models import Announcement, NoticePreference, NoticeSettings, Notification
from portal.notices.services import (
    AlreadyStarted,
    announcement_cancel,
    announcement_start,
    announcement_tell,
    announcing,
    deliveries_sweep,
)
from tests.portal.killed_processes import killed_at, wait_until
from tests.portal.notices_factories import MemberFactory, NotificationFactory, a_person
from tests.portal.places_factories import CountryFactory

STATUS, MAIL = Announcement.Status, Notification.EmailStatus


def started(**fields) -> Announcement:
    author = a_person(is_staff=True, is_active=False)
    announcement = Announcement.objects.create(
        **{"text": "El martes hay encuentro", "url": "/conectarme/", "created_by": author, **fields}
    )
    return announcement_start(announcement=announcement, actor=author)


def told(announcement: Announcement) -> list[int]:
    found = Notification.objects.filter(kind="announcement", fact=f"announcement:{announcement.pk}")
    return sorted(found.values_list("user_id", flat=True))


def test_the_audience_is_told_and_nobody_else(db):
    coordinator = MemberFactory(role=Membership.Role.COORDINATOR)
    member = MemberFactory()
    left = MemberFactory(status=Membership.Status.LEFT)
    MemberFactory(user=a_person(is_active=False))
    for audience, expected in [
        ("coordinators", [coordinator]),
        ("members", [coordinator, member]),
        ("everybody", [coordinator, member, left]),
    ]:
        announcement = started(audience=audience)
        assert announcement_tell(announcement_id=announcement.pk) == len(expected)
        announcement.refresh_from_db()
        assert told(announcement) == sorted(each.user_id for each in expected)
        assert (announcement.status, announcement.told) == (STATUS.SENT, len(expected))
        assert announcement.finished_at is not None


@pytest.mark.parametrize("audience", ["members", "everybody"])
def test_an_announcement_may_be_for_one_country(db, audience):
    country = CountryFactory(code="CL")
    here, there = MemberFactory(), MemberFactory(municipality__country=country)
    announcement = started(audience=audience, country=country)
    announcement_tell(announcement_id=announcement.pk)
    assert told(announcement) == [there.user_id]
    assert here.user_id not in told(announcement)


def test_each_is_told_in_her_language_and_as_she_wants(db):
    spanish, english, brazilian = (a_person(language=language) for language in ("es-ar", "en", "pt-br"))
    sample, nothing = a_person(is_sample=True), a_person()
    weekly = a_person(time_zone="Nowhere/Town")
    NoticePreference.objects.create(user=nothing, kind="announcement", in_portal=False, email="never")
    NoticePreference.objects.create(user=english, kind="announcement", in_portal=False, email="now")
    NoticePreference.objects.create(user=weekly, kind="announcement", in_portal=True, email="weekly")
    NoticeSettings.objects.create(
        user=weekly, quiet_from=clock(7), quiet_until=clock(9, 30), digest_weekday=4
    )
    announcement = started(audience="everybody", text_en="A meeting on Tuesday")
    assert tasks.tell_announcement(announcement.pk) == 5
    rows = {row.user_id: row for row in Notification.objects.all()}
    assert rows[english.pk].text == "A meeting on Tuesday"
    assert rows[spanish.pk].text == rows[brazilian.pk].text == "El martes hay encuentro"
    assert (rows[spanish.pk].email_mode, rows[spanish.pk].is_in_portal) == ("daily", True)
    assert timezone.localtime(rows[spanish.pk].email_due_at).time() == clock(8)
    assert (rows[sample.pk].email_status, rows[sample.pk].is_in_portal) == (MAIL.NOT_WANTED, True)
    assert (rows[english.pk].is_in_portal, rows[english.pk].email_mode) == (False, "now")
    due = timezone.localtime(rows[weekly.pk].email_due_at)
    assert (due.weekday(), due.time()) == (4, clock(9, 30))
    assert nothing.pk not in rows
    assert len({row.public_id for row in rows.values()}) == 5
    assert deliveries_sweep() == 1


def test_a_batch_costs_the_same_for_two_people_and_for_many(db, monkeypatch):
    def queries(number: int) -> int:
        for _number in range(number):
            a_person()
        announcement = started(audience="everybody")
        with CaptureQueriesContext(connection) as captured:
            announcing._tell_batch(announcement.pk)
        return len(captured)

    assert queries(2) == queries(20) <= 8


def test_it_is_begun_once_and_the_trail_says_by_whom(db):
    announcement = started()
    event = AuditEvent.objects.get(action="announcement.started")
    assert event.actor_id == announcement.created_by_id
    with pytest.raises(AlreadyStarted):
        announcement_start(announcement=announcement, actor=announcement.created_by)
    assert AuditEvent.objects.filter(action="announcement.started").count() == 1


def test_it_never_leads_away_from_the_portal(db):
    with pytest.raises(ValueError, match="path of the portal"):
        started(url="https://elsewhere.example/")


def test_a_cancelled_one_goes_no_further_and_its_e_mails_are_not_sent(db, monkeypatch):
    monkeypatch.setattr(announcing, "BATCH_SIZE", 2)
    people = [a_person() for _number in range(5)]
    announcement = started(audience="everybody")
    announcing._tell_batch(announcement.pk)
    announcement_cancel(announcement=announcement, actor=announcement.created_by)
    assert announcement_tell(announcement_id=announcement.pk) == 0
    assert told(announcement) == [person.pk for person in people[:2]]
    assert not Notification.objects.to_send().exists()
    event = AuditEvent.objects.get(action="announcement.cancelled")
    assert event.after == {"status": "cancelled", "told": 2}
    with pytest.raises(AlreadyStarted):
        announcement_cancel(announcement=announcement, actor=announcement.created_by)


def test_an_announcement_that_was_left_is_continued_by_the_sweep(db, monkeypatch):
    monkeypatch.setattr(announcing, "BATCH_SIZE", 2)
    people = [a_person() for _number in range(5)]
    announcement = started(audience="everybody")
    announcing._tell_batch(announcement.pk)
    assert tasks.sweep_announcements() == 3
    assert told(announcement) == [person.pk for person in people]
    assert tasks.sweep_announcements() == 0


TELL = """
from portal.notices.services import announcing
announcing.BATCH_SIZE = 3
announcing.announcement_tell(announcement_id={})
"""


def test_a_worker_that_is_killed_midway_leaves_nobody_untold_and_nobody_told_twice(transactional_db):
    people = [a_person() for _number in range(10)]
    announcement = started(audience="everybody")
    fact = f"announcement:{announcement.pk}"
    # The worker has to wait for this row in its second batch: there it is killed.
    killed_at(
        TELL.format(announcement.pk),
        lambda: NotificationFactory(user=people[4], kind="announcement", fact=fact),
    )
    announcement.refresh_from_db()
    assert told(announcement) == [person.pk for person in people[:3]]
    assert (announcement.told, announcement.last_user_id) == (3, people[2].pk)

    def resumed() -> bool:
        tasks.sweep_announcements()
        announcement.refresh_from_db()
        return announcement.status == STATUS.SENT

    # The database has to notice first that the dead worker's connection is gone.
    wait_until(resumed)
    assert told(announcement) == [person.pk for person in people]
    assert announcement.told == 10
