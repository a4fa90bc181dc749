"""Two messages at the same moment."""

from uuid import uuid4

import pytest

from connect.models import Message, Participant
from connect.services.messages import message_advance, message_send
from tests.connect.factories import answered, listed, written
from tests.connect.test_connections_races import at_once, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_at_once_the_newest_is_the_last_of_both_lists_and_none_is_lost() -> None:
    ana, luis = listed(), listed()
    conversation = written(ana, luis).conversation
    key = uuid4()
    problems = at_once(
        lambda: message_send(conversation=conversation, sender=fresh(ana), text="¿Y?", client_key=key),
        lambda: message_send(conversation=conversation, sender=fresh(ana), text="¿Y?", client_key=key),
        lambda: message_send(conversation=conversation, sender=fresh(luis), text="Va"),
    )
    assert problems == []
    newest = Message.objects.order_by("-pk").first()
    conversation.refresh_from_db()
    assert newest is not None
    assert Message.objects.count() == 3
    assert conversation.last_message_id == newest.pk
    assert set(Participant.objects.values_list("last_message_id", flat=True)) == {newest.pk}


def test_one_that_is_noted_late_does_not_take_the_place_of_a_newer_one() -> None:
    ana, luis = listed(), listed()
    first = written(ana, luis)
    last = answered(first, luis)
    message_advance(first)
    first.conversation.refresh_from_db()
    assert first.conversation.last_message_id == last.pk
    assert first.conversation.last_message_at == last.created_at
    assert set(Participant.objects.values_list("last_message_id", flat=True)) == {last.pk}
