"""Bringing two people together: somebody asks or thinks of it, each of the two decides, nobody learns who said no.

Whoever may not know the other's name is not told of the offer, as nobody is whom a block keeps apart: such an offer
lies still until its time is over and then "did not prosper", like one that was declined.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from connect.models import Introduction, IntroductionChange
from connect.permissions.connections import ALREADY_DECIDED
from connect.services import introduction_notices as notices
from connect.services.connections import ConnectionConflict, connection_make
from connect.services.introduction_conversations import introduction_conversation_begin
from portal.accounts.models import User
from portal.safety.services import allowance_take

Status = Introduction.Status
INTRODUCTIONS_A_DAY = "introductions-a-day"


@transaction.atomic
def introduction_ask(*, user: User, person: User, introducer: User | None, note: str) -> Introduction:
    """Ask somebody who knows both, or the network's team, to introduce a person to another.

    Asking twice asks once; if the other asked the same for her part, both have said yes already.

    Args:
        introducer: nobody for the network's team.

    Raises:
        LimitReached: the account asked for as many introductions as it may for today.
    """
    existing = _open_one(user, person, introducer)
    if existing is not None:
        return _say_yes(existing, user) if existing.status == Status.ASKED else existing
    allowance_take(user=user, limit=INTRODUCTIONS_A_DAY)
    made = Introduction.objects.create(
        asked_by=user,
        introducer=introducer,
        first=user,
        second=person,
        first_accepted_at=timezone.now(),
        note=note.strip(),
        status=Status.ASKED,
    )
    _append(made, "", user)
    notices.tell_asked(made)
    return made


@transaction.atomic
def introduction_propose(*, introducer: User, first: User, second: User, note: str) -> Introduction:
    """Offer two people to meet, with the reason; proposing it twice proposes it once.

    Raises:
        LimitReached: the account proposed as many introductions as it may for today.
    """
    existing = _open_one(first, second, introducer)
    if existing is not None:
        return _offer(existing, introducer, note) if existing.status == Status.ASKED else existing
    allowance_take(user=introducer, limit=INTRODUCTIONS_A_DAY)
    made = Introduction.objects.create(
        introducer=introducer, first=first, second=second, note=note.strip(), status=Status.OFFERED
    )
    _append(made, "", introducer)
    notices.tell_offered(made)
    return made


@transaction.atomic
def introduction_offer(*, introduction: Introduction, actor: User, note: str = "") -> Introduction:
    """Do what somebody asked for: offer the other to meet her.

    Raises:
        ConnectionConflict: it was decided meanwhile, or the introducer offers the same two to meet already.
    """
    locked = _lock(introduction)
    if locked.status == Status.OFFERED:
        return locked
    _require_open(locked)
    twins = Introduction.objects.between(locked.first_id, locked.second_id).open().exclude(pk=locked.pk)
    if twins.filter(introducer=actor).exists():
        raise ConnectionConflict(_("Ya les propusiste que se conozcan. Falta que respondan."))
    return _offer(locked, actor, note)


@transaction.atomic
def introduction_accept(*, introduction: Introduction, user: User) -> Introduction:
    """Say yes to meeting the other; when both have, they are connected.

    Raises:
        ConnectionConflict: it was decided meanwhile.
    """
    locked = _lock(introduction)
    if locked.is_accepted_by(user.pk):
        return locked
    _require_open(locked)
    return _say_yes(locked, user)


@transaction.atomic
def introduction_close(*, introduction: Introduction, actor: User) -> Introduction:
    """Let it be: whoever asked or introduces takes it back, either of the two says no. It "did not prosper".

    Raises:
        ConnectionConflict: the two are connected already.
    """
    locked = _lock(introduction)
    if locked.status == Status.DECLINED:
        return locked
    if locked.status == Status.MADE:
        raise ConnectionConflict(ALREADY_DECIDED)
    return _decline(locked, actor.pk)


@transaction.atomic
def introductions_part(*, blocker_id: int, blocked_id: int) -> None:
    """Close what would bring together two of whom one blocked the other, or let one introduce the other, silently."""
    rows = Introduction.objects.naming(blocker_id).naming(blocked_id)
    for row in rows.open().select_for_update():
        _decline(row, blocker_id)
    notices.take_away(rows, of=[blocker_id, blocked_id])


def _open_one(one: User, other: User, introducer: User | None) -> Introduction | None:
    """Take turns with whoever asks the same, and return what is under way; what waited for too long is closed."""
    pair = [one.pk, other.pk]
    list(User.objects.select_for_update(no_key=True).filter(pk__in=pair).order_by("pk"))
    rows = Introduction.objects.between(*pair).open().filter(introducer=introducer).select_for_update()
    found = rows.first()
    if found is not None and not found.is_open:
        _decline(found, None)
        return None
    return found


def _lock(introduction: Introduction) -> Introduction:
    # The same order as where one is begun: the two people, then the row.
    pair = [introduction.first_id, introduction.second_id]
    list(User.objects.select_for_update(no_key=True).filter(pk__in=pair).order_by("pk"))
    rows = Introduction.objects.select_for_update(of=("self",)).select_related(
        "first", "second", "introducer"
    )
    return rows.get(pk=introduction.pk)


def _require_open(introduction: Introduction) -> None:
    if not introduction.is_open:
        raise ConnectionConflict(ALREADY_DECIDED)


def _offer(introduction: Introduction, actor: User, note: str) -> Introduction:
    introduction.introducer = actor
    introduction.note = note.strip() or introduction.note
    _change(introduction, Status.OFFERED, actor.pk)
    if introduction.first_accepted_at and introduction.second_accepted_at:
        return _make(introduction, actor)
    notices.tell_offered(introduction)
    return introduction


def _say_yes(introduction: Introduction, user: User) -> Introduction:
    """Note that one of the two wants it."""
    if introduction.is_accepted_by(user.pk):
        return introduction
    if user.pk == introduction.first_id:
        introduction.first_accepted_at = timezone.now()
    else:
        introduction.second_accepted_at = timezone.now()
    _change(introduction, introduction.status, user.pk)
    if introduction.status == Status.ASKED:
        return introduction
    notices.take_away([introduction], of=[user.pk])
    if introduction.first_accepted_at and introduction.second_accepted_at:
        return _make(introduction, user)
    # The other may learn the name of whoever said yes, though she may not have known it before.
    notices.tell_offered(introduction)
    return introduction


def _make(introduction: Introduction, actor: User) -> Introduction:
    _change(introduction, Status.MADE, actor.pk, is_decided=True)
    connection_make(introduction=introduction, actor=actor)
    notices.tell_made(introduction)
    introduction_conversation_begin(introduction=introduction)
    return introduction


def _decline(introduction: Introduction, actor_id: int | None) -> Introduction:
    _change(introduction, Status.DECLINED, actor_id, is_decided=True)
    notices.take_away([introduction])
    return introduction


def _change(introduction: Introduction, to: str, actor_id: int | None, *, is_decided: bool = False) -> None:
    was, introduction.status = introduction.status, to
    if is_decided:
        introduction.decided_at = timezone.now()
    introduction.save()
    IntroductionChange.objects.create(
        introduction=introduction, from_status=was, to_status=to, actor_id=actor_id
    )


def _append(introduction: Introduction, was: str, actor: User) -> None:
    IntroductionChange.objects.create(
        introduction=introduction, from_status=was, to_status=introduction.status, actor=actor
    )
