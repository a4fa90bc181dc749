"""A connection's life: asked for, answered, taken back, ended. Doing the same thing twice does it once.

A refusal is never told: whoever asked reads "no answer for now" in both cases, for as long in both cases, and both
look the same when she takes her question back. What one may do next therefore depends on when one asked, not on what
became of it.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from connect.audience import forget_connections
from connect.models import Connection, ConnectionChange, Introduction
from connect.permissions.connections import NOBODY_THERE
from connect.querysets.connections import ASK_AGAIN_AFTER
from connect.services import connection_notices as notices
from portal.accounts.models import User
from portal.safety.models import Block
from portal.safety.services import allowance_take

Status = Connection.Status
REQUESTS_A_DAY = "connection-requests-a-day"


class ConnectionConflict(Exception):
    """What became of the connection meanwhile leaves no room for the step; the message is for the page."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


@transaction.atomic
def connection_request(*, requester: User, recipient: User, note: str = "") -> Connection:
    """Ask a person to connect; if she asked too, or said no lately and thinks better of it, they are connected.

    Asking twice asks once. The caller has checked that the requester may know the other.

    Raises:
        ConnectionConflict: it was taken back lately, or the other is not there any more.
        LimitReached: the account asked as many people as it may for today.
    """
    _take_turns(requester, recipient)
    rows = Connection.objects.between(requester.pk, recipient.pk).select_for_update().order_by("-pk")
    before = [row for row in rows if row.status != Status.ENDED]
    for row in before:
        if row.status == Status.ACCEPTED:
            return row
        if row.recipient_id == requester.pk and _is_still_wanted(row):
            return _accept(row, actor=requester)
    own = next((row for row in before if row.requester_id == requester.pk and _is_recent(row)), None)
    if own is not None:
        return _asked_already(own)
    allowance_take(user=requester, limit=REQUESTS_A_DAY)
    for row in before:
        if row.status == Status.REQUESTED:
            # So old that nobody waits for it any more: this one takes its place.
            _change(row, Status.WITHDRAWN, actor=requester)
    made = Connection.objects.create(requester=requester, recipient=recipient, note=note.strip())
    _append(made, "", requester)
    notices.tell_requested(made)
    return made


@transaction.atomic
def connection_accept(*, connection: Connection, actor: User) -> Connection:
    """Say yes to who asked.

    Raises:
        ConnectionConflict: the request was taken back meanwhile.
    """
    locked = _lock(connection)
    if locked.status == Status.ACCEPTED:
        return locked
    if locked.status != Status.REQUESTED:
        raise ConnectionConflict(_("Este pedido ya no está pendiente: quizás lo retiraron."))
    return _accept(locked, actor=actor)


@transaction.atomic
def connection_decline(*, connection: Connection, actor: User) -> Connection:
    """Say no; whoever asked is told nothing.

    Raises:
        ConnectionConflict: the request was accepted or taken back meanwhile.
    """
    locked = _lock(connection)
    if locked.status == Status.DECLINED:
        return locked
    if locked.status != Status.REQUESTED:
        raise ConnectionConflict(
            _("Este pedido ya no está pendiente: quizás ya lo respondiste o lo retiraron.")
        )
    return _change(locked, Status.DECLINED, actor=actor)


@transaction.atomic
def connection_withdraw(*, connection: Connection, actor: User) -> Connection:
    """Take back what one asked, answered with no or not answered: it makes no difference that one could see.

    Raises:
        ConnectionConflict: it was accepted meanwhile.
    """
    locked = _lock(connection)
    if locked.status == Status.ACCEPTED:
        raise ConnectionConflict(_("Justo aceptó tu pedido: ahora están en contacto."))
    if locked.status in (Status.REQUESTED, Status.DECLINED):
        return _change(locked, Status.WITHDRAWN, actor=actor)
    return locked


@transaction.atomic
def connection_end(*, one: User, other_id: int) -> bool:
    """End a connection, from either side; the other is not told. Says whether there was one."""
    row = Connection.objects.between(one.pk, other_id).accepted().select_for_update().first()
    if row is None:
        return False
    _change(row, Status.ENDED, actor=one)
    forget_connections(one)
    return True


@transaction.atomic
def connection_make(*, introduction: Introduction, actor: User) -> Connection:
    """Connect two people who both said yes to being introduced; whatever one had asked the other is answered by it."""
    first, second = introduction.first, introduction.second
    _take_turns(first, second)
    rows = Connection.objects.between(first.pk, second.pk).open().select_for_update()
    existing = rows.first()
    if existing is not None:
        return existing if existing.status == Status.ACCEPTED else _accept(existing, actor=actor, quiet=True)
    made = Connection.objects.create(
        requester=first,
        recipient=second,
        introduction=introduction,
        status=Status.ACCEPTED,
        decided_at=timezone.now(),
    )
    _append(made, "", actor)
    return made


@transaction.atomic
def connections_part(*, blocker_id: int, blocked_id: int) -> None:
    """End what there is between two of whom one blocked the other, and take its notices away; nobody is told."""
    rows = Connection.objects.between(blocker_id, blocked_id)
    for row in rows.open().select_for_update():
        if row.status == Status.ACCEPTED:
            _change(row, Status.ENDED, actor_id=blocker_id)
        else:
            said_no = row.recipient_id == blocker_id
            _change(row, Status.DECLINED if said_no else Status.WITHDRAWN, actor_id=blocker_id)
    notices.take_away(rows)


def may_ask_again_on(connection: Connection) -> date:
    """Return the day from which one may ask the same person anew."""
    return timezone.localdate(connection.created_at + ASK_AGAIN_AFTER)


def _take_turns(one: User, other: User) -> None:
    """Have all that happens between two people happen in turn, and stop where one of them is gone or blocked.

    Raises:
        ConnectionConflict: the other cannot be connected with any more.
    """
    pair = [one.pk, other.pk]
    people = User.objects.select_for_update(no_key=True).filter(pk__in=pair).order_by("pk")
    are_there = sum(person.is_active for person in people) == 2
    blocks = Block.objects.filter(blocker_id__in=pair, blocked_id__in=pair)
    if not are_there or blocks.exists():
        raise ConnectionConflict(NOBODY_THERE)


def _is_recent(row: Connection) -> bool:
    return row.created_at > timezone.now() - ASK_AGAIN_AFTER


def _is_still_wanted(row: Connection) -> bool:
    """Say whether whoever asked would still be glad of a yes."""
    return row.status == Status.REQUESTED or (row.status == Status.DECLINED and _is_recent(row))


def _asked_already(row: Connection) -> Connection:
    if row.status != Status.WITHDRAWN:
        return row
    raise ConnectionConflict(
        _("Hace poco retiraste un pedido a esta persona. Podés volver a escribirle desde el %(day)s.")
        % {"day": date_format(may_ask_again_on(row), "SHORT_DATE_FORMAT")}
    )


def _lock(connection: Connection) -> Connection:
    rows = Connection.objects.select_for_update(of=("self",)).select_related("requester", "recipient")
    return rows.get(pk=connection.pk)


def _accept(row: Connection, *, actor: User, quiet: bool = False) -> Connection:
    _change(row, Status.ACCEPTED, actor=actor)
    forget_connections(actor)
    if not quiet:
        notices.tell_accepted(row)
    return row


def _change(
    row: Connection, to: str, *, actor: User | None = None, actor_id: int | None = None
) -> Connection:
    was, row.status = row.status, to
    row.decided_at = timezone.now()
    row.save(update_fields=["status", "decided_at", "updated_at"])
    _append(row, was, actor, actor_id)
    if was == Status.REQUESTED:
        notices.take_request_away(row)
    return row


def _append(row: Connection, was: str, actor: User | None, actor_id: int | None = None) -> None:
    ConnectionChange.objects.create(
        connection=row,
        from_status=was,
        to_status=row.status,
        actor_id=actor.pk if actor is not None else actor_id,
    )
