"""People, and what they tell and share in Conectarme, to test with."""

from typing import Any

from django.utils import timezone

from connect.audience import forget_connections
from connect.models import Connection, Message, Profile
from connect.services.conversations import Written, conversation_start
from connect.services.directory import directory_refresh
from connect.services.messages import message_send
from portal.accounts.models import User
from tests.portal.accounts_factories import MembershipFactory, UserFactory


def listed(name: str = "", *, audience: str = "members", **wanted: Any) -> User:
    """Return a person who is in the directory, working in a town of her own unless `municipality` says where.

    Args:
        audience: who may see her name; what she tells besides has the defaults unless `visibility` says otherwise.
        wanted: `municipality`, `role`, `position` of her work (`municipality=None` for none), fields of her account
            that begin with `user_`, and fields of her profile.
    """
    account = {key.removeprefix("user_"): wanted.pop(key) for key in list(wanted) if key.startswith("user_")}
    user = UserFactory(**({"name": name} if name else {}), **account)
    work = {key: wanted.pop(key) for key in ("municipality", "role", "position") if key in wanted}
    if work.get("municipality", user) is not None:
        MembershipFactory(user=user, **work)
    visibility = {"name": audience, **wanted.pop("visibility", {})}
    Profile.objects.create(user=user, listed_at=timezone.now(), visibility=visibility, **wanted)
    directory_refresh(user_ids=[user.pk])
    return user


def connect_two(one: User, other: User) -> None:
    """Let two people know each other, as those who accepted a request do."""
    Connection.objects.create(
        requester=one, recipient=other, status=Connection.Status.ACCEPTED, decided_at=timezone.now()
    )
    for person in (one, other):
        forget_connections(person)


def written(sender: User, *people: User, text: str = "Hola, ¿cómo empezaron?", **wanted: Any) -> Message:
    """Write to people for the first time, or once more; `about` and `subject` as the service takes them."""
    return conversation_start(starter=sender, people=people, written=Written(text), **wanted)


def answered(message: Message, sender: User, text: str = "Con una ordenanza.") -> Message:
    """Write in the conversation of a message."""
    return message_send(conversation=message.conversation, sender=sender, text=text)


def connected(one: User, other: User) -> User:
    """Connect two people; returns the other."""
    connect_two(one, other)
    return other
