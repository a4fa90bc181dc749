"""E-mails about registrations, compared with files. `UPDATE_EMAILS=1 pytest tests/share/test_registration_emails.py`
writes them anew."""

import os
from datetime import UTC, datetime
from uuid import UUID

import pytest

from portal.accounts.models import User
from portal.notices.emails import notice_email
from portal.notices.models import Notification
from share.models import Event, EventReminder, Registration, RegistrationChange
from share.services.places import LEFT_NETWORK, PLACE_FREED, Step
from share.services.registration_notices import tell_all
from share.services.reminders import reminders_sweep
from tests.portal.test_notices_emails import FILES, as_file
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
Status = Registration.Status
STARTS = datetime(2029, 3, 6, 18, 0, tzinfo=UTC)
ENDS_OFFER = datetime(2029, 3, 2, 12, 30, tzinfo=UTC)
# What happened: from, to, why, and whether an organiser did it.
SHAPES = {
    "event-registered": ("", Status.GOING, "", False),
    "event-registered-by-hand": ("", Status.GOING, "", True),
    "event-place-given": (Status.WAITING, Status.GOING, PLACE_FREED, False),
    "event-waiting": ("", Status.WAITING, "", False),
    "event-offer": (Status.WAITING, Status.OFFERED, PLACE_FREED, False),
    "event-offer-lapsed": (Status.OFFERED, Status.LAPSED, "", False),
    "event-taken-off": (Status.GOING, Status.NOT_GOING, "El taller es para otra área.", True),
    "event-left": (Status.GOING, Status.NOT_GOING, LEFT_NETWORK, False),
}


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_URL = "https://portal.example.org"
    settings.DEFAULT_FROM_EMAIL = "Portal de Gestión Municipal <portal@portal.example.org>"


@pytest.fixture
def ana() -> User:
    return member(email="ana@example.org", name="Ana", time_zone="Europe/Madrid")


@pytest.fixture
def workshop() -> Event:
    return event(
        pk=4242,
        title="Compost & <huertas>",
        starts=STARTS,
        venue="Planta de compost",
        address="Ruta 9, km 4",
        link_note="Clave: huerta",
    )


def written(user: User) -> str:
    Notification.objects.filter(user=user).update(public_id=UUID(int=1))
    message = notice_email(Notification.objects.get(user=user))
    # What calendars are sent has tests of its own.
    message.attachments = []
    message.alternatives = [one for one in message.alternatives if one.mimetype == "text/html"]
    return as_file(message)


def compare(name: str, text: str) -> None:
    file = FILES / f"{name}.es-ar.eml"
    if os.environ.get("UPDATE_EMAILS"):
        file.write_text(text)
    assert text == file.read_text(), f"{file.name} differs"


@pytest.mark.parametrize("shape", SHAPES)
def test_each_step_is_told_as_its_file_shows(shape, ana, workshop):
    came_from, to, reason, is_by_hand = SHAPES[shape]
    offer = {"offer_expires_at": ENDS_OFFER} if to == Status.OFFERED else {}
    place = {"place": 1} if to in (Status.WAITING, Status.OFFERED) else {}
    code = {"code": "CDFG3467"} if to == Status.GOING else {}
    row = registered(workshop, ana, status=to, **offer, **place, **code)
    change = RegistrationChange.objects.create(registration=row, status_from=came_from, status_to=to)
    by = member(name="Rita") if is_by_hand else None
    tell_all([(workshop, Step(row, came_from, to, reason, by, change))])
    compare(shape, written(ana))


def test_a_reminder_is_as_its_file_shows(ana, workshop):
    registered(workshop, ana, code="CDFG3467")
    due = datetime(2029, 3, 5, 18, 0, tzinfo=UTC)
    EventReminder.objects.create(event=workshop, before="day", due_at=due)
    assert reminders_sweep(now=due) == 1
    compare("event-reminder", written(ana))
