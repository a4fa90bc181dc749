"""Conversations in which others asked an official about her municipality's things: they pass on when she leaves."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from connect.services.handing_over import conversations_pass_on, conversations_to_pass_on
from portal.accounts.handovers import Handover
from portal.accounts.models import User
from portal.places.models import Municipality


def held_conversations(user: User, municipality: Municipality) -> list[str]:
    """Return the keys of the conversations that would pass on."""
    rows = conversations_to_pass_on(user=user, municipality=municipality)
    return [str(key) for key in rows.values_list("pk", flat=True)]


def pass_on_conversations(
    user: User, municipality: Municipality, successor: User | None, keys: Sequence[str]
) -> int:
    """Put a colleague in her place; without one they stay as they are. Says how many it was."""
    if successor is None:
        return 0
    return conversations_pass_on(
        user=user, municipality=municipality, successor=successor, keys=[int(key) for key in keys]
    )


CONVERSATIONS = Handover(
    id="conversations",
    label=_("Conversaciones sobre cosas del municipio"),
    held=held_conversations,
    pass_on=pass_on_conversations,
    order=10,
)
