"""What organisers are told: how full it is, once each, and who registered, once a day."""

import pytest

from portal.notices.models import Notification
from share.models import Registration
from share.services.organiser_digest import registrations_tell
from share.services.registrations import registration_set
from share.services.seats import seats_change
from tests.share.factories import event, member

pytestmark = pytest.mark.django_db
Status = Registration.Status


def told(user, kind: str = "event-capacity") -> list[str]:
    return list(
        Notification.objects.filter(user=user, kind=kind).order_by("pk").values_list("text", flat=True)
    )


def test_organisers_learn_that_it_fills_up_is_full_and_that_people_wait_once_for_each_capacity():
    organiser = member()
    workshop = event(organiser=organiser, capacity=5)
    people = [member() for _person in range(8)]
    for one in people[:7]:
        registration_set(event=workshop, user=one, wanted=Status.GOING)
    texts = told(organiser)
    assert ["se está llenando" in texts[0], "se completó" in texts[1], "lista de espera" in texts[2]] == [
        True
    ] * 3
    registration_set(event=workshop, user=people[6], wanted=Status.NOT_GOING)
    registration_set(event=workshop, user=people[5], wanted=Status.NOT_GOING)
    registration_set(event=workshop, user=people[6], wanted=Status.GOING)
    assert len(told(organiser)) == 3
    seats_change(event=workshop, capacity=7)
    registration_set(event=workshop, user=people[5], wanted=Status.GOING)
    assert "7 lugares" in told(organiser)[-1]


def test_without_a_limit_there_is_nothing_to_tell():
    organiser = member()
    webinar = event(organiser=organiser)
    registration_set(event=webinar, user=member(), wanted=Status.GOING)
    assert told(organiser) == []


def test_new_registrations_are_one_line_a_day_for_each_event():
    organiser, ana = member(), member()
    workshop = event(organiser=organiser, capacity=1)
    registration_set(event=workshop, user=ana, wanted=Status.GOING)
    eva = member()
    registration_set(event=workshop, user=eva, wanted=Status.GOING)
    registration_set(event=workshop, user=ana, wanted=Status.NOT_GOING)
    registration_set(event=workshop, user=eva, wanted=Status.GOING)
    quiet = event(organiser=organiser)
    registration_set(event=quiet, user=ana, wanted=Status.INTERESTED)
    assert registrations_tell() == 1
    assert registrations_tell() == 1
    [line] = told(organiser, "event-registrations")
    assert line.endswith("se anotaron 2 personas.")
