"""How people usually answer those who turn to them: derived from their conversations, and told kindly elsewhere."""

from collections.abc import Collection
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from connect.models import Message, Profile

# Whoever was slow last year is not for ever.
LOOKED_BACK = timedelta(days=365)
# A question that is younger and waits is neither answered nor unanswered.
TIME_TO_ANSWER = timedelta(days=14)
AT_ONCE = 1_000
# Only first messages of others between two people count, and not those that were somebody else's to answer: whoever
# follows a colleague, as the portal said there, was not asked.
_REFRESH = """
    WITH asked AS (
        SELECT participant.user_id, conversation.created_at AS asked_at, (
            SELECT message.created_at FROM connect_message AS message
            WHERE message.conversation_id = conversation.id AND message.sender_id = participant.user_id
                AND NOT message.is_from_portal
            ORDER BY message.id LIMIT 1
        ) AS answered_at
        FROM connect_participant AS participant
        JOIN connect_conversation AS conversation ON conversation.id = participant.conversation_id
        WHERE participant.user_id = ANY(%(people)s)
            AND NOT conversation.is_group
            AND conversation.started_by_id <> participant.user_id
            AND conversation.created_at > %(since)s
            AND NOT EXISTS (
                SELECT FROM connect_message AS passed
                WHERE passed.conversation_id = conversation.id AND passed.sender_id = participant.user_id
                    AND passed.is_from_portal AND passed.text = %(goes_on)s
            )
    ), habits AS (
        SELECT user_id,
            count(*) FILTER (WHERE answered_at IS NOT NULL OR asked_at < %(due)s) AS received,
            count(*) FILTER (WHERE answered_at < asked_at + %(limit)s::interval) AS answered,
            percentile_disc(0.5) WITHIN GROUP (ORDER BY ceil(extract(epoch FROM answered_at - asked_at) / 3600))
                FILTER (WHERE answered_at < asked_at + %(limit)s::interval) AS hours
        FROM asked GROUP BY user_id
    )
    UPDATE connect_profile AS profile
    SET asks_received = coalesce(habits.received, 0),
        asks_answered = coalesce(habits.answered, 0),
        typical_hours = habits.hours
    FROM unnest(%(people)s) AS person (id) LEFT JOIN habits ON habits.user_id = person.id
    WHERE profile.user_id = person.id AND (profile.asks_received, profile.asks_answered, profile.typical_hours)
        IS DISTINCT FROM (coalesce(habits.received, 0), coalesce(habits.answered, 0), habits.hours)
"""


def habits_refresh(*, user_ids: Collection[int]) -> int:
    """Look at how these people answered in the last year; returns how many profiles say something else now."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _REFRESH,
            {
                "people": list(user_ids),
                "since": now - LOOKED_BACK,
                "due": now - TIME_TO_ANSWER,
                "limit": f"{TIME_TO_ANSWER.days} days",
                "goes_on": Message.Said.GOES_ON.value,
            },
        )
        return cursor.rowcount


def habits_refresh_all() -> int:
    """Do so for everybody with a profile, some at a time; returns how many profiles changed."""
    changed = 0
    last = 0
    while True:
        following = Profile.objects.filter(user_id__gt=last).order_by("user_id")
        people = list(following.values_list("user_id", flat=True)[:AT_ONCE])
        if not people:
            return changed
        with transaction.atomic():
            changed += habits_refresh(user_ids=people)
        last = people[-1]


def habits_note_answer(*, message: Message) -> None:
    """Look anew at how somebody answers, when what she wrote is her first answer to whoever began."""
    conversation = message.conversation
    if conversation.is_group or message.sender_id in (None, conversation.started_by_id):
        return
    earlier = Message.objects.filter(
        conversation=conversation, sender_id=message.sender_id, is_from_portal=False, pk__lt=message.pk
    )
    if not earlier.exists():
        habits_refresh(user_ids=[message.sender_id])
