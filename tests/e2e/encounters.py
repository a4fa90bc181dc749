"""Encounters of a journey's own, published before it begins, with the people who take part in it."""

import json
from dataclasses import asdict
from datetime import timedelta

from django.utils import timezone

from portal.accounts.models import User
from share.codes import code_new
from share.models import Event
from share.services.events import event_create, event_publish
from share.times import clock_at
from tests.e2e import cast
from tests.e2e.cast import Role
from tests.e2e.running_portal import RunningPortal
from tests.portal.accounts_factories import PASSWORD

LINK = "https://reunion.example.org/sala-del-elenco"
BUENOS_AIRES = "America/Argentina/Buenos_Aires"


def announce_encounter(portal: RunningPortal, *roles: Role, title: str, minutes: int) -> str:
    """Give everybody an account, and have the first of them publish an encounter; returns its address.

    Args:
        minutes: until it begins; less than none where it is going on. One registers as long as it lasts.
    """
    told = json.dumps({"roles": [asdict(role) for role in roles], "title": title, "minutes": minutes})
    printed = portal.manage(
        "shell", "--command", f"from tests.e2e import encounters; print(encounters.play({told!r}))"
    )
    portal.accounts.update({role.who: (role.email, PASSWORD) for role in roles})
    return printed.split()[-1]


def play(told: str) -> str:
    """Make the accounts and the encounter; this runs inside the portal."""
    asked = json.loads(told)
    cast.play(json.dumps(asked["roles"]))
    organiser = User.objects.get(email=Role(**asked["roles"][0]).email)
    starts = clock_at(timezone.now() + timedelta(minutes=asked["minutes"]), BUENOS_AIRES)
    ends = starts + timedelta(hours=2)
    event = event_create(
        actor=organiser,
        fields={
            "kind": Event.Kind.WORKSHOP,
            "title": asked["title"],
            "summary": "Para quienes recién empiezan.",
            "description": "Traé **preguntas**.",
            "municipality": organiser.memberships.get().municipality,
            "start_date": starts.date(),
            "start_time": starts.time().replace(second=0, microsecond=0),
            "end_date": ends.date(),
            "end_time": ends.time().replace(second=0, microsecond=0),
            "time_zone": BUENOS_AIRES,
            "venue": "Salón de la cooperativa",
            "address": "Calle 9 número 120",
            "link": LINK,
            "registration_closes_at": ends,
        },
    )
    event_publish(event=event, actor=organiser)
    Event.objects.filter(pk=event.pk).update(checkin_code=code_new())
    return event.get_absolute_url()
