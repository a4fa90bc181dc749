"""What belongs together is one line while nobody has read it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import NoticePreference, Notification
from portal.notices.services import (
    Told,
    deliveries_sweep,
    notice_deliver,
    notice_open,
    notices_mark_read,
    notify,
    notify_each,
)
from portal.notices.texts import Text
from tests.portal.notices_factories import a_person

STATUS = Notification.EmailStatus
SEVERAL = Text.plural("Una persona respondió", "%(number)s personas respondieron")


@pytest.fixture(autouse=True)
def kind(monkeypatch) -> NoticeKind:
    kind = NoticeKind(id="prueba", label="Algo que pasó", email="never")
    monkeypatch.setitem(notice_kinds._items, kind.id, kind)
    return kind


@pytest.fixture
def by_email(monkeypatch) -> None:
    monkeypatch.setitem(notice_kinds._items, "prueba", NoticeKind(id="prueba", label="Algo que pasó"))


def answer(users, fact: str, group: str = "thread:7") -> list[int]:
    return notify(
        users=users,
        kind="prueba",
        text=f"Respondió {fact}",
        grouped_text=SEVERAL,
        fact=fact,
        group=group,
    )


def lines(user) -> list[tuple[str, int]]:
    shown = Notification.objects.visible_to(user).heads().unread()
    return list(shown.order_by("id").values_list("text", "number"))


def test_four_answers_are_one_line(db):
    person, other = a_person(), a_person()
    for fact in "abcd":
        answer(person, fact)
    answer([person, other], "d")
    answer(person, "e", group="thread:8")
    assert lines(person) == [("4 personas respondieron", 4), ("Respondió e", 1)]
    assert lines(other) == [("Respondió d", 1)]
    assert Notification.objects.filter(user=person, is_folded=True).count() == 3


def test_each_fact_of_a_line_is_kept_as_it_would_stand_alone(db):
    person = a_person()
    for fact in "abc":
        answer(person, fact)
    told = Notification.objects.filter(user=person).order_by("id")
    assert [notice.fact_text for notice in told] == ["Respondió a", "Respondió b", "Respondió c"]


def test_what_was_read_is_not_counted_again(db):
    person = a_person()
    for fact in "ab":
        answer(person, fact)
    notice_open(notice=Notification.objects.get(fact="b"))
    assert not Notification.objects.unread().exists()
    answer(person, "c")
    assert lines(person) == [("Respondió c", 1)]
    answer(person, "d")
    notices_mark_read(user=person)
    assert not Notification.objects.unread().exists()


def test_facts_of_one_group_told_at_once_are_one_line_too(db):
    ana, eva = a_person(), a_person()
    notify_each(
        kind="prueba",
        notices=[
            Told(user=user, text=fact, fact=fact, group="g", grouped_text=SEVERAL)
            for fact in "abc"
            for user in (ana, eva)
        ],
    )
    assert lines(ana) == lines(eva) == [("3 personas respondieron", 3)]


def test_a_group_costs_the_same_for_two_people_and_for_many(db):
    people = [a_person() for _number in range(40)]
    answer(people, "first")

    def queries(users, fact: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer(users, fact)
        return len(captured)

    assert queries(people, "many") == queries(people[:2], "few") <= 9


def test_two_who_tell_at_the_same_time_make_one_line(transactional_db):
    person = a_person()
    barrier = Barrier(2)

    def tell(fact: str) -> None:
        try:
            barrier.wait(5)
            with transaction.atomic():
                answer(person, fact)
        finally:
            connection.close()

    for pair in ("ab", "cd", "ee"):
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(tell, pair))
    assert lines(person) == [("5 personas respondieron", 5)]
    assert Notification.objects.filter(user=person).count() == 5


def test_who_comes_second_waits_for_the_first_and_counts_her(transactional_db):
    person = a_person()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            answer(person, "a")
            second = pool.submit(in_a_connection_of_its_own, lambda: answer(person, "b"))
            assert not second.done()
        second.result(10)
    assert lines(person) == [("2 personas respondieron", 2)]


def in_a_connection_of_its_own(work) -> None:
    try:
        work()
    finally:
        connection.close()


def test_an_e_mail_that_waits_is_told_by_the_new_head(db, by_email):
    person = a_person()
    for fact in "abc":
        answer(person, fact)
    assert deliveries_sweep() == 1
    assert "3 personas respondieron" in mail.outbox[0].body
    assert deliveries_sweep() == 0


def test_a_group_that_goes_on_sends_no_e_mail_for_each_fact(db, by_email):
    person = a_person()
    [first] = answer(person, "a")
    assert notice_deliver(notification_id=first) == STATUS.SENT
    answer(person, "b")
    answer(person, "c")
    assert deliveries_sweep() == 0
    waiting = Notification.objects.to_send().get()
    assert waiting.email_due_at - timezone.now() > timedelta(minutes=14)
    Notification.objects.to_send().update(email_due_at=timezone.now())
    assert deliveries_sweep() == 1
    assert "3 personas respondieron" in mail.outbox[1].body


def test_a_line_that_goes_by_e_mail_only_is_closed_when_it_was_sent(db, by_email):
    person = a_person()
    NoticePreference.objects.create(user=person, kind="prueba", in_portal=False, email="now")
    answer(person, "a")
    answer(person, "b")
    assert deliveries_sweep() == 1
    answer(person, "c")
    head = Notification.objects.get(is_folded=False)
    assert (head.text, head.number) == ("Respondió c", 1)
