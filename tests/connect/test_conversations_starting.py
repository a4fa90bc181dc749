"""Beginning to write to somebody."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from connect.messaging.contacting import NOT_NOW
from connect.messaging.limits import NEW_A_DAY
from connect.models import Conversation, Message, Participant
from connect.services.conversations import Written, conversation_start
from connect.services.participants import (
    conversation_leave,
    conversation_rename,
    participants_add,
)
from portal.safety.blocks import forget_blocks
from portal.safety.models import Allowance, Block
from portal.safety.services import LimitReached
from tests.connect.factories import answered, connect_two, listed, written
from tests.portal.accounts_factories import UserFactory
from tests.portal.catalog_factories import EntryFactory

pytestmark = pytest.mark.django_db


def people_in(message: Message) -> set[int]:
    return set(message.conversation.participants.present().values_list("user_id", flat=True))


def test_two_people_have_one_conversation_whoever_writes() -> None:
    ana, luis = listed(), listed()
    first = written(ana, luis)
    assert written(luis, ana).conversation == first.conversation == written(ana, luis).conversation
    assert people_in(first) == {ana.pk, luis.pk}


def test_about_each_thing_they_have_another() -> None:
    ana, luis = listed(), listed()
    one, other = EntryFactory(), EntryFactory()
    conversations = {
        written(ana, luis, about=about).conversation_id for about in (None, one, other, one, None)
    }
    assert len(conversations) == 3


def test_the_message_carries_the_thing() -> None:
    entry = EntryFactory(title="Compostaje en Villa 1", url="/inspirarme/compostaje/")
    conversation = written(listed(), listed(), about=entry).conversation
    assert (conversation.about_kind, conversation.about_id) == (entry.kind, entry.object_id)
    assert (conversation.about_title, conversation.about_url) == (entry.title, entry.url)


def test_a_thing_of_the_members_is_not_carried_to_who_may_not_find_it() -> None:
    ana, outside = listed(), UserFactory()
    connect_two(ana, outside)
    with pytest.raises(PermissionDenied):
        written(ana, outside, about=EntryFactory(visibility="members"))
    assert not Conversation.objects.exists()


def test_nobody_writes_to_who_blocked_her_and_nothing_is_left_of_the_attempt() -> None:
    ana, luis = listed(), listed()
    Block.objects.create(blocker=luis, blocked=ana)
    with pytest.raises(PermissionDenied) as refused:
        written(ana, luis)
    assert str(refused.value) == str(NOT_NOW)
    assert not Conversation.objects.exists()
    assert not Allowance.objects.exists()


def test_a_group_is_only_of_people_whom_the_starter_may_write_to() -> None:
    ana = listed()
    assert people_in(written(ana, *(listed() for _n in range(3)))) != set()
    with pytest.raises(PermissionDenied):
        written(ana, listed(), UserFactory())


def test_a_group_has_at_most_twelve_people() -> None:
    ana = listed()
    people = [listed() for _number in range(12)]
    message = written(ana, *people[:11], subject="Costa")
    assert len(people_in(message)) == 12
    with pytest.raises(ValidationError):
        written(ana, *people)
    with pytest.raises(ValidationError):
        participants_add(conversation=message.conversation, user=ana, people=people[11:])


def test_a_form_sent_twice_is_one_group_and_one_message() -> None:
    ana, people = listed(), [listed(), listed()]
    twice = Written("Hola a todas", uuid4())
    sent = {conversation_start(starter=ana, people=people, written=twice).pk for _time in range(2)}
    assert len(sent) == Conversation.objects.count() == Message.objects.count() == 1


def test_the_same_key_of_another_person_makes_another_group() -> None:
    key, people = uuid4(), [listed(), listed()]
    for starter in (listed(), listed()):
        conversation_start(starter=starter, people=people, written=Written("Hola", key))
    assert Conversation.objects.count() == 2


def test_writing_to_nobody_or_only_to_oneself_is_no_conversation() -> None:
    ana = listed()
    for people in ([], [ana]):
        with pytest.raises(ValidationError):
            written(ana, *people)


def test_an_account_begins_only_so_many_conversations_a_day_and_goes_on_with_those_it_has() -> None:
    ana = UserFactory()
    friends = [listed() for _number in range(NEW_A_DAY.most_when_new + 1)]
    for friend in friends:
        connect_two(ana, friend)
    for friend in friends[:-1]:
        written(ana, friend)
    with pytest.raises(LimitReached):
        written(ana, friends[-1])
    assert Conversation.objects.count() == NEW_A_DAY.most_when_new


def test_whoever_comes_to_a_group_reads_from_then_on_and_whoever_leaves_until_then() -> None:
    ana, luis, eva, sol = (listed() for _number in range(4))
    first = written(ana, luis, eva, subject="Costa", text="Antes")
    group = first.conversation
    participants_add(conversation=group, user=luis, people=[sol])
    answered(first, ana, "Mientras")
    conversation_leave(conversation=group, user=eva)
    answered(first, ana, "Después")

    def reads(person) -> list[str]:
        part = Participant.objects.select_related("conversation", "user").get(conversation=group, user=person)
        return list(
            Message.objects.seen_by(part)
            .filter(is_from_portal=False)
            .order_by("id")
            .values_list("text", flat=True)
        )

    assert reads(luis) == ["Antes", "Mientras", "Después"]
    assert reads(sol) == ["Mientras", "Después"]
    assert reads(eva) == ["Antes", "Mientras"]
    with pytest.raises(PermissionDenied):
        answered(first, eva)


def test_only_a_group_is_left_named_or_added_to_and_only_by_who_is_in_it() -> None:
    ana, luis, eva, stranger = (listed() for _number in range(4))
    pair = written(ana, luis).conversation
    group = written(ana, luis, eva).conversation
    for conversation, person in ((pair, ana), (group, stranger)):
        with pytest.raises(PermissionDenied):
            conversation_leave(conversation=conversation, user=person)
        with pytest.raises(PermissionDenied):
            conversation_rename(conversation=conversation, user=person, subject="Costa")
        with pytest.raises(PermissionDenied):
            participants_add(conversation=conversation, user=person, people=[listed()])


def test_a_groups_name_is_one_line_of_text() -> None:
    ana = listed()
    group = written(ana, listed(), listed()).conversation
    conversation_rename(conversation=group, user=ana, subject="Costa\r\nBcc: x@example.org\u202e")
    group.refresh_from_db()
    assert group.subject == "Costa Bcc: x@example.org"


def test_in_a_group_people_kept_apart_are_not_there_for_each_other() -> None:
    ana, luis, eva = listed(), listed(), listed()
    first = written(ana, luis, eva)
    Block.objects.create(blocker=luis, blocked=eva)
    for person in (luis, eva):
        forget_blocks(person)
    before = Participant.objects.get(conversation=first.conversation, user=luis).last_message_id
    answered(first, eva, "Hola Luis")
    part = Participant.objects.select_related("conversation", "user").get(
        conversation=first.conversation, user=luis
    )
    assert part.last_message_id == before
    assert not Message.objects.seen_by(part).filter(sender=eva).exists()
    assert not Message.objects.visible_to(luis).filter(sender=eva).exists()
    assert Message.objects.visible_to(ana).filter(sender=eva).exists()
