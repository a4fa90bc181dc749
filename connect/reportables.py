"""People's pages as something that can be reported, and whom a person knows well enough to keep away."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from connect.models import Participant, Profile
from connect.people.finding import profile_or_blank, shown_people
from connect.visibility import Level, level_of, profile_fields
from portal.accounts.models import User
from portal.core.decision import ALLOWED, Decision, denied
from portal.safety.reportables import Evidence

# Each part of a profile that is text, by the field that says who sees it.
_TEXTS = (
    ("about", "about"),
    ("offers", "offers"),
    ("seeks", "seeks"),
    ("availability", "availability_note"),
)


def person_from_key(key: str) -> int | None:
    """Return whose random id stands in an address; nobody's for anything else."""
    try:
        public_id = UUID(key)
    except ValueError:
        return None
    return User.objects.filter(public_id=public_id).values_list("pk", flat=True).first()


def may_report_person(reader: User, person_id: int) -> Decision:
    """Whoever may know a person may report her page; nobody reports herself."""
    if reader.pk != person_id and person_id in known_people(reader, [person_id]):
        return ALLOWED
    return denied(_("No encontramos a esa persona."))


def person_evidence(person_id: int) -> Evidence | None:
    """Copy what a person's page tells others; what only she sees is not in it."""
    person = (
        User.objects.filter(pk=person_id, erased_at__isnull=True).select_related("profile__photo").first()
    )
    if person is None:
        return None
    profile = profile_or_blank(person)
    return Evidence(
        title=person.name,
        text="\n\n".join(_told(profile)),
        at=profile.updated_at,
        author_id=person.pk,
    )


def person_url(person_id: int) -> str:
    """Return the person's page; the team sees of it what members see."""
    public_id = User.objects.filter(pk=person_id).values_list("public_id", flat=True).first()
    return reverse("connect:person-detail", args=[public_id]) if public_id else ""


def known_people(reader: User, person_ids: Collection[int]) -> dict[int, str]:
    """Return those of these people whom a reader knows, found in the directory or met in a conversation, by name."""
    return {
        key: person.name
        for key, person in shown_people(
            reader, person_ids, acquainted=_met_in_conversations(reader, person_ids)
        ).items()
    }


def _met_in_conversations(reader: User, person_ids: Collection[int]) -> set[int]:
    own = Participant.objects.filter(user=reader).values("conversation_id")
    met = Participant.objects.filter(conversation__in=own, user__in=person_ids).met_by(reader.pk)
    return set(met.values_list("user_id", flat=True))


def _told(profile: Profile) -> list[str]:
    shown: list[tuple[str, Any]] = [(field_id, getattr(profile, attribute)) for field_id, attribute in _TEXTS]
    links = "\n".join(f"{link.get('label', '')} {link.get('url', '')}".strip() for link in profile.links)
    shown.append(("links", links))
    shown.append(("photo", profile.photo.name if profile.photo else ""))
    return [
        f"{profile_fields.get(field_id).label}: {text}"
        for field_id, text in shown
        if text and level_of(profile.visibility, field_id) != Level.NOBODY
    ]
