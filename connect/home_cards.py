"""What Conectarme has to say to a person on the home page."""

from typing import Any

from connect.messaging.conversation_list import own_conversations
from connect.models import Connection, Introduction, Profile
from portal.accounts.affiliation import is_network_member
from portal.accounts.models import User

# Nobody counts further than that.
_COUNTED = 100


def connect_card(user: User) -> dict[str, Any] | None:
    """Invite whoever never looked at her profile; tell the others what waits for them.

    She is invited until she looks at her profile or says "not now", and not again: whether she wants to be found is
    asked there.
    """
    invites = _works_in_the_network(user) and not Profile.objects.filter(user=user).exists()
    waiting = {
        "requests": Connection.objects.received_by(user)[:_COUNTED].count(),
        "introductions": Introduction.objects.offered_to(user)[:_COUNTED].count(),
        "conversations": own_conversations(user).unread()[:_COUNTED].count(),
    }
    return {"invites": invites, **waiting} if invites or any(waiting.values()) else None


def _works_in_the_network(user: User) -> bool:
    return bool(user.is_staff or is_network_member(user))
