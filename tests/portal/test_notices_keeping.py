"""What is kept of notices, for how long, and what it costs to count the unread."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal.accounts.personal_data import erasures, subject_accesses
from portal.core.events import announce, people_blocked
from portal.notices import context, tasks
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import Announcement, NoticeSettings, Notification
from portal.notices.services import notify
from portal.notices.texts import Text
from tests.portal.notices_factories import NotificationFactory, a_person


@pytest.fixture
def kind(monkeypatch) -> NoticeKind:
    kind = NoticeKind(id="prueba", label="Algo que pasó", email="never")
    monkeypatch.setitem(notice_kinds._items, kind.id, kind)
    return kind


def named(user, person, fact: str, group: str = "") -> None:
    notify(
        users=user,
        kind="prueba",
        text=Text("%(person)s hizo algo", person=person),
        grouped_text=Text.plural("%(person)s hizo algo", "%(person)s y más: %(number)s", person=person),
        fact=fact,
        group=group,
        naming=[person],
    )


def test_whoever_erases_her_account_takes_the_notices_with_her_name_along(db, kind):
    reader, ana, eva = a_person(), a_person(name="Ana"), a_person(name="Eva")
    named(reader, ana, "a")
    named(reader, eva, "b")
    erasures.get("notices").erase(ana)
    assert list(Notification.objects.values_list("text", flat=True)) == ["Eva hizo algo"]


def test_a_group_whose_head_named_her_is_told_by_the_one_before(db, kind):
    reader, ana, eva = a_person(), a_person(name="Ana"), a_person(name="Eva")
    other = a_person()
    for person in (eva, eva, ana):
        named([reader, other], person, f"{Notification.objects.count()}", group="g")
    named(other, eva, "last", group="g")
    erasures.get("notices").erase(ana)
    heads = Notification.objects.heads().order_by("user_id").values_list("user_id", "text", "number")
    assert list(heads) == [(reader.pk, "Eva y más: 2", 2), (other.pk, "Eva y más: 4", 4)]
    assert not Notification.objects.filter(text__contains="Ana").exists()


def test_hours_and_announcements_are_handed_out_and_erased(db):
    ana = a_person()
    NoticeSettings.objects.create(user=ana, quiet_from=time(22), quiet_until=time(7), digest_weekday=4)
    announcement = Announcement.objects.create(text="Hay encuentro", created_by=ana)
    assert subject_accesses.get("notice-settings").export(ana) == {
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "digest_weekday": 4,
    }
    assert [row["text"] for row in subject_accesses.get("announcements").export(ana)] == ["Hay encuentro"]
    erasures.get("notices").erase(ana)
    announcement.refresh_from_db()
    assert announcement.created_by is None and not NoticeSettings.objects.exists()


def test_what_was_read_more_than_a_year_ago_is_forgotten(db):
    long_ago = timezone.now() - timedelta(days=366)
    old, unread, fresh = NotificationFactory(), NotificationFactory(), NotificationFactory()
    Notification.objects.update(created_at=long_ago)
    Notification.objects.filter(pk=old.pk).update(read_at=long_ago)
    Notification.objects.filter(pk=fresh.pk).update(read_at=timezone.now())
    assert tasks.forget_notices() == 1
    assert set(Notification.objects.values_list("pk", flat=True)) == {unread.pk, fresh.pk}


def test_what_came_by_e_mail_only_is_forgotten_a_year_after_it_was_written(db):
    sent = NotificationFactory(is_in_portal=False)
    waits = NotificationFactory(is_in_portal=False, email_status="pending")
    Notification.objects.update(created_at=timezone.now() - timedelta(days=366))
    fresh = NotificationFactory(is_in_portal=False)
    assert tasks.forget_notices() == 1
    assert not Notification.objects.filter(pk=sent.pk).exists()
    assert set(Notification.objects.values_list("pk", flat=True)) == {waits.pk, fresh.pk}


def test_after_a_block_no_e_mail_that_waits_carries_one_s_name_to_the_other(
    db, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setitem(notice_kinds._items, "prueba", NoticeKind(id="prueba", label="Algo", email="daily"))
    ana, eva, other = a_person(name="Ana"), a_person(name="Eva"), a_person(name="Otra")
    for reader, person in ((ana, eva), (eva, ana), (ana, other), (other, eva)):
        named(reader, person, f"{reader.pk} {person.pk}")
    with django_capture_on_commit_callbacks(execute=True):
        announce(people_blocked, blocker_id=ana.pk, blocked_id=eva.pk)
    left = Notification.objects.to_send().order_by("pk").values_list("user_id", "text")
    assert list(left) == [(ana.pk, "Otra hizo algo"), (other.pk, "Eva hizo algo")]


def test_every_kind_says_why_it_comes_and_has_a_default_channel():
    for kind in notice_kinds:
        assert str(kind.reason).startswith("Porque "), kind.id
        assert kind.in_portal or kind.email != "never", kind.id


def test_the_badge_costs_one_indexed_read_whatever_others_have(db):
    person, other = a_person(), a_person()
    NotificationFactory.create_batch(3, user=person)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO notices_notification (
                public_id, user_id, kind, text, url, fact, "group", number, reason, created_at, is_in_portal,
                email_status, email_mode, email_problem, email_attempts, email_due_at
            )
            SELECT gen_random_uuid(), %s, 'prueba', 'x', '', number::text, '', 1, '', now(), true, 'not_wanted',
                'never', '', 0, now()
            FROM generate_series(1, 20000) AS number
            """,
            [other.pk],
        )
        cursor.execute("ANALYZE notices_notification")
        for user, unread in ((person, 3), (a_person(), 0)):
            cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + context._UNREAD, [user.pk, 100])
            plan = nodes(cursor.fetchone()[0][0]["Plan"])
            assert [node["Index Name"] for node in plan if "Index Name" in node] == ["notices_unread_badge"]
            assert "Seq Scan" not in {node["Node Type"] for node in plan}
            assert plan[-1]["Actual Rows"] == unread
            assert all(node.get("Rows Removed by Filter", 0) == 0 for node in plan)


def nodes(plan: dict) -> list[dict]:
    return [plan, *(node for part in plan.get("Plans", []) for node in nodes(part))]
