"""Who may organise encounters and change them, each with the reason that the page shows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.affiliation import is_coordinator_of, is_network_member, works_in
from portal.core.decision import ALLOWED, Decision, denied
from share.models import Event, EventOrganiser

SIGN_IN_FIRST = _("Para hacer esto primero ingresá con tu cuenta.")
ONLY_ORGANISERS = _(
    "Esto lo hacen quienes organizan el encuentro, quien coordina su municipio o el equipo de la red."
)


def can_create_event(user: Any) -> Decision:
    """Whoever works in a municipality of the network, and its team."""
    if not (user.is_authenticated and user.is_active):
        return denied(SIGN_IN_FIRST)
    if user.is_staff or is_network_member(user):
        return ALLOWED
    return denied(
        _("Los encuentros los organizan quienes trabajan en un municipio de la red. Pedí sumarte al tuyo.")
    )


def can_host_in(user: Any, municipality_id: int | None) -> Decision:
    """One invites in the name of a municipality where one works; in the network's, its team alone."""
    if user.is_staff or (municipality_id is not None and works_in(user, municipality_id)):
        return ALLOWED
    return denied(_("Elegí un municipio en el que trabajes."))


def is_organiser(user: Any, event: Event) -> bool:
    """Say whether a person looks after an event: by name, as coordinator of its municipality, or of the team."""
    return bool(can_change_event(user, event))


def can_change_event(user: Any, event: Event) -> Decision:
    """Its organisers while they are of the network, coordinators of its municipality, and the network's team."""
    if not (user.is_authenticated and user.is_active):
        return denied(SIGN_IN_FIRST)
    if user.is_staff:
        return ALLOWED
    if event.municipality_id and is_coordinator_of(user, event.municipality_id):
        return ALLOWED
    if not is_network_member(user):
        return denied(ONLY_ORGANISERS)
    organises = EventOrganiser.objects.filter(event_id=event.pk, user_id=user.pk).exists()
    return ALLOWED if organises else denied(ONLY_ORGANISERS)


def can_publish_event(user: Any, event: Event) -> Decision:
    """Whoever may change it, while it is a draft."""
    changing = can_change_event(user, event)
    if not changing:
        return changing
    return ALLOWED if event.status == Event.Status.DRAFT else denied(_("Este encuentro ya se publicó."))


def can_cancel_event(user: Any, event: Event) -> Decision:
    """Whoever may change it, while it is announced."""
    changing = can_change_event(user, event)
    if not changing:
        return changing
    if event.is_cancelled:
        return denied(_("Este encuentro ya está cancelado."))
    return ALLOWED if event.is_published else denied(_("Todavía es un borrador: podés borrarlo."))


def can_restore_event(user: Any, event: Event) -> Decision:
    """Whoever may change it, while it is cancelled."""
    changing = can_change_event(user, event)
    if not changing:
        return changing
    return ALLOWED if event.is_cancelled else denied(_("Este encuentro no está cancelado."))


def can_delete_event(user: Any, event: Event) -> Decision:
    """Whoever may change it, while nobody was told of it."""
    changing = can_change_event(user, event)
    if not changing:
        return changing
    if event.status == Event.Status.DRAFT:
        return ALLOWED
    return denied(_("Lo que se publicó no se borra: cancelalo y le avisamos a quienes iban a ir."))


def can_hide_event(user: Any) -> Decision:
    """The network's team takes events away, and shows them again."""
    if user.is_authenticated and user.is_active and user.is_staff:
        return ALLOWED
    return denied(_("Esto lo hace el equipo de la red."))
