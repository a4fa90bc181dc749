"""What has happened, told to whoever listens: past-tense signals that carry ids.

Send with `announce`, which waits for the commit and survives a failing receiver. A receiver connects with a
`dispatch_uid` and makes one service call or queues one task.

Payloads (all ids are integers):

    membership_requested    membership_id
    membership_decided      membership_id, status ("active" or "declined"), actor_id
    membership_ended        membership_id, actor_id
    municipalities_changed  (nothing: any of them, perhaps many)
    topics_changed          (nothing: any area or topic)
    solution_published      solution_id
    contribution_submitted  contribution_id, actor_id
    contribution_decided    contribution_id, status ("published", "changes_asked" or "declined"), actor_id
    evaluation_submitted    evaluation_id, actor_id
    evaluation_scored       evaluation_id, run_id
    result_published        evaluation_id, actor_id (a municipality lets everybody read its scores)
    result_withdrawn        evaluation_id, actor_id
    account_erased          user_id, actor_id
    time_zone_changed       user_id
    people_blocked          blocker_id, blocked_id
    registration_changed    registration_id, status_from, status_to
    event_published         event_id
    event_changed           event_id, is_moved (its time or place is another; every change is told)
    event_cancelled         event_id
    thread_created          thread_id (it can be read: one that waits to be looked at is told of when it is let in)
    post_created            post_id (likewise; not the post that opens a conversation)
    answer_accepted         post_id
"""

import logging
from typing import Any

from django.db import transaction
from django.dispatch import Signal

logger = logging.getLogger(__name__)

membership_requested = Signal()
membership_decided = Signal()
membership_ended = Signal()
municipalities_changed = Signal()
topics_changed = Signal()
solution_published = Signal()
contribution_submitted = Signal()
contribution_decided = Signal()
evaluation_submitted = Signal()
evaluation_scored = Signal()
result_published = Signal()
result_withdrawn = Signal()
account_erased = Signal()
time_zone_changed = Signal()
people_blocked = Signal()
registration_changed = Signal()
event_published = Signal()
event_changed = Signal()
event_cancelled = Signal()
thread_created = Signal()
post_created = Signal()
answer_accepted = Signal()


def announce(event: Signal, **payload: Any) -> None:
    """Send an event once the transaction has committed; a receiver's failure is logged, not raised."""

    def send() -> None:
        for receiver, outcome in event.send_robust(sender=None, **payload):
            if isinstance(outcome, Exception):
                logger.error("Receiver %s failed for %s", receiver, payload, exc_info=outcome)

    transaction.on_commit(send)
