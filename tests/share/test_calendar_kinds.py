"""Every kind of encounter, in every calendar that the portal writes: read by two programs and checked by hand."""

from datetime import UTC, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from share.calendars.feeds import personal_text
from share.calendars.invitations import CANCEL, REQUEST, invitation
from share.models import Event, Registration
from tests.share.calendars import a_series, moments_by_its_own_zones, parsed, refreshed
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
LINK = "https://reunion.example.org/j/123?pwd=a,b;c&x=ñ"
LONG = "Párrafo con «comillas», comas, puntos; y barras \\ \\n \\, — y más.\n\n" * 60
SOON = timezone.now().replace(microsecond=0, second=0) + timedelta(days=9)
ZONES = [
    *("America/Santiago", "America/Asuncion", "America/Argentina/Buenos_Aires", "Europe/Madrid", "UTC"),
    *("America/St_Johns", "Africa/Casablanca", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Nuuk"),
]


def kinds() -> list[Event]:
    cancelled = {
        "status": "cancelled",
        "cancelled_at": timezone.now(),
        "cancel_reason": "Llueve; mucho,\r\nya",
    }
    series = a_series()
    made = [
        event(title="de una serie", series=series, occurrence_on=SOON.date(), starts=SOON),
        event(title="después", series=series, occurrence_on=SOON.date() + timedelta(7), starts=SOON),
        event(title="cancelado", link=LINK, **cancelled),
        event(title="de la red", visibility="members", link=LINK, link_note="Clave: 12;34"),
        event(
            title="en los dos lados", venue="Salón, 2.º piso", address="Av. Ñ; 12", latitude=-34.9,
            longitude=-57.9, link=LINK,
        ),
        event(title="largo", summary="s" * 300, description=LONG, description_html=""),
        event(title="👩🏽‍💻🏳️‍🌈 " * 12 + "é" * 80, summary="日本語 العربية 𝒳" * 8, link=LINK),
        event(title="línea\r\nEND:VEVENT\r\nBEGIN:VEVENT\u2028\u0085\x0c", link_note="\r\nATTENDEE:mailto:x@y"),
        event(title="toda la noche", starts=SOON.replace(hour=23), hours=30),
        *(event(title=zone, time_zone=zone, starts=SOON, link=LINK) for zone in ZONES),
    ]  # fmt: skip
    refreshed(*made)
    return made


def test_every_feed_is_read_by_two_programs_without_a_warning():
    made = kinds()
    reader = member()
    client = Client()
    client.force_login(reader)
    site = parsed(client.get("/intercambiar/calendario/encuentros.ics").content)
    assert {str(one["UID"]) for one in site.events} == {str(one.public_id) for one in made}
    public = parsed(Client().get("/intercambiar/calendario/encuentros.ics?todo=1").content)
    assert len(public.events) == len(made) - 1
    parsed(client.get(reverse("share:event-export-ics")).content)
    for one in made:
        [alone] = parsed(client.get(reverse("share:event-ics", args=[one.pk])).content).events
        assert alone["UID"] == str(one.public_id)


def test_every_calendar_of_one_s_own_and_every_invitation_is_read_too():
    reader = member(name='Ñandú "La Pepa"; O’Higgins, 👩🏽‍💻')
    rows = [registered(one, reader) for one in kinds()]
    own = parsed(personal_text(reader, name="Mis encuentros"))
    assert len(own.events) == len(rows)
    for row in Registration.objects.filter(user=reader).select_related("event__municipality", "user"):
        for method in (REQUEST, CANCEL):
            part = invitation(row, method)
            told = parsed(part.text)
            assert (told["METHOD"], len(told.events)) == (method, 1)
            assert str(told.events[0]["ATTENDEE"]) == f"mailto:{reader.email}"
            if row.event.time_zone != "UTC":
                moments = moments_by_its_own_zones(part.text)[str(row.event.public_id)]
                assert moments == (row.event.starts_at.astimezone(UTC), row.event.ends_at.astimezone(UTC))


def test_a_link_with_signs_of_its_own_stays_whole():
    made = event(link=LINK)
    refreshed(made)
    reader = registered(made).user
    [found] = parsed(personal_text(reader, name="Mis encuentros")).events
    assert str(found["CONFERENCE"]) == LINK
    assert str(found["LOCATION"]) == LINK
