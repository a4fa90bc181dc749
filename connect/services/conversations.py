"""Beginning to write to somebody, alone or to a few at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from connect.audience import connected_to
from connect.messaging.contacting import contact_decisions
from connect.messaging.limits import NEW_A_DAY
from connect.models import Conversation, Message, Participant, Profile
from connect.models.conversations import MAX_PARTICIPANTS
from connect.services.messages import Uploads, message_send
from connect.visibility import Level
from portal.accounts.models import User
from portal.catalog.models import Entry
from portal.safety.services import allowance_take


@dataclass(frozen=True)
class Written:
    """A first message: what it says, what goes with it, and the form's own key."""

    text: str
    client_key: UUID | None = None
    uploads: Uploads = ()


@transaction.atomic
def conversation_start(
    *,
    starter: User,
    people: Collection[User],
    written: Written,
    subject: str = "",
    about: Entry | None = None,
) -> Message:
    """Write to somebody for the first time, or once more: two people have one conversation about one thing.

    Args:
        people: one, or up to eleven who make a group with her.
        subject: what the group is called.
        about: the thing in the catalogue that the message carries, for two people only.

    Raises:
        PermissionDenied: she may not write to one of them; the reason is what the page may say.
        ValidationError: too many, nobody, or nothing written.
        LimitReached: she has begun as many conversations as she may today, or written as much as she may for now.
    """
    others = {person.pk: person for person in people if person.pk != starter.pk}
    _check_number(others)
    if len(others) == 1:
        other = next(iter(others.values()))
        conversation = _with_one(starter, other, about)
    else:
        conversation = _group(starter, list(others.values()), subject, written.client_key)
    return message_send(
        conversation=conversation,
        sender=starter,
        text=written.text,
        client_key=written.client_key,
        uploads=written.uploads,
    )


def pair_of(one: int, other: int) -> str:
    """Name two people, whoever of them begins."""
    return f"{min(one, other)}:{max(one, other)}"


def require_contact(starter: User, person_ids: Collection[int]) -> None:
    """Go on when she may write to each of these people.

    Raises:
        PermissionDenied: she may not; the message is the reason.
    """
    for decision in contact_decisions(starter, person_ids).values():
        decision.require()


def require_known_to_all(person_ids: Collection[int], *, but: User) -> None:
    """Go on when a group makes nobody known to whom she does not show her name; who acts decides for herself.

    Raises:
        PermissionDenied: somebody shows herself to her connections alone, and there are others.
    """
    shy = Profile.objects.filter(
        user_id__in=person_ids, visibility__contains={"name": Level.CONNECTIONS.value}
    )
    for profile in shy.exclude(user=but).select_related("user"):
        if not set(person_ids) - {profile.user_id} <= connected_to(profile.user):
            raise PermissionDenied(
                _(
                    "%(name)s solo se muestra a las personas con las que se conectó, y en un grupo la verían otras. "
                    "Escribile aparte."
                )
                % {"name": profile.user.name}
            )


def _check_number(others: dict[int, User]) -> None:
    if not others:
        raise ValidationError({"people": _("Elegí al menos a una persona.")})
    if len(others) >= MAX_PARTICIPANTS:
        raise ValidationError(
            {
                "people": _("Un grupo tiene hasta %(maximum)d personas, contándote. Elegí menos.")
                % {"maximum": MAX_PARTICIPANTS}
            }
        )


def _with_one(starter: User, other: User, about: Entry | None) -> Conversation:
    """Return the one conversation of two people about a thing, beginning it where there is none."""
    thing = {
        "pair": pair_of(starter.pk, other.pk),
        "about_kind": about.kind if about else "",
        "about_id": about.object_id if about else None,
    }
    found = Conversation.objects.filter(**thing).first()
    if found is not None:
        return found
    require_contact(starter, [other.pk])
    if about is not None and not Entry.objects.visible_to(other).filter(pk=about.pk).exists():
        # What she may not find is not carried to her by a message either.
        raise PermissionDenied(_("A esta persona no le llega eso. Escribile sin mencionarlo."))
    allowance_take(user=starter, limit=NEW_A_DAY.id)
    # Two first messages at the same moment meet at the constraint: the second writes into what the first began.
    conversation, is_new = Conversation.objects.get_or_create(
        **thing, defaults={"started_by": starter, **(_carried(about) if about else {})}
    )
    if is_new:
        _join(conversation, [starter, other])
    return conversation


def _carried(about: Entry) -> dict[str, object]:
    return {"about_title": about.title, "about_url": about.url, "municipality_id": about.municipality_id}


def _group(starter: User, others: Sequence[User], subject: str, client_key: UUID | None) -> Conversation:
    """Begin a group; the form sent twice is one group, because its key and its people make the group's."""
    people = ",".join(str(key) for key in sorted(person.pk for person in others))
    public_id = uuid5(client_key, f"{starter.pk}:{people}") if client_key else uuid4()
    found = Conversation.objects.filter(public_id=public_id, started_by=starter).first()
    if found is not None:
        return found
    keys = [person.pk for person in others]
    require_contact(starter, keys)
    require_known_to_all([starter.pk, *keys], but=starter)
    allowance_take(user=starter, limit=NEW_A_DAY.id)
    conversation, is_new = Conversation.objects.get_or_create(
        public_id=public_id, defaults={"started_by": starter, "is_group": True, "subject": subject}
    )
    if is_new:
        _join(conversation, [starter, *others])
    return conversation


def _join(conversation: Conversation, people: Sequence[User]) -> None:
    Participant.objects.bulk_create(Participant(conversation=conversation, user=person) for person in people)
