"""May she be written to? The one answer for buttons, forms, services and the API.

A pause keeps new conversations away, save those of a person's connections; what was being talked about goes on.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from connect.audience import connected_to, reader_circle
from connect.models import Profile
from connect.people.finding import shown_people
from connect.people.shown import ShownPerson
from connect.visibility import Circle
from portal.core.decision import ALLOWED, Decision, denied

SIGN_IN_FIRST = _("Para escribirle a alguien primero ingresá con tu cuenta.")
NOT_HERSELF = _("Es tu propia cuenta: elegí a otra persona.")
NEEDS_TOWN = _(
    "Para escribirle a alguien que no conocés hace falta trabajar en un municipio de la red. Pedí sumarte al tuyo "
    "desde «Mi cuenta» y probá otra vez cuando te aprueben."
)
# The same words for whoever is blocked, left, was suspended, was erased, never was, hides her name, or paused.
NOT_NOW = _(
    "Esta persona no recibe mensajes por ahora. Podés buscar en el directorio a alguien más que trabaje en lo mismo."
)


def can_contact(reader: Any, person_id: int) -> Decision:
    """Say whether a reader may begin to write to a person; whoever may not learns one of four sentences, no more."""
    return contact_decisions(reader, [person_id])[person_id]


def contact_decisions(
    reader: Any, person_ids: Collection[int], *, shown: Mapping[int, ShownPerson] | None = None
) -> dict[int, Decision]:
    """Say the same of several people, with a number of queries that does not grow with theirs.

    Args:
        shown: what `shown_people` returned for this reader and these people, where it was asked already.
    """
    refusal = _refusal_for_anybody(reader)
    known = connected_to(reader)
    asked = [key for key in person_ids if refusal is None or key in known]
    found = shown_people(reader, asked) if shown is None else shown
    paused = _paused(asked) - known
    own = reader.pk if reader.is_authenticated else None

    def decision(person_id: int) -> Decision:
        if own is not None and person_id == own:
            return denied(NOT_HERSELF)
        if refusal is not None and person_id not in known:
            return denied(refusal)
        return ALLOWED if person_id in found and person_id not in paused else denied(NOT_NOW)

    return {person_id: decision(person_id) for person_id in person_ids}


def reachable(reader: Any, person_ids: Collection[int]) -> dict[int, ShownPerson]:
    """Return those of the people a reader shares a conversation with who are still there for her.

    Somebody who is blocked, suspended or gone is not.
    """
    return shown_people(reader, person_ids, acquainted=person_ids)


def _refusal_for_anybody(reader: Any) -> str | Promise | None:
    """Return why this reader writes to nobody whom she does not know; nothing where she may."""
    if not reader.is_authenticated:
        return SIGN_IN_FIRST
    return None if reader_circle(reader) >= Circle.MEMBER else NEEDS_TOWN


def _paused(person_ids: Collection[int]) -> set[int]:
    profiles = Profile.objects.filter(user_id__in=person_ids, availability=Profile.Availability.PAUSED)
    return {
        profile.user_id
        for profile in profiles.only("user_id", "availability", "paused_until")
        if profile.current_availability == Profile.Availability.PAUSED
    }
