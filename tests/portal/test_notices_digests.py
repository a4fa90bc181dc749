"""Digests and quiet hours: one e-mail at the person's morning, of what she has not read."""

from datetime import time, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from portal.notices.emails import read_unsubscribe_token
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import NoticePreference, NoticeSettings, Notification
from portal.notices.services import (
    deliveries_sweep,
    digest_deliver,
    digests_turn_off,
    email_stop,
    email_turn_off,
    notice_deliver,
    notice_open,
    notify,
    preferences_save,
    settings_save,
    waiting_reschedule,
)
from tests.portal.notices_factories import NotificationFactory, a_person

STATUS, MODE = Notification.EmailStatus, Notification.EmailMode


@pytest.fixture(autouse=True)
def kinds(monkeypatch) -> None:
    for kind in (
        NoticeKind(id="daily-one", label="Cosas de cada día", email="daily", order=-2),
        NoticeKind(id="weekly-one", label="Cosas de la semana", email="weekly", order=-1),
        NoticeKind(id="at-once", label="Cosas urgentes"),
    ):
        monkeypatch.setitem(notice_kinds._items, kind.id, kind)


def tell(user, kind: str, fact: str) -> Notification:
    notify(users=user, kind=kind, text=f"Pasó {fact}", fact=fact)
    return Notification.objects.get(user=user, fact=fact)


def morning_comes() -> None:
    Notification.objects.to_send().update(email_due_at=timezone.now())


def always_quiet(user) -> NoticeSettings:
    """Quiet from an hour ago until in two hours, where she is."""
    now = timezone.localtime()
    return NoticeSettings.objects.create(
        user=user,
        quiet_from=(now - timedelta(hours=1)).time().replace(second=0, microsecond=0),
        quiet_until=(now + timedelta(hours=2)).time().replace(second=0, microsecond=0),
    )


def test_what_waits_for_a_digest_is_one_e_mail_by_kind(db):
    ana, eva = a_person(), a_person()
    for kind, fact in [("weekly-one", "d"), ("daily-one", "a"), ("daily-one", "b")]:
        assert tell(ana, kind, fact).email_due_at > timezone.now()
    tell(eva, "daily-one", "c")
    assert deliveries_sweep() == 0
    morning_comes()
    assert deliveries_sweep() == 2
    to_ana = next(message for message in mail.outbox if message.to == [ana.email])
    assert to_ana.subject == "Tu resumen: 3 avisos"
    assert [
        to_ana.body.index(text) for text in ("cada día", "Pasó a", "Pasó b", "la semana", "Pasó d")
    ] == sorted(to_ana.body.index(text) for text in ("cada día", "Pasó a", "Pasó b", "la semana", "Pasó d"))
    assert "Pasó c" not in to_ana.body
    assert not Notification.objects.to_send().exists()
    assert deliveries_sweep() == 0


def test_what_was_read_in_the_portal_is_not_in_the_digest(db):
    person = a_person()
    notice_open(notice=tell(person, "daily-one", "read"))
    tell(person, "daily-one", "unread")
    morning_comes()
    assert digest_deliver(user_id=person.pk) == STATUS.SENT
    assert "Pasó unread" in mail.outbox[0].body and "Pasó read" not in mail.outbox[0].body
    assert Notification.objects.get(fact="read").email_status == STATUS.NOT_WANTED


def test_a_digest_of_what_was_all_read_is_not_sent(db):
    person = a_person()
    notice_open(notice=tell(person, "daily-one", "a"))
    morning_comes()
    assert deliveries_sweep() == 0 and mail.outbox == []
    assert digest_deliver(user_id=person.pk) == ""


def test_a_digest_that_another_worker_holds_is_left_to_it(transactional_db):
    person = a_person()
    NotificationFactory(user=person, email_status=STATUS.PENDING, email_mode=MODE.DAILY)
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            name = f"portal.notices digest {person.pk}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        assert digest_deliver(user_id=person.pk) == ""
        other.rollback()
    finally:
        other.close()
    assert digest_deliver(user_id=person.pk) == STATUS.SENT
    assert digest_deliver(user_id=person.pk) == ""
    assert len(mail.outbox) == 1


def test_an_e_mail_written_in_quiet_hours_waits_for_their_end(db):
    person = a_person()
    chosen = always_quiet(person)
    notice = tell(person, "at-once", "a")
    assert timezone.localtime(notice.email_due_at).time() == chosen.quiet_until
    assert notice_deliver(notification_id=notice.pk) == "" and deliveries_sweep() == 0


def test_what_was_left_over_is_not_sent_in_quiet_hours_either(db):
    person = a_person()
    notice = tell(person, "at-once", "a")
    always_quiet(person)
    assert notice_deliver(notification_id=notice.pk) == STATUS.PENDING
    notice.refresh_from_db()
    assert notice.email_attempts == 0 and notice.email_due_at > timezone.now()
    assert mail.outbox == []


def test_what_waits_follows_a_change_of_mind(db):
    person = a_person()
    dropped, moved, kept = (tell(person, kind, kind) for kind in ("daily-one", "weekly-one", "at-once"))
    preferences_save(
        user=person,
        wishes={"daily-one": (True, "never"), "weekly-one": (True, "now"), "at-once": (True, "now")},
    )
    for notice in (dropped, moved, kept):
        notice.refresh_from_db()
    assert dropped.email_status == STATUS.NOT_WANTED
    assert (moved.email_mode, moved.email_status) == (MODE.NOW, STATUS.PENDING)
    assert moved.email_due_at <= timezone.now()
    assert deliveries_sweep() == 2


def test_what_waits_follows_new_hours_and_a_new_place(db):
    person = a_person()
    notice = tell(person, "weekly-one", "a")
    settings_save(user=person, quiet_from=time(7), quiet_until=time(9, 30), digest_weekday=3)
    notice.refresh_from_db()
    local = timezone.localtime(notice.email_due_at)
    assert (local.weekday(), local.time()) == (3, time(9, 30))
    person.time_zone = "Asia/Tokyo"
    person.save()
    waiting_reschedule(user=person)
    notice.refresh_from_db()
    assert timezone.localtime(notice.email_due_at).time() == time(21, 30)


def test_one_click_in_a_digest_stops_digests_and_nothing_else(db):
    person = a_person()
    for kind in ("daily-one", "weekly-one", "at-once"):
        tell(person, kind, kind)
    morning_comes()
    deliveries_sweep()
    message = next(message for message in mail.outbox if message.subject.startswith("Tu resumen"))
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    public_id, stops = read_unsubscribe_token(
        message.extra_headers["List-Unsubscribe"].split("/baja/")[1][:-2]
    )
    assert public_id == str(person.public_id)
    tell(person, "daily-one", "waiting")
    email_stop(user=person, stops=stops)
    chosen = dict(NoticePreference.objects.filter(user=person).values_list("kind", "email"))
    assert (chosen["daily-one"], chosen["weekly-one"]) == ("never", "never")
    assert "at-once" not in chosen
    assert Notification.objects.get(fact="waiting").email_status == STATUS.NOT_WANTED
    assert all(NoticePreference.objects.filter(user=person).values_list("in_portal", flat=True))


def test_stopping_a_kind_drops_what_waits_of_it(db):
    person = a_person()
    notice, other = tell(person, "daily-one", "a"), tell(person, "weekly-one", "b")
    email_turn_off(user=person, kind=notice_kinds.get("daily-one"))
    notice.refresh_from_db()
    other.refresh_from_db()
    assert (notice.email_status, other.email_status) == (STATUS.NOT_WANTED, STATUS.PENDING)
    digests_turn_off(user=person)
    other.refresh_from_db()
    assert other.email_status == STATUS.NOT_WANTED
