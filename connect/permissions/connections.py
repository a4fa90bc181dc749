"""Who may connect with whom, and introduce whom to whom, each with the reason that the page shows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from connect.audience import connected_to, reader_circle
from connect.models import Connection, Introduction
from connect.people.finding import shown_people
from connect.visibility import Circle
from portal.accounts.models import User
from portal.core.decision import ALLOWED, Decision, denied
from portal.safety.blocks import kept_apart_from

SIGN_IN_FIRST = _("Para conectarte con colegas primero ingresá con tu cuenta.")
# Said of who blocked, left, was suspended, hides her name, or never was: one sentence for all.
NOBODY_THERE = _("No encontramos a esa persona.")
NOT_YOURS = _("Este pedido es de otras personas.")
NOT_YOUR_INTRODUCTION = _("Esta presentación es de otras personas.")
ALREADY_DECIDED = _("Esta presentación ya se resolvió.")

NEEDS_TOWN = _(
    "Para conectarte con colegas hace falta trabajar en un municipio de la red. Pedí sumarte al tuyo desde «Mi "
    "cuenta» y probá otra vez cuando te aprueben."
)


def can_see_connection(user: Any, connection: Connection) -> Decision:
    """The two of them, while both are there and neither blocked the other.

    The twin of `Connection.objects.visible_to`.
    """
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    pair = {connection.requester_id, connection.recipient_id}
    if user.pk not in pair or pair & kept_apart_from(user):
        return denied(NOT_YOURS)
    are_there = connection.requester.is_active and connection.recipient.is_active
    return ALLOWED if are_there else denied(NOT_YOURS)


def can_request_connection(user: Any, person_id: int) -> Decision:
    """Whoever works in the network asks the people whom she may know and is not connected with."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if reader_circle(user) < Circle.MEMBER:
        return denied(NEEDS_TOWN)
    if person_id == user.pk:
        return denied(_("Esta es tu propia página: tus conexiones las hacés con otras personas."))
    if person_id not in shown_people(user, [person_id]):
        return denied(NOBODY_THERE)
    if person_id in connected_to(user):
        return denied(_("Ya se conectaron. Podés escribirle cuando quieras."))
    return ALLOWED


def can_answer_connection(user: Any, connection: Connection) -> Decision:
    """Whoever was asked accepts or declines."""
    seeing = can_see_connection(user, connection)
    if not seeing or connection.recipient_id == user.pk:
        return seeing
    return denied(_("A este pedido responde la persona a la que le escribiste."))


def can_withdraw_connection(user: Any, connection: Connection) -> Decision:
    """Whoever asked takes it back."""
    seeing = can_see_connection(user, connection)
    if not seeing or connection.requester_id == user.pk:
        return seeing
    return denied(_("El pedido lo retira quien lo hizo. Vos podés aceptarlo o no."))


def can_see_introduction(user: Any, introduction: Introduction) -> Decision:
    """Whoever asked, whoever introduces, and the two once it is offered; the team what was asked of it.

    The twin of `Introduction.objects.visible_to`.
    """
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    pair = {introduction.first_id, introduction.second_id}
    are_there = introduction.first.is_active and introduction.second.is_active
    if not are_there or (pair | {introduction.introducer_id}) & kept_apart_from(user):
        return denied(NOT_YOUR_INTRODUCTION)
    is_asked = introduction.status == Introduction.Status.ASKED
    is_of_team = is_asked and introduction.introducer_id is None
    concerns = (
        user.pk in (introduction.introducer_id, introduction.asked_by_id)
        or (user.pk in pair and not is_asked)
        or introduction.is_accepted_by(user.pk)
        or (user.is_staff and is_of_team)
    )
    return ALLOWED if concerns else denied(NOT_YOUR_INTRODUCTION)


def can_ask_introduction(user: Any, person_id: int, introducer_id: int | None) -> Decision:
    """Anyone asks the team, or somebody connected with both, to introduce her to a person whom she may know."""
    asking = can_request_connection(user, person_id)
    if not asking or introducer_id is None:
        return asking
    if introducer_id in common_connections(user, person_id):
        return ALLOWED
    return denied(
        _("Te puede presentar alguien que esté conectado con las dos personas, o el equipo de la red.")
    )


def can_propose_introduction(user: Any, first_id: int, second_id: int) -> Decision:
    """The network's team introduces people whom it may know; anybody else two people she is connected with."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    pair = {first_id, second_id}
    if len(pair) < 2 or user.pk in pair:
        return denied(_("Elegí dos personas distintas, además de vos."))
    if not pair <= shown_people(user, pair).keys():
        return denied(NOBODY_THERE)
    if user.is_staff or pair <= connected_to(user):
        return ALLOWED
    return denied(_("Podés presentar a personas con las que estés en contacto: conectate antes con las dos."))


def can_make_introduction(user: Any, introduction: Introduction) -> Decision:
    """Whoever was asked for it, while she knows both; for the team anyone of it."""
    seeing = can_see_introduction(user, introduction)
    if not seeing:
        return seeing
    if introduction.introducer_id is None:
        return ALLOWED if user.is_staff else denied(NOT_YOUR_INTRODUCTION)
    if introduction.introducer_id != user.pk:
        return denied(NOT_YOUR_INTRODUCTION)
    return can_propose_introduction(user, introduction.first_id, introduction.second_id)


def can_answer_introduction(user: Any, introduction: Introduction) -> Decision:
    """Each of the two answers for herself, once it is offered."""
    seeing = can_see_introduction(user, introduction)
    if not seeing:
        return seeing
    if user.pk not in (introduction.first_id, introduction.second_id):
        return denied(_("Responden las dos personas: vos ya hiciste tu parte."))
    return ALLOWED


def common_connections(user: Any, person_id: int) -> frozenset[int]:
    """Return the keys of those whom both know and who are there for both; nobody whom the reader does not know."""
    mine = connected_to(user)
    if not mine or person_id == user.pk:
        return frozenset()
    person = User(pk=person_id)
    return (mine & connected_to(person)) - kept_apart_from(person)
