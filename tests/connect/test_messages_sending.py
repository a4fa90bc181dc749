"""Writing in a conversation: once, as text, to those who take part."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from connect.messaging.limits import A_MINUTE
from connect.models import Message, Participant
from connect.models.conversations import MAX_MESSAGE
from connect.services.messages import MAX_FILES, message_send
from connect.services.participants import conversation_mute, conversation_read
from portal.files.models import StoredFile
from portal.files.permissions import can_read_file
from portal.notices.models import Notification
from portal.safety.blocks import forget_blocks
from portal.safety.models import Block, Suspension
from portal.safety.services import LimitReached
from tests.connect.factories import answered, listed, written
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db


def part_of(person, message: Message) -> Participant:
    return Participant.objects.select_related("conversation", "user").get(
        conversation=message.conversation, user=person
    )


def a_file(name: str = "ordenanza.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"Ordenanza 1234", "text/plain")


def test_a_form_sent_twice_is_one_message_and_what_else_is_written_in_it_is_not_lost() -> None:
    ana, luis = listed(), listed()
    conversation, key = written(ana, luis).conversation, uuid4()
    sent = [
        message_send(conversation=conversation, sender=ana, text=text, client_key=key).text
        for text in ("Gracias", "Gracias ", "Gracias otra vez")
    ]
    assert sent == ["Gracias", "Gracias", "Gracias otra vez"]
    assert Message.objects.filter(conversation=conversation).count() == 3


def test_the_list_of_each_person_follows_and_only_the_others_have_something_to_read() -> None:
    ana, luis = listed(), listed()
    message = answered(written(ana, luis), ana)
    message.conversation.refresh_from_db()
    assert message.conversation.last_message_id == message.pk
    assert {part_of(person, message).last_message_id for person in (ana, luis)} == {message.pk}
    assert part_of(luis, message).is_unread
    assert not part_of(ana, message).is_unread


@pytest.mark.parametrize("text", ["", "  \n ", "\x00\x07", "\u202e\u200b"])
def test_a_message_without_anything_to_read_is_none(text: str) -> None:
    ana, luis = listed(), listed()
    with pytest.raises(ValidationError):
        written(ana, luis, text=text)
    assert not Message.objects.exists()


def test_a_message_has_at_most_ten_thousand_letters() -> None:
    ana, luis = listed(), listed()
    assert written(ana, luis, text="á" * MAX_MESSAGE).text == "á" * MAX_MESSAGE
    with pytest.raises(ValidationError, match="10001"):
        written(ana, luis, text="á" * (MAX_MESSAGE + 1))


def test_what_nobody_sees_is_left_out_and_lines_end_one_way() -> None:
    message = written(listed(), listed(), text="Hola\x00\r\nAna\x1b[31m\rchau \u202egro.live")
    assert message.text == "Hola\nAna[31m\nchau gro.live"


def test_a_flood_from_one_account_stops_and_says_what_to_do() -> None:
    ana, luis = listed(), listed()
    first = written(ana, luis)
    for _number in range(A_MINUTE.most_when_new - 1):
        answered(first, ana)
    with pytest.raises(LimitReached, match="sigue acá"):
        answered(first, ana)
    assert Message.objects.count() == A_MINUTE.most_when_new
    assert answered(first, luis)


def test_between_two_nothing_is_sent_to_who_is_blocked_suspended_or_gone() -> None:
    ana = listed()
    blocked, suspended, gone = listed(), listed(), listed()
    conversations = [written(ana, person) for person in (blocked, suspended, gone)]
    Block.objects.create(blocker=blocked, blocked=ana)
    Suspension.objects.create(user=suspended, reason="Publicidad")
    gone.is_active = False
    gone.save()
    forget_blocks(ana)
    said = set()
    for message in conversations:
        with pytest.raises(PermissionDenied) as refused:
            answered(message, ana)
        said.add(str(refused.value))
    assert len(said) == 1


def test_a_conversation_that_began_goes_on_through_a_pause_and_after_leaving_the_municipality() -> None:
    ana, luis = listed(), listed()
    first = written(ana, luis)
    luis.profile.availability = "paused"
    luis.profile.save()
    ana.memberships.update(status="left", ended_on=ana.memberships.get().started_on)
    assert answered(first, ana)


def test_nobody_else_writes_in_it_the_networks_team_neither() -> None:
    first = written(listed(), listed())
    for stranger in (listed(), UserFactory(superuser=True)):
        with pytest.raises(PermissionDenied):
            answered(first, stranger)


def test_files_go_with_a_message_and_are_read_by_who_takes_part() -> None:
    ana, luis, stranger = listed(), listed(), listed()
    conversation = written(ana, luis).conversation
    message = message_send(
        conversation=conversation, sender=ana, text="Va la ordenanza", uploads=[a_file(), a_file("b.txt")]
    )
    file = message.files.first().file
    assert message.files.count() == 2
    assert can_read_file(ana, file)
    assert can_read_file(luis, file)
    for other in (stranger, UserFactory(superuser=True)):
        assert not can_read_file(other, file)
    Message.objects.filter(pk=message.pk).update(hidden_at=message.created_at)
    assert not can_read_file(luis, file)


def test_too_many_files_or_one_that_is_not_taken_leave_nothing_behind() -> None:
    ana, conversation = listed(), None
    conversation = written(ana, listed()).conversation
    program = SimpleUploadedFile("foto.png", b"MZ\x90\x00" + b"\x00" * 64, "image/png")
    for uploads in ([a_file()] * (MAX_FILES + 1), [a_file(), program]):
        with pytest.raises(ValidationError):
            message_send(conversation=conversation, sender=ana, text="Va", uploads=uploads)
    assert not StoredFile.objects.exists()
    assert Message.objects.count() == 1


def test_what_was_read_only_ever_goes_forward_and_its_notice_is_read_with_the_newest() -> None:
    ana, luis = listed(), listed()
    first = written(ana, luis)
    second = answered(first, ana)
    conversation_read(participant=part_of(luis, first), message_id=first.pk)
    assert Notification.objects.filter(user=luis, read_at__isnull=True).exists()
    conversation_read(participant=part_of(luis, first), message_id=second.pk)
    conversation_read(participant=part_of(luis, first), message_id=first.pk)
    assert part_of(luis, first).read_message_id == second.pk
    assert not Notification.objects.filter(user=luis, read_at__isnull=True).exists()


def test_messages_of_one_conversation_are_one_notice_that_counts() -> None:
    ana, luis = listed("Ana Ruiz"), listed()
    first = written(ana, luis)
    answered(first, ana)
    answered(first, ana)
    line = Notification.objects.get(user=luis, is_folded=False)
    assert line.text == "Tenés 3 mensajes de Ana Ruiz."
    assert line.url == first.conversation.get_absolute_url()
    assert not Notification.objects.filter(user=ana).exists()


def test_who_silenced_it_gets_no_notice_but_the_message() -> None:
    ana, luis = listed(), listed()
    first = written(ana, luis)
    Notification.objects.all().delete()
    conversation_mute(participant=part_of(luis, first), is_muted=True)
    answered(first, ana)
    assert not Notification.objects.exists()
    assert part_of(luis, first).is_unread
