import logging

import pytest
from django.db import transaction
from django.dispatch import Signal

from portal.core.events import announce


@pytest.fixture
def heard() -> tuple[Signal, list[dict]]:
    signal, payloads = Signal(), []

    def listen(sender: object, signal: Signal, **payload: object) -> None:
        payloads.append(payload)

    signal.connect(listen, weak=False)
    return signal, payloads


@pytest.mark.django_db(transaction=True)
def test_an_event_is_told_after_the_commit_and_not_before(heard) -> None:
    signal, payloads = heard
    with transaction.atomic():
        announce(signal, thing_id=7)
        assert payloads == []
    assert payloads == [{"thing_id": 7}]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_did_not_happen(heard) -> None:
    signal, payloads = heard
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        announce(signal, thing_id=7)
        raise ZeroDivisionError
    assert payloads == []


@pytest.mark.django_db(transaction=True)
def test_a_failing_receiver_stops_neither_the_others_nor_the_work(heard, caplog) -> None:
    signal, payloads = heard

    def fail(**payload: object) -> None:
        raise ValueError("roto")

    signal.connect(fail, weak=False)
    with caplog.at_level(logging.ERROR):
        announce(signal, thing_id=7)
    assert payloads == [{"thing_id": 7}]
    assert "roto" in caplog.text
