"""Who looks after an encounter."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from share.events.entries import event_entry_refresh
from share.models import Event, EventChange, EventOrganiser
from share.services.events.history import change_append, event_lock
from share.services.events.notices import tell_organiser


class LastOrganiser(ValueError):
    """Nobody would look after the event any more; the message says what to do first."""


@transaction.atomic
def organiser_add(*, event: Event, user: User, actor: User) -> bool:
    """Let somebody else look after an event too, and tell her; says whether she did not already."""
    found = event_lock(event)
    _row, is_new = EventOrganiser.objects.get_or_create(event=found, user=user)
    if is_new:
        _organisers_changed(found, actor)
        tell_organiser(found, user, actor=actor)
    return is_new


@transaction.atomic
def organiser_remove(*, event: Event, user: User, actor: User | None) -> bool:
    """Let somebody look after an event no more; says whether she did.

    Raises:
        LastOrganiser: she is the only one, and no municipality stands behind the event.
    """
    found = event_lock(event)
    rows = EventOrganiser.objects.filter(event=found)
    hers = rows.filter(user=user)
    if not hers.exists():
        return False
    if found.municipality_id is None and not rows.exclude(user=user).exists():
        raise LastOrganiser(_("Alguien tiene que organizar el encuentro: sumá antes a otra persona."))
    hers.delete()
    _organisers_changed(found, actor)
    return True


def _organisers_changed(event: Event, actor: User | None) -> None:
    change_append(event, EventChange.Kind.EDITED, by=actor, fields=["organisers"])
    if event.published_at:
        event_entry_refresh(event_id=event.pk)
