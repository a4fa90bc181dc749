"""The waiting list: who is offered what, for how long, and what becomes of a place that nobody answers for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.services.erasure import account_erase
from portal.accounts.services.memberships import membership_end
from portal.notices.models import Notification
from share.models import Event, Registration, RegistrationChange, Seats
from share.registrations.window import offer_ends
from share.services.events import event_cancel, event_restore
from share.services.offers import absences_sweep, offers_shorten, offers_sweep, person_leaves
from share.services.places import LEFT_NETWORK
from share.services.registration_notices import steps_tell
from share.services.registrations import (
    RegistrationConflict,
    offer_accept,
    offer_decline,
    registration_set,
)
from share.services.seats import SeatsConflict, seats_change
from tests.share.factories import event, member, registered
from tests.share.registration_history import assert_fair

pytestmark = pytest.mark.django_db
Status = Registration.Status


def full(*, waiting: int, capacity: int = 1, **wanted):
    """Return an event without a free place, those who go, and those who wait, in order."""
    workshop = event(capacity=capacity, **wanted)
    people = [member() for _person in range(capacity + waiting)]
    rows = [registration_set(event=workshop, user=one, wanted=Status.GOING) for one in people]
    return workshop, rows[:capacity], rows[capacity:]


def statuses(rows) -> list[str]:
    return [Registration.objects.get(pk=row.pk).status for row in rows]


def leave(row: Registration) -> None:
    registration_set(event=row.event, user=row.user, wanted=Status.NOT_GOING)


def expire(row: Registration) -> None:
    Registration.objects.filter(pk=row.pk).update(offer_expires_at=timezone.now() - timedelta(minutes=1))


def test_an_offer_that_nobody_answers_passes_to_the_next_and_both_are_told():
    workshop, [going], [first, second] = full(waiting=2)
    steps_tell()
    leave(going)
    assert statuses([first, second]) == ["offered", "waiting"]
    steps_tell()
    assert offers_sweep() == 0
    expire(first)
    assert offers_sweep() == 1
    steps_tell()
    assert statuses([first, second]) == ["lapsed", "offered"]
    kinds = list(Notification.objects.filter(user=first.user).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["event-waiting", "event-offer", "event-offer-lapsed"]
    assert Notification.objects.filter(user=second.user, kind="event-offer").count() == 1
    assert_fair(workshop)


def test_an_offer_is_taken_or_given_back():
    workshop, [going], [first, second] = full(waiting=2)
    leave(going)
    assert offer_decline(event=workshop, user=first.user).status == Status.NOT_GOING
    accepted = offer_accept(event=workshop, user=second.user)
    assert accepted.status == Status.GOING and accepted.code
    assert offer_accept(event=workshop, user=second.user).status == Status.GOING
    assert offer_decline(event=workshop, user=second.user).status == Status.GOING
    assert_fair(workshop)


def test_an_offer_answered_too_late_has_passed_on_already():
    workshop, [going], [first, second] = full(waiting=2)
    leave(going)
    expire(first)
    assert offer_accept(event=workshop, user=first.user).status == Status.LAPSED
    assert statuses([second]) == ["offered"]
    expire(second)
    again = registration_set(event=workshop, user=second.user, wanted=Status.GOING)
    assert again.status == Status.GOING, "nobody else waits, so the place is hers after all"
    assert_fair(workshop)


def test_whoever_lost_the_link_of_her_offer_accepts_it_by_registering():
    workshop, [going], [first] = full(waiting=1)
    leave(going)
    assert registration_set(event=workshop, user=first.user, wanted=Status.GOING).status == Status.GOING


@pytest.mark.parametrize(
    ("hours_left", "hours_kept"),
    [(240, 24), (48, 24), (40, 20), (6, 3), (2.5, 1.25), (2, None), (1, None), (0.1, None)],
)
def test_an_offer_ends_in_time_for_the_next_and_in_the_last_hours_the_place_is_given(hours_left, hours_kept):
    now = timezone.now().replace(second=0, microsecond=0)
    workshop = event(starts=now + timedelta(hours=hours_left))
    ends = offer_ends(workshop, now)
    assert ends == (now + timedelta(hours=hours_kept) if hours_kept else None)


def test_an_offer_ends_before_registration_closes():
    now = timezone.now().replace(second=0, microsecond=0)
    workshop = event(registration_closes_at=now + timedelta(hours=10))
    assert offer_ends(workshop, now) == now + timedelta(hours=5)


def test_an_hour_before_the_beginning_the_first_who_waits_has_the_place_at_once():
    _workshop, [going], [first, second] = full(waiting=2, starts=timezone.now() + timedelta(hours=1))
    leave(going)
    assert statuses([first, second]) == ["going", "waiting"]
    steps_tell()
    assert "es tuyo" in Notification.objects.get(user=first.user, kind="event-registered").text


def test_nothing_is_given_once_registration_closed():
    workshop, [going], [first] = full(waiting=1)
    workshop.registration_closes_at = timezone.now() - timedelta(minutes=1)
    workshop.save()
    leave(going)
    assert offers_sweep() == 0
    assert statuses([first]) == ["waiting"]


def test_more_places_go_out_in_order_and_fewer_than_are_held_are_refused():
    workshop, _going, waiting = full(waiting=3)
    seats_change(event=workshop, capacity=3)
    assert statuses(waiting) == ["offered", "offered", "waiting"]
    with pytest.raises(
        SeatsConflict, match=r"No se puede bajar a 2: ya hay 3 personas con lugar \(a 2 se lo"
    ):
        seats_change(event=workshop, capacity=2)
    assert Seats.objects.get(event=workshop).capacity == 3
    offer_decline(event=workshop, user=waiting[0].user)
    assert_fair(workshop)


def test_without_a_limit_everybody_who_waits_or_was_asked_has_a_place():
    workshop, [going], waiting = full(waiting=3)
    leave(going)
    seats_change(event=workshop, capacity=None)
    assert statuses(waiting) == ["going"] * 3
    assert all(Registration.objects.filter(event=workshop).going().values_list("code", flat=True))
    assert_fair(workshop)


def test_the_place_of_whoever_erases_her_account_passes_on():
    _workshop, [going], [first] = full(waiting=1)
    account_erase(user=going.user, actor=going.user)
    assert statuses([first]) == ["offered"]
    assert not Registration.objects.filter(pk=going.pk).exists()


def test_a_row_deleted_by_hand_leaves_a_place_that_the_sweep_finds():
    _workshop, [going], [first] = full(waiting=1)
    Registration.objects.filter(pk=going.pk).delete()
    assert offers_sweep() == 1
    assert statuses([first]) == ["offered"]


def test_whoever_leaves_the_network_or_is_suspended_loses_her_place_and_reads_why():
    workshop, [left, suspended, moved], [first, second] = full(waiting=2, capacity=3)
    left.user.memberships.update(status="left")
    person_leaves(user_id=left.user_id)
    change = RegistrationChange.objects.filter(registration=left).last()
    assert (change.status_to, change.reason) == ("not_going", LEFT_NETWORK)
    steps_tell()
    assert "Ya no figurás" in Notification.objects.get(user=left.user, kind="event-taken-off").text
    suspended.user.is_active = False
    suspended.user.save()
    assert absences_sweep() == 1
    assert absences_sweep() == 0
    assert statuses([left, suspended, moved, first, second]) == [
        "not_going", "not_going", "going", "offered", "offered",
    ]  # fmt: skip
    assert_fair(workshop)


def test_whoever_ends_one_of_two_memberships_keeps_her_place():
    _workshop, [going], _waiting = full(waiting=0)
    extra = member().memberships.get()
    extra.user = going.user
    extra.save()
    membership_end(membership=extra, actor=going.user)
    person_leaves(user_id=going.user_id)
    assert statuses([going]) == ["going"]


def test_nobody_who_left_is_in_the_way_of_who_comes_next():
    _workshop, [going], [gone, second] = full(waiting=2)
    gone.user.memberships.update(status="left")
    leave(going)
    assert statuses([gone, second]) == ["not_going", "offered"]


def test_at_an_event_that_was_cancelled_nothing_is_offered_and_nothing_lapses():
    workshop, [going], [first, second] = full(waiting=2)
    leave(going)
    expire(first)
    workshop.status, workshop.cancelled_at = "cancelled", timezone.now()
    workshop.save()
    assert offers_sweep() == 0
    assert statuses([first, second]) == ["offered", "waiting"]
    with pytest.raises(RegistrationConflict, match="se canceló"):
        registration_set(event=workshop, user=first.user, wanted=Status.GOING)


def test_ten_places_cost_no_more_queries_than_one_in_one_event_or_in_many(django_assert_max_num_queries):
    def waits(places: int, events: int) -> None:
        for _event in range(events):
            workshop = event(capacity=places)
            for place in range(1, 3 * places):
                registered(workshop, status=Status.WAITING, place=place)

    waits(1, 1)
    with django_assert_max_num_queries(30) as one:
        assert offers_sweep() == 1
    waits(10, 1)
    with django_assert_max_num_queries(len(one)):
        assert offers_sweep() == 1
    waits(2, 5)
    with django_assert_max_num_queries(len(one)):
        assert offers_sweep() == 5


def test_no_offer_outlasts_an_event_that_is_moved_nearer():
    workshop, [going], [first] = full(waiting=1)
    leave(going)
    soon = timezone.now() + timedelta(hours=5)
    Event.objects.filter(pk=workshop.pk).update(starts_at=soon, ends_at=soon + timedelta(hours=1))
    assert offers_shorten(event_id=workshop.pk) == 1
    assert Registration.objects.get(pk=first.pk).offer_expires_at == soon
    assert offers_shorten(event_id=workshop.pk) == 0


def test_an_offer_that_nobody_could_answer_while_the_event_was_cancelled_is_kept_once_it_takes_place():
    workshop, [going], [first] = full(waiting=1)
    leave(going)
    organiser = member()
    event_cancel(event=workshop, actor=organiser, reason="Llueve.")
    expire(first)
    event_restore(event=workshop, actor=organiser)
    assert offers_sweep() == 0
    assert statuses([first]) == ["offered"]
    assert offer_accept(event=workshop, user=first.user).status == Status.GOING
