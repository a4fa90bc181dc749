"""Invitations by e-mail: what a person's calendar is told, and with which number."""

import email
import email.policy
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from portal.core.events import registration_changed
from portal.notices.kinds import notice_kinds
from portal.notices.models import NoticePreference, Notification
from portal.notices.services import deliveries_sweep, notify
from share.calendars.invitations import CANCEL, REQUEST, invitation, notice_calendar
from share.models import Event, Registration, RegistrationChange
from share.services.calendar_notices import LEFT
from share.services.events.notices import CANCELLED, CHANGED
from share.services.registration_notices import LAPSED, OFFER, REGISTERED, TAKEN_OFF, WAITING
from tests.portal.mail_server import mail_server
from tests.share.calendars import a_series, moments_by_its_own_zones, parsed
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
at = datetime.fromisoformat
FACTS = count(1)


@pytest.fixture
def tell(django_capture_on_commit_callbacks):
    """Tell whoever is registered something, send the e-mail, and return it."""

    def send(registration: Registration, kind: str = REGISTERED, about: str = "registration") -> EmailMessage:
        key = registration.pk if about == "registration" else registration.event_id
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            notify(
                users=registration.user, kind=kind, text="Pasó algo", fact=f"{about}:{key}:{next(FACTS)}",
                url=registration.event.get_absolute_url(),
            )  # fmt: skip
        with django_capture_on_commit_callbacks(execute=True):
            deliveries_sweep()
        [sent] = mail.outbox
        return email.message_from_bytes(sent.message().as_bytes(), policy=email.policy.default)

    return send


def calendar_of(message: EmailMessage):
    """Return the calendar of an e-mail, with its method; nothing where it has none."""
    found = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    if not found:
        return None
    [file] = message.iter_attachments()
    calendar = parsed(file.get_payload(decode=True))
    assert found[0].get_param("method") == calendar["METHOD"]
    [one] = calendar.events
    return str(calendar["METHOD"]), one


def becomes(registration: Registration, status: str, **fields) -> Registration:
    Registration.objects.filter(pk=registration.pk).update(status=status, **fields)
    registration.refresh_from_db()
    return registration


def test_whoever_registers_has_the_event_put_into_her_calendar(tell, settings):
    settings.DEFAULT_FROM_EMAIL = "Portal <portal@portal.example.org>"
    her = member(name='Ana "la Negra"; Ruiz', email="ana@villa.example")
    others = [registered(one := event(sequence=2)), registered(one)]
    mine = registered(one, her)
    message = tell(mine)
    method, shown = calendar_of(message)
    assert (method, shown["UID"], shown["SEQUENCE"]) == (REQUEST, str(one.public_id), 2)
    attendee = shown["ATTENDEE"]
    assert attendee == "mailto:ana@villa.example"
    assert {name: attendee.params[name] for name in ("PARTSTAT", "RSVP", "CN")} == {
        "PARTSTAT": "ACCEPTED", "RSVP": "FALSE", "CN": "Ana 'la Negra'; Ruiz",
    }  # fmt: skip
    assert shown["ORGANIZER"] == "mailto:portal@portal.example.org"
    assert shown["LOCATION"] == one.link and shown["TRANSP"] == "OPAQUE"
    assert not any(other.user.email in str(message) for other in others)
    mine.refresh_from_db()
    assert mine.calendar_sequence == 2


@pytest.mark.parametrize(
    ("zone", "wall"),
    [
        ("America/Santiago", at("2027-04-04T19:00")), ("America/Asuncion", at("2027-07-01T19:00")),
        ("Europe/Madrid", at("2027-03-28T03:00")), ("America/Argentina/Buenos_Aires", at("2027-01-01T19:00")),
    ],
)  # fmt: skip
def test_it_is_at_its_moment_by_the_zone_that_the_invitation_carries(zone, wall):
    one = event(time_zone=zone, starts=wall.replace(tzinfo=ZoneInfo(zone)))
    part = invitation(registered(one), REQUEST)
    parsed(part.text)
    [(starts, _ends)] = moments_by_its_own_zones(part.text).values()
    assert starts == one.starts_at.astimezone(UTC)


def test_each_thing_that_a_calendar_is_told_has_a_higher_number(tell):
    mine = registered(event(), member())
    said = []
    for kind, about, status in (
        (REGISTERED, "registration", "going"), (CHANGED, "event", "going"), (TAKEN_OFF, "registration", "not_going"),
        (REGISTERED, "registration", "going"),
    ):  # fmt: skip
        method, shown = calendar_of(tell(becomes(mine, status), kind, about))
        said.append((method, shown["SEQUENCE"], shown["STATUS"]))
    confirmed, cancelled = (REQUEST, "CONFIRMED"), (CANCEL, "CANCELLED")
    expected = [confirmed, confirmed, cancelled, confirmed]
    assert said == [(method, number, status) for number, (method, status) in enumerate(expected)]
    Event.objects.filter(pk=mine.event_id).update(sequence=9)
    assert calendar_of(tell(mine, CHANGED, "event"))[1]["SEQUENCE"] == 9


def test_a_cancelled_event_leaves_every_calendar_that_may_have_it(tell):
    one = event()
    coming, gone = registered(one), registered(one, status="interested", calendar_sequence=1)
    waiting = registered(one, status="waiting", place=1)
    never = registered(one, status="interested")
    Event.objects.filter(pk=one.pk).update(status="cancelled", cancelled_at=timezone.now(), sequence=1)
    told = [calendar_of(tell(each, CANCELLED, "event")) for each in (coming, gone, waiting)]
    assert [(method, int(shown["SEQUENCE"])) for method, shown in told] == [
        (CANCEL, 1),
        (CANCEL, 2),
        (CANCEL, 1),
    ]
    assert calendar_of(tell(never, CANCELLED, "event")) is None


def test_whoever_waits_has_it_tentatively_and_without_the_link(tell):
    one = event()
    soon = timezone.now() + timedelta(days=1)
    waiting = registered(one, status="waiting", place=1)
    for kind, registration, prefix in (
        (WAITING, waiting, "En lista de espera: "),
        (OFFER, becomes(waiting, "offered", offer_expires_at=soon), "Lugar por confirmar: "),
    ):
        tried = becomes(registration, "waiting" if kind == WAITING else "offered", place=1)
        method, shown = calendar_of(tell(tried, kind))
        assert (method, shown["STATUS"], shown["ATTENDEE"].params["PARTSTAT"]) == (
            REQUEST,
            "TENTATIVE",
            "TENTATIVE",
        )
        assert shown["SUMMARY"] == prefix + one.title and one.link not in shown.to_ical().decode()
    method, shown = calendar_of(tell(becomes(waiting, "lapsed"), LAPSED))
    assert (method, shown["ATTENDEE"].params["PARTSTAT"]) == (CANCEL, "DECLINED")


def test_whoever_is_only_interested_or_whose_event_is_over_hears_nothing(tell):
    interested = registered(event(), status="interested", calendar_sequence=3)
    assert calendar_of(tell(interested, CHANGED, "event")) is None
    past = registered(event(starts=timezone.now() - timedelta(days=3)))
    assert calendar_of(tell(past)) is None


def test_whoever_registered_and_cancelled_before_the_e_mail_went_hears_nothing(tell):
    assert calendar_of(tell(registered(event(), status="not_going"))) is None


def test_whoever_cancels_herself_gets_an_e_mail_for_her_calendar_and_no_line_in_the_portal(
    django_capture_on_commit_callbacks,
):
    her = member()
    told, untold = registered(event(), her, calendar_sequence=0), registered(event(), her)
    by_others = registered(event(), her, calendar_sequence=0)
    for mine, by in ((told, her), (untold, her), (by_others, member())):
        becomes(mine, "not_going")
        RegistrationChange.objects.create(
            registration=mine, status_from="going", status_to="not_going", by=by
        )
        for _twice in range(2):
            registration_changed.send_robust(
                sender=None, registration_id=mine.pk, status_from="going", status_to="not_going"
            )
    notice = Notification.objects.get(kind=LEFT)
    assert not notice.is_in_portal and notice.email_status == "pending"
    with django_capture_on_commit_callbacks(execute=True):
        part = notice_calendar(notice)
    assert part.method == CANCEL and parsed(part.text).events[0]["SEQUENCE"] == 1
    told.refresh_from_db()
    assert told.calendar_sequence == 1


def test_changes_of_a_series_that_come_as_one_notice_bring_each_event(django_capture_on_commit_callbacks):
    her = member()
    series = a_series()
    ones = [event(series=series, sequence=1, occurrence_on=date(2027, 5, day)) for day in (1, 2, 3)]
    mine = [registered(one, her, calendar_sequence=0) for one in ones]
    Registration.objects.filter(pk=mine[2].pk).update(calendar_sequence=1)
    notice = Notification(
        user=her, kind=CHANGED, fact=f"event:{ones[1].pk}:x", number=3, group=f"series:{series.pk}:x"
    )
    part = notice_calendar(notice)
    found = [str(parsed(each.text).events[0]["UID"]) for each in (part, *part.more)]
    assert found == [str(ones[1].public_id), str(ones[0].public_id)]


def test_whoever_turned_e_mails_off_is_not_told_and_her_calendar_is_not_counted_on(tell):
    mine = registered(event(), member())
    NoticePreference.objects.create(user=mine.user, kind=REGISTERED, in_portal=True, email="never")
    with pytest.raises(ValueError, match="not enough values"):
        tell(mine)
    mine.refresh_from_db()
    assert mine.calendar_sequence is None


@pytest.mark.parametrize("kind", [REGISTERED, WAITING, OFFER, LAPSED, TAKEN_OFF, CHANGED, CANCELLED, LEFT])
def test_every_notice_of_a_registration_tells_calendars(kind):
    assert notice_kinds.get(kind).email_calendar is notice_calendar


def test_it_travels_through_a_real_mail_server(settings, django_capture_on_commit_callbacks):
    mine = registered(event(title="Compostaje en ñandúes; áreas, y 🌱 " * 4))
    with mail_server(settings) as post:
        notify(users=mine.user, kind=REGISTERED, text="Tenés tu lugar", fact=f"registration:{mine.pk}:1")
        with django_capture_on_commit_callbacks(execute=True):
            assert deliveries_sweep() == 1
    [(to, message)] = post.received
    assert to == [mine.user.email]
    method, shown = calendar_of(message)
    assert method == REQUEST and shown["SUMMARY"] == " ".join(mine.event.title.split())
