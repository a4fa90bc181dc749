"""What people are told about introductions, each only about people whom she may know."""

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from connect.models import Introduction
from connect.people.finding import shown_people
from connect.services.connection_notices import notices_delete
from portal.accounts.models import User
from portal.notices.services import notify
from portal.notices.texts import Text

ASKED = "introduction-asked"
OFFERED = "introduction-offered"
MADE = "introduction-made"
KINDS = (ASKED, OFFERED, MADE)
TEAM = _("El equipo de la red")


def tell_asked(introduction: Introduction) -> None:
    """Tell whoever is asked to introduce two people: one person, or the network's team."""
    introducer = introduction.introducer
    asks_team = introducer is None
    notify(
        users=User.objects.staff() if introducer is None else introducer,
        kind=ASKED,
        text=Text(
            gettext_noop("%(person)s te pide que le presentes a %(other)s."),
            person=introduction.first.name,
            other=introduction.second.name,
        ),
        grouped_text=Text.plural(
            "%(number)s persona te pide una presentación.", "%(number)s personas te piden una presentación."
        ),
        naming=[introduction.first, introduction.second],
        url=reverse("admin:connect_introduction_changelist")
        if asks_team
        else reverse("connect:introduction-list"),
        fact=fact_of(introduction.pk),
        group=ASKED,
    )


def tell_offered(introduction: Introduction) -> None:
    """Tell those of the two who have not answered and may know the other."""
    pairs = ((introduction.first, introduction.second), (introduction.second, introduction.first))
    for person, other in pairs:
        if introduction.is_accepted_by(person.pk) or not is_told(introduction, person):
            continue
        notify(
            users=person,
            kind=OFFERED,
            text=Text(
                gettext_noop("%(introducer)s te quiere presentar a %(person)s."),
                introducer=introducer_name(introduction),
                person=other.name,
            ),
            naming=[person for person in (introduction.introducer, other) if person is not None],
            url=reverse("connect:introduction-list"),
            fact=fact_of(introduction.pk),
        )


def tell_made(introduction: Introduction) -> None:
    """Tell the two that they are in touch, and whoever introduced them that it went well."""
    pairs = ((introduction.first, introduction.second), (introduction.second, introduction.first))
    for person, other in pairs:
        notify(
            users=person,
            kind=MADE,
            text=Text(
                gettext_noop(
                    "Ya estás en contacto con %(person)s: las dos personas aceptaron la presentación."
                ),
                person=other.name,
            ),
            naming=[other],
            url=reverse("connect:person-detail", args=[other.public_id]),
            fact=fact_of(introduction.pk),
        )
    if introduction.introducer is not None:
        notify(
            users=introduction.introducer,
            kind=MADE,
            text=Text(
                gettext_noop("%(first)s y %(second)s ya están en contacto gracias a tu presentación."),
                first=introduction.first.name,
                second=introduction.second.name,
            ),
            naming=[introduction.first, introduction.second],
            url=reverse("connect:introduction-list"),
            fact=fact_of(introduction.pk),
        )


def is_told(introduction: Introduction, person: User) -> bool:
    """Say whether one of the two may know who the other is: she finds her anyway, or the other has said yes."""
    other_id = introduction.other_than(person.pk)
    acquainted = [other_id] if introduction.is_accepted_by(other_id) else []
    return other_id in shown_people(person, [other_id], acquainted=acquainted)


def introducer_name(introduction: Introduction):
    """Return who introduces, as the two read it: a facilitator speaks for the network's team."""
    introducer = introduction.introducer
    return TEAM if introducer is None or introducer.is_staff else introducer.name


def take_away(introductions: Iterable[Introduction], *, of: Collection[int] = ()) -> None:
    """Take away what was told of these introductions: to some people, or to everybody."""
    notices_delete(kinds=KINDS, facts=[fact_of(row.pk) for row in introductions], users=of)


def fact_of(introduction_id: int) -> str:
    """Name the fact of an introduction, to find the notices that carry others' names."""
    return f"introduction:{introduction_id}"
