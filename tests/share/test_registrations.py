"""Registering: what a wish becomes, whoever says it and how often."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.notices.models import Notification
from share.models import Registration, RegistrationChange, Seats
from share.services.registration_notices import steps_tell
from share.services.registrations import (
    RegistrationConflict,
    answers_change,
    registration_set,
    registration_take_off,
)
from tests.portal.accounts_factories import UserFactory
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
Status = Registration.Status


def said(user) -> list[str]:
    """What a person was told, once the worker has done its work."""
    steps_tell()
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def steps(registration) -> list[tuple[str, str]]:
    rows = RegistrationChange.objects.filter(registration=registration)
    return list(rows.values_list("status_from", "status_to"))


def test_registering_twice_is_one_registration_and_one_notice():
    webinar, ana = event(capacity=2), member()
    first = registration_set(event=webinar, user=ana, wanted=Status.GOING)
    again = registration_set(event=webinar, user=ana, wanted=Status.GOING)
    assert first.pk == again.pk and again.code == first.code
    assert steps(first) == [("", "going")]
    assert said(ana) == ["event-registered"]
    assert Seats.objects.get(event=webinar).taken == 1


def test_whoever_comes_to_a_full_event_waits_and_goes_when_a_place_is_free():
    workshop, ana, eva = event(capacity=1), member(), member()
    registration_set(event=workshop, user=ana, wanted=Status.GOING)
    waits = registration_set(event=workshop, user=eva, wanted=Status.GOING)
    assert (waits.status, waits.place, waits.code) == (Status.WAITING, 1, "")
    assert said(eva) == ["event-waiting"]
    registration_set(event=workshop, user=ana, wanted=Status.NOT_GOING)
    waits.refresh_from_db()
    assert waits.status == Status.OFFERED and waits.offer_expires_at
    assert said(eva) == ["event-waiting", "event-offer"]
    accepted = registration_set(event=workshop, user=eva, wanted=Status.GOING)
    assert accepted.status == Status.GOING and accepted.code
    assert said(eva) == ["event-waiting", "event-offer", "event-registered"]
    assert said(ana) == ["event-registered"]


def test_whoever_gave_up_her_turn_goes_to_the_end():
    workshop = event(capacity=1)
    registered(workshop)
    first, second = member(), member()
    registration_set(event=workshop, user=first, wanted=Status.GOING)
    registration_set(event=workshop, user=second, wanted=Status.GOING)
    registration_set(event=workshop, user=first, wanted=Status.NOT_GOING)
    back = registration_set(event=workshop, user=first, wanted=Status.GOING)
    assert back.place == 3
    assert list(Registration.objects.waiting().values_list("user_id", flat=True)) == [second.pk, first.pk]


def test_interest_takes_no_place_and_gives_one_back():
    webinar, ana = event(capacity=1), member()
    registration_set(event=webinar, user=ana, wanted=Status.GOING)
    mild = registration_set(event=webinar, user=ana, wanted=Status.INTERESTED)
    seats = Seats.objects.get(event=webinar)
    assert (seats.taken, seats.interested, mild.code) == (0, 1, "")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "draft", "published_at": None}, "no está publicado"),
        ({"status": "cancelled", "cancelled_at": timezone.now()}, "se canceló"),
        ({"hidden_at": timezone.now()}, "no está publicado"),
        ({"registration_opens_at": timezone.now() + timedelta(days=1)}, "todavía no abrió"),
        ({"registration_closes_at": timezone.now() - timedelta(days=1)}, "ya cerró"),
        ({"starts": timezone.now() - timedelta(hours=1)}, "ya cerró"),
        ({"starts": timezone.now() - timedelta(hours=3)}, "ya terminó"),
    ],
)
def test_nobody_registers_where_it_cannot_be_and_reads_why(changes, reason):
    closed = event(**changes)
    with pytest.raises(RegistrationConflict, match=reason):
        registration_set(event=closed, user=member(), wanted=Status.GOING)
    assert not Registration.objects.exists()


def test_only_who_works_in_the_network_registers():
    webinar, former = event(), member()
    former.memberships.update(status="left")
    for stranger in (UserFactory(), former, member(is_active=False)):
        with pytest.raises(RegistrationConflict, match="municipio de la red"):
            registration_set(event=webinar, user=stranger, wanted=Status.GOING)
    assert registration_set(event=webinar, user=UserFactory(is_staff=True), wanted=Status.GOING).code


def test_before_registration_opens_one_may_be_interested():
    soon = event(registration_opens_at=timezone.now() + timedelta(days=1))
    assert registration_set(event=soon, user=member(), wanted=Status.INTERESTED).pk


def test_a_place_is_given_back_after_registration_closed_and_never_after_the_end():
    ana = member()
    closing = event(registration_closes_at=timezone.now() + timedelta(days=1))
    registration_set(event=closing, user=ana, wanted=Status.GOING)
    closing.registration_closes_at = timezone.now() - timedelta(hours=1)
    closing.save()
    assert registration_set(event=closing, user=ana, wanted=Status.NOT_GOING).status == Status.NOT_GOING
    over = event(starts=timezone.now() - timedelta(hours=9))
    registered(over, ana)
    with pytest.raises(RegistrationConflict, match="ya terminó"):
        registration_set(event=over, user=ana, wanted=Status.NOT_GOING)


def test_organisers_take_somebody_off_and_she_reads_why():
    organiser, ana = member(), member()
    workshop = event(organiser=organiser, capacity=1)
    going = registration_set(event=workshop, user=ana, wanted=Status.GOING)
    waiting = registration_set(event=workshop, user=member(), wanted=Status.GOING)
    registration_take_off(registration=going, by=organiser, reason="El taller es para el área de ambiente.")
    registration_take_off(registration=going, by=organiser, reason="Otra vez.")
    steps_tell()
    told = Notification.objects.get(user=ana, kind="event-taken-off")
    assert told.text.endswith("te sacaron de la lista: El taller es para el área de ambiente.")
    waiting.refresh_from_db()
    assert waiting.status == Status.OFFERED
    assert RegistrationChange.objects.filter(registration=going, by=organiser).count() == 1


def test_an_organiser_registers_a_colleague_who_overtakes_nobody():
    organiser, ana = member(name="Rita"), member()
    workshop = event(organiser=organiser, capacity=1)
    given = registration_set(event=workshop, user=ana, wanted=Status.GOING, by=organiser)
    assert given.status == Status.GOING
    steps_tell()
    assert "Rita te anotó" in Notification.objects.get(user=ana).text
    late = registration_set(event=workshop, user=member(), wanted=Status.GOING, by=organiser)
    assert late.status == Status.WAITING
    with pytest.raises(RegistrationConflict, match="municipio de la red"):
        registration_set(event=workshop, user=UserFactory(), wanted=Status.GOING, by=organiser)
    with pytest.raises(RegistrationConflict):
        registration_set(event=workshop, user=member(), wanted=Status.GOING, by=ana)


def test_answers_are_kept_and_change_until_the_event():
    webinar, ana = event(), member()
    made = registration_set(event=webinar, user=ana, wanted=Status.GOING, answers={"1": "Sin gluten"})
    registration_set(event=webinar, user=ana, wanted=Status.GOING)
    assert Registration.objects.get(pk=made.pk).answers == {"1": "Sin gluten"}
    assert answers_change(registration=made, answers={"1": "Nada"}).answers == {"1": "Nada"}
    webinar.status, webinar.cancelled_at = "cancelled", timezone.now()
    webinar.save()
    with pytest.raises(RegistrationConflict):
        answers_change(registration=made, answers={})
