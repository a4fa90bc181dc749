"""Telling people things."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.personal_data import erasures, subject_accesses
from portal.core.registry import UnknownId
from portal.notices import tasks
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import NoticePreference, Notification
from portal.notices.services import deliveries_sweep, notice_deliver, notify
from tests.portal.notices_factories import NotificationFactory, a_person

STATUS = Notification.EmailStatus


class AwayBackend(EmailBackend):
    """A mail server that answers and takes nothing."""

    def send_messages(self, messages) -> int:
        raise ConnectionResetError


@pytest.fixture
def kind(monkeypatch) -> NoticeKind:
    kind = NoticeKind(id="prueba", label="Algo que pasó")
    monkeypatch.setitem(notice_kinds._items, kind.id, kind)
    return kind


@pytest.fixture
def mail_is_refused(settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.AwayBackend"


def tell(users, fact: str = "f", **more) -> list[int]:
    return notify(
        users=users, kind="prueba", fact=fact, **{"text": "Pasó algo", "url": "/evaluarme/", **more}
    )


def a_waiting_notice() -> Notification:
    return NotificationFactory(email_status=STATUS.PENDING)


def test_each_person_gets_one_notice_of_a_fact_however_often_it_is_told(db, kind):
    ana, eva = a_person(), a_person()
    assert len(tell([ana, eva, ana])) == 2
    assert tell([ana, eva]) == []
    assert len(tell(ana, fact="another")) == 1
    assert sorted(Notification.objects.values_list("user_id", "fact")) == sorted(
        [(ana.pk, "f"), (eva.pk, "f"), (ana.pk, "another")]
    )


def test_who_chose_nothing_gets_what_the_kind_says(db, monkeypatch):
    quiet = NoticeKind(id="prueba", label="Algo", email="never")
    monkeypatch.setitem(notice_kinds._items, "prueba", quiet)
    assert tell(a_person()) == []
    notice = Notification.objects.get()
    assert (notice.is_in_portal, notice.email_status) == (True, STATUS.NOT_WANTED)


@pytest.mark.parametrize(
    ("in_portal", "email", "made"),
    [
        (True, "never", [(True, "not_wanted")]),
        (False, "now", [(False, "pending")]),
        (True, "daily", [(True, "pending")]),
        (False, "never", []),
    ],
)
def test_what_a_person_chose_is_honoured(db, kind, in_portal, email, made):
    person = a_person()
    NoticePreference.objects.create(user=person, kind="prueba", in_portal=in_portal, email=email)
    tell(person)
    assert list(Notification.objects.values_list("is_in_portal", "email_status")) == made


def test_what_people_must_know_reaches_who_turned_it_off(db, monkeypatch):
    needed = NoticeKind(id="prueba", label="Algo", is_optional=False)
    monkeypatch.setitem(notice_kinds._items, "prueba", needed)
    person = a_person()
    NoticePreference.objects.create(user=person, kind="prueba", in_portal=False, email="never")
    assert len(tell(person)) == 1


def test_accounts_that_cannot_sign_in_are_told_nothing_and_samples_get_no_mail(db, kind):
    assert tell([a_person(is_active=False), a_person(is_sample=True)]) == []
    notice = Notification.objects.get()
    assert notice.user.is_sample and notice.email_status == STATUS.NOT_WANTED


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "javascript:alert(1)",
        "/\\elsewhere.example",
        "x/",
    ],
)
def test_a_notice_never_leads_away_from_the_portal(db, kind, url):
    with pytest.raises(ValueError, match="path of the portal"):
        tell(a_person(), url=url)


def test_a_kind_that_nobody_registered_is_an_error(db):
    with pytest.raises(UnknownId):
        notify(users=a_person(), kind="nobody-s", text="x", fact="f")


def test_a_long_text_is_cut_at_a_word(db, kind):
    tell(a_person(), text="palabra " * 100)
    text = Notification.objects.get().text
    assert len(text) <= 300 and text.endswith("palabra…")


def test_telling_many_costs_as_many_queries_as_telling_two(db, kind):
    def queries(people, fact: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            tell(people, fact=fact)
        return len(captured)

    people = [a_person() for _number in range(60)]
    assert queries(people, "many") == queries(people[:2], "few") <= 6


def test_a_task_sends_the_mail_once_however_often_it_runs(db, kind):
    # Called directly: what is proven is the task's work, not the queue.
    [waiting] = tell(a_person(email="ana@example.org"))
    assert tasks.deliver_notice(waiting) == STATUS.SENT
    assert tasks.deliver_notice(waiting) == ""
    assert [message.to for message in mail.outbox] == [["ana@example.org"]]
    assert Notification.objects.get().emailed_at is not None


def test_a_notice_that_another_worker_holds_is_left_to_it(transactional_db, kind):
    notice = a_waiting_notice()
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            name = f"portal.notices notice {notice.pk}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        assert notice_deliver(notification_id=notice.pk) == ""
        other.rollback()
    finally:
        other.close()
    assert mail.outbox == []
    assert notice_deliver(notification_id=notice.pk) == STATUS.SENT


def test_a_failed_attempt_is_repeated_later_and_given_up_after_the_fifth(db, kind, mail_is_refused):
    notice = a_waiting_notice()
    pauses = []
    for _attempt in range(4):
        assert notice_deliver(notification_id=notice.pk) == STATUS.PENDING
        notice.refresh_from_db()
        pauses.append((notice.email_due_at - timezone.now()) / timedelta(minutes=1))
        assert notice_deliver(notification_id=notice.pk) == ""
        Notification.objects.update(email_due_at=timezone.now())
    for pause, expected in zip(pauses, [5, 25, 125, 625], strict=True):
        assert 0.79 * expected < pause < 1.21 * expected
    assert notice_deliver(notification_id=notice.pk) == STATUS.FAILED
    assert notice_deliver(notification_id=notice.pk) == ""


def test_the_sweep_leaves_what_is_not_due_yet(db, kind, mail_is_refused, settings):
    notice = a_waiting_notice()
    assert deliveries_sweep() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert tasks.sweep_deliveries() == 0
    Notification.objects.update(email_due_at=timezone.now() - timedelta(seconds=1))
    assert tasks.sweep_deliveries() == 1
    assert [message.to for message in mail.outbox] == [[notice.user.email]]


def test_an_account_closed_meanwhile_gets_no_mail(db, kind):
    notice = a_waiting_notice()
    notice.user.is_active = False
    notice.user.save()
    assert notice_deliver(notification_id=notice.pk) == STATUS.NOT_WANTED
    assert mail.outbox == []


def test_an_address_that_cannot_be_written_is_given_up_at_once(db, kind):
    notice = a_waiting_notice()
    type(notice.user).objects.update(email="ana\n@example.org")
    assert notice_deliver(notification_id=notice.pk) == STATUS.FAILED


def test_a_kind_that_is_gone_is_still_told(db):
    notice = NotificationFactory(kind="gone", email_status=STATUS.PENDING)
    assert notice_deliver(notification_id=notice.pk) == STATUS.SENT
    assert mail.outbox[0].subject == "Portal de Gestión Municipal"
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_a_person_gets_a_copy_of_her_notices_and_they_go_with_her_account(db, kind):
    ana, eva = a_person(), a_person()
    tell([ana, eva])
    NoticePreference.objects.create(user=ana, kind="prueba", in_portal=True, email="never")
    assert [row["text"] for row in subject_accesses.get("notices").export(ana)] == ["Pasó algo"]
    assert subject_accesses.get("notice-preferences").export(ana) == [
        {"kind": "prueba", "in_portal": True, "email": "never"}
    ]
    erasures.get("notices").erase(ana)
    assert [notice.user for notice in Notification.objects.all()] == [eva]
    assert not NoticePreference.objects.exists()
