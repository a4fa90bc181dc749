"""What is queued after the commit, and what happens when the queue is away."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from celery import current_app
from django.conf import settings
from django.db import transaction
from redis import Redis

from portal.core.jobs import queue_now, queue_on_commit
from portal.notices import tasks
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import Notification
from portal.notices.services import delivering, notify
from tests.portal.notices_factories import NotificationFactory, a_person

STATUS = Notification.EmailStatus


@contextmanager
def celery_configured(**changes: str) -> Iterator[None]:
    """Change the queue's settings for a moment, with connections of their own."""
    before = {name: current_app.conf[name] for name in changes}
    current_app.conf.update(changes)
    current_app.amqp._producer_pool = None
    try:
        yield
    finally:
        current_app.conf.update(before)
        current_app.amqp._producer_pool = None


@pytest.fixture
def queue() -> Iterator[Callable[[], list[tuple[str, str]]]]:
    """A queue of our own in the real Redis, whose messages can be read."""
    name = f"test-{uuid4().hex}"
    redis = Redis.from_url(settings.REDIS_URL)

    def messages() -> list[tuple[str, str]]:
        headers = [json.loads(raw)["headers"] for raw in reversed(redis.lrange(name, 0, -1))]
        return [(header["task"], header["argsrepr"]) for header in headers]

    current_app.amqp.queues.add(name)
    with celery_configured(task_default_queue=name):
        yield messages
    redis.delete(name)
    redis.close()


@pytest.fixture
def kind(monkeypatch) -> NoticeKind:
    kind = NoticeKind(id="prueba", label="Algo que pasó")
    monkeypatch.setitem(notice_kinds._items, kind.id, kind)
    return kind


@pytest.fixture
def redis_is_away() -> Iterator[None]:
    """Nothing listens where the broker should be."""
    nowhere = "redis://127.0.0.1:1/0"
    with celery_configured(broker_url=nowhere, broker_write_url=nowhere):
        yield


def test_a_notice_is_queued_after_the_commit_and_not_before(transactional_db, queue, kind):
    with transaction.atomic():
        [waiting] = notify(users=a_person(), kind="prueba", text="Pasó algo", fact="f")
        assert queue() == []
    assert queue() == [("portal.notices.tasks.deliver_notice", f"({waiting},)")]


def test_what_is_taken_back_is_not_queued(transactional_db, queue, kind):
    with pytest.raises(RuntimeError), transaction.atomic():
        notify(users=a_person(), kind="prueba", text="Pasó algo", fact="f")
        raise RuntimeError
    assert queue() == []


def test_for_many_people_one_message_asks_the_sweep(transactional_db, queue, kind):
    notify(users=[a_person() for _number in range(11)], kind="prueba", text="Pasó algo", fact="f")
    assert queue() == [("portal.notices.tasks.sweep_deliveries", "()")]


@pytest.mark.parametrize(("waiting", "helpers"), [(3, 0), (5, 1), (9, 2), (30, 2)])
def test_where_much_waits_other_workers_are_asked_to_help(
    transactional_db, queue, monkeypatch, waiting, helpers
):
    monkeypatch.setattr(delivering, "WORTH_A_HELPER", 4)
    monkeypatch.setattr(delivering, "MOST_HELPERS", 2)
    person = a_person()
    NotificationFactory.create_batch(waiting, user=person, email_status=STATUS.PENDING, email_mode="daily")
    assert tasks.sweep_deliveries() == 1
    assert queue() == [("portal.notices.tasks.help_deliver", "()")] * helpers
    assert tasks.help_deliver() == 0


def test_a_task_may_be_named_or_given(transactional_db, queue):
    queue_on_commit(tasks.deliver_notice, 7)
    queue_on_commit("portal.notices.tasks.deliver_notice", 8)
    assert [arguments for _name, arguments in queue()] == ["(7,)", "(8,)"]


def test_with_redis_away_people_are_told_and_the_sweep_sends_the_mail(
    transactional_db, redis_is_away, kind, caplog
):
    person = a_person()
    [waiting] = notify(users=person, kind="prueba", text="Pasó algo", fact="f")
    assert Notification.objects.get(pk=waiting).email_status == STATUS.PENDING
    assert "could not be queued" in caplog.text
    assert tasks.sweep_deliveries() == 1
    assert Notification.objects.get(pk=waiting).email_status == STATUS.SENT


def test_with_redis_away_queueing_says_so(redis_is_away):
    assert queue_now(tasks.deliver_notice, 7) is False
