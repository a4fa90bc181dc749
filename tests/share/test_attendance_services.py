"""Letting people in, by whomever and however often."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.safety.services import LimitReached
from share.models import AttendanceChange, Registration
from share.services.attendance import (
    AttendanceConflict,
    attendance_close,
    attendance_enter,
    attendance_enter_by_code,
    attendance_enter_oneself,
    attendance_mark,
    attendance_undo,
    attendance_walk_in,
    event_code_renew,
    event_code_stop,
    registration_code,
)
from tests.share.afterwards import going_on, over
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db


def test_whoever_has_a_place_is_let_in_and_the_step_is_kept() -> None:
    organiser = member()
    row = registered(going_on(organiser))
    entered = attendance_enter(registration=row, actor=organiser)
    assert not entered.was_in
    row.refresh_from_db()
    assert (row.attendance, row.checked_in_by) == ("present", organiser)
    assert row.checked_in_at
    change = AttendanceChange.objects.get(registration=row)
    assert (change.attendance_from, change.attendance_to, change.by) == ("unknown", "present", organiser)


def test_letting_in_twice_lets_in_once_and_says_when_she_came() -> None:
    organiser = member()
    row = registered(going_on(organiser))
    first = attendance_enter(registration=row, actor=organiser)
    again = attendance_enter(registration=row, actor=member())
    assert again.was_in
    assert again.registration.checked_in_at == first.registration.checked_in_at
    assert AttendanceChange.objects.count() == 1


@pytest.mark.parametrize("status", ["interested", "not_going", "waiting", "lapsed"])
def test_whoever_has_no_place_is_not_let_in(status: str) -> None:
    at = going_on(member(), capacity=0 if status == "waiting" else None)
    row = registered(at, status=status, place=1 if status == "waiting" else None)
    with pytest.raises(AttendanceConflict, match=row.user.name):
        attendance_enter(registration=row, actor=member())
    row.refresh_from_db()
    assert row.attendance == "unknown"


def test_whoever_comes_while_a_place_is_kept_for_her_takes_it() -> None:
    at = going_on(member(), capacity=1)
    row = registered(at, status="offered", place=1, offer_expires_at=timezone.now() + timedelta(minutes=20))
    attendance_enter(registration=row, actor=member())
    row.refresh_from_db()
    assert (row.status, row.attendance) == ("going", "present")


def test_an_offer_whose_time_is_over_lets_nobody_in() -> None:
    at = going_on(member(), capacity=1)
    row = registered(at, status="offered", place=1, offer_expires_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(AttendanceConflict):
        attendance_enter(registration=row, actor=member())


def test_a_code_lets_in_at_its_own_event_only() -> None:
    at, other = going_on(member()), going_on(member())
    row = registered(at, code="CDFG3467")
    with pytest.raises(AttendanceConflict):
        attendance_enter_by_code(event=other, code="CDFG3467", actor=member())
    for wrong in ("", "CDFG3469", "0" * 8, "%"):
        with pytest.raises(AttendanceConflict):
            attendance_enter_by_code(event=at, code=wrong, actor=member())
    assert attendance_enter_by_code(event=at, code="cdfg-3467", actor=member()).registration == row


def test_undoing_leaves_it_as_if_nothing_had_been_noted_and_keeps_the_steps() -> None:
    organiser = member()
    row = registered(going_on(organiser))
    attendance_enter(registration=row, actor=organiser)
    undone = attendance_undo(registration=row, actor=organiser)
    assert (undone.attendance, undone.checked_in_at, undone.checked_in_by) == ("unknown", None, None)
    steps = AttendanceChange.objects.values_list("attendance_from", "attendance_to")
    assert list(steps) == [("unknown", "present"), ("present", "unknown")]


def test_she_marks_her_own_entry_with_the_code_of_the_event() -> None:
    at = going_on(member())
    code = event_code_renew(event=at)
    row = registered(at)
    entered = attendance_enter_oneself(event=at, user=row.user, code=code.lower())
    assert entered.registration.checked_in_by == row.user
    assert attendance_enter_oneself(event=at, user=row.user, code="").was_in


def test_a_wrong_or_old_code_lets_nobody_in_and_few_are_taken() -> None:
    at = going_on(member())
    old = event_code_renew(event=at)
    new = event_code_renew(event=at)
    row = registered(at)
    for _attempt in range(10):
        with pytest.raises(AttendanceConflict):
            attendance_enter_oneself(event=at, user=row.user, code=old)
    with pytest.raises(LimitReached):
        attendance_enter_oneself(event=at, user=row.user, code=new)
    row.refresh_from_db()
    assert row.attendance == "unknown"


def test_nobody_enters_with_the_empty_code_of_an_event_that_has_none() -> None:
    at = going_on(member())
    event_code_renew(event=at)
    event_code_stop(event=at)
    with pytest.raises(AttendanceConflict):
        attendance_enter_oneself(event=at, user=registered(at).user, code="")


def test_the_code_of_the_event_is_of_no_use_without_a_place() -> None:
    at = going_on(member())
    code = event_code_renew(event=at)
    for user in (member(), registered(at, status="interested").user):
        with pytest.raises(AttendanceConflict):
            attendance_enter_oneself(event=at, user=user, code=code)


def test_a_colleague_at_the_door_is_registered_and_let_in_while_there_is_room() -> None:
    organiser = member()
    at = going_on(organiser, capacity=1)
    entered = attendance_walk_in(event=at, user=member(), actor=organiser)
    assert (entered.registration.status, entered.registration.attendance) == ("going", "present")
    late = member(name="Luz Paz")
    with pytest.raises(AttendanceConflict, match="Luz Paz"):
        attendance_walk_in(event=at, user=late, actor=organiser)
    # Nothing is half done: she is not in the waiting list either.
    assert not Registration.objects.filter(user=late).exists()


def test_somebody_who_left_the_network_cannot_be_registered_at_the_door() -> None:
    organiser = member()
    gone = member()
    gone.memberships.update(status="left", ended_on=timezone.localdate())
    with pytest.raises(AttendanceConflict):
        attendance_walk_in(
            event=going_on(organiser), user=type(gone).objects.get(pk=gone.pk), actor=organiser
        )


def test_many_are_marked_at_once_and_those_of_other_events_are_left_alone() -> None:
    organiser = member()
    at = over(organiser)
    mine = [registered(at) for _one in range(3)]
    others = registered(over(member()))
    waiting = registered(at, status="interested")
    keys = [row.pk for row in (*mine, others, waiting)]
    assert attendance_mark(event=at, registration_ids=keys, attendance="present", actor=organiser) == 3
    assert attendance_mark(event=at, registration_ids=keys, attendance="present", actor=organiser) == 0
    for row in (others, waiting):
        row.refresh_from_db()
        assert row.attendance == "unknown"
    with pytest.raises(ValueError, match="borrar"):
        attendance_mark(event=at, registration_ids=keys, attendance="borrar", actor=organiser)


def test_marking_costs_as_much_for_fifty_as_for_one(django_assert_num_queries: object) -> None:
    organiser = member()
    at = over(organiser)
    keys = [registered(at).pk for _one in range(8)]
    with django_assert_num_queries(5):  # type: ignore[operator]
        attendance_mark(event=at, registration_ids=keys, attendance="absent", actor=organiser)


def test_closing_makes_absent_of_whom_nothing_is_known_and_of_nobody_else() -> None:
    organiser = member()
    at = over(organiser)
    came, unknown, no_place = registered(at), registered(at), registered(at, status="interested")
    attendance_enter(registration=came, actor=organiser)
    assert attendance_close(event=at, actor=organiser) == 1
    rows = dict(Registration.objects.filter(event=at).values_list("pk", "attendance"))
    assert rows == {came.pk: "present", unknown.pk: "absent", no_place.pk: "unknown"}
    assert attendance_close(event=at, actor=organiser) == 0


def test_two_places_of_an_event_never_have_the_same_code() -> None:
    at = event()
    registered(at, code="CDFG3467")
    with pytest.raises(IntegrityError), transaction.atomic():
        registered(at, code="CDFG3467")
    registered(event(), code="CDFG3467")
    without = registered(at)
    assert registration_code(registration=without) == Registration.objects.get(pk=without.pk).code != ""
    assert registration_code(registration=without) == without.code
