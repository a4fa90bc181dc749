"""The first words between two people who were introduced: why somebody thought that they should meet."""

from connect.models import Conversation, Introduction, Message, Participant
from connect.services.conversations import pair_of
from connect.services.messages import portal_say


def introduction_conversation_begin(*, introduction: Introduction) -> Conversation:
    """Open the conversation of two people who both said yes, with the note of whoever introduced them.

    It is theirs: the introducer takes no part in it and is not named. Where they wrote to each other before, the
    note follows.
    """
    pair = [introduction.first, introduction.second]
    conversation, is_new = Conversation.objects.select_for_update(no_key=True).get_or_create(
        pair=pair_of(pair[0].pk, pair[1].pk), about_kind="", about_id=None
    )
    if is_new:
        Participant.objects.bulk_create(
            Participant(conversation=conversation, user=person) for person in pair
        )
    # The note is kept as the introducer's, so that it goes when she erases her account.
    portal_say(
        conversation=conversation,
        said=Message.Said.INTRODUCED,
        person=introduction.introducer,
        note=introduction.note,
    )
    return conversation
