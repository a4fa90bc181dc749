"""What people are told once an event is over: its minutes, its recording, and what they took on."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_noop

from portal.accounts.models import Membership, User
from portal.notices.models import Notification
from portal.notices.services import notify
from portal.notices.texts import Text
from share.models import Agreement, Event, Material, Registration

FOLLOW_UP = "event-follow-up"
AGREEMENT = "event-agreement"
AGREEMENT_DUE = "event-agreement-due"
# So much of a title or of a decision stands in a line.
_SHORT = 120


def tell_minutes(event: Event) -> None:
    """Tell those who were there that the minutes can be read; of whom nobody noted anything is one of them."""
    were_there = Registration.objects.filter(event=event).going().exclude(attendance="absent")
    _follow_up(
        event,
        people=_accounts(were_there),
        text=gettext_noop("Ya podés leer el acta de «%(title)s»."),
        fact=f"event:{event.pk}:minutes",
        url=reverse("share:event-minutes", args=[event.pk]),
    )


def tell_material(event: Event, material: Material) -> None:
    """Tell those who had a place of what came afterwards: whoever missed it needs a recording most."""
    text = gettext_noop("Hay un material nuevo de «%(title)s».")
    if material.kind == Material.Kind.RECORDING:
        text = gettext_noop("Ya está la grabación de «%(title)s».")
    _follow_up(
        event,
        people=_accounts(Registration.objects.filter(event=event).going()),
        text=text,
        fact=f"event:{event.pk}:material:{material.pk}",
        url=event.get_absolute_url(),
    )


def forget_material(material: Material) -> None:
    """Take away what was told of a material that is no more."""
    fact = f"event:{material.event_id}:material:{material.pk}"
    Notification.objects.filter(kind=FOLLOW_UP, fact=fact).delete()


def tell_responsible(agreements: Iterable[Agreement], *, actor: User) -> None:
    """Tell each person what she is to do, unless she wrote it herself."""
    for agreement in agreements:
        person = agreement.responsible_user
        if person is not None and person != actor:
            notify(
                users=person,
                kind=AGREEMENT,
                text=Text(
                    gettext_noop("En «%(title)s» quedó a tu cargo: %(agreement)s"),
                    title=_cut(agreement.minutes.event.title),
                    agreement=_cut(agreement.text),
                ),
                url=reverse("share:event-minutes", args=[agreement.minutes.event_id]),
                fact=f"agreement:{agreement.pk}:{person.pk}",
            )


def tell_due(agreement: Agreement) -> bool:
    """Tell whoever took a decision on that its day comes near; says whether there is somebody to tell."""
    if agreement.responsible_user is None or agreement.due_on is None:
        return False
    notify(
        users=agreement.responsible_user,
        kind=AGREEMENT_DUE,
        text=Text(
            gettext_noop("El %(date)s vence lo que quedó a tu cargo en «%(title)s»: %(agreement)s"),
            date=agreement.due_on,
            title=_cut(agreement.minutes.event.title),
            agreement=_cut(agreement.text),
        ),
        url=reverse("share:event-minutes", args=[agreement.minutes.event_id]),
        fact=f"agreement:{agreement.pk}:due:{agreement.due_on:%Y-%m-%d}",
    )
    return True


def _follow_up(event: Event, *, people: QuerySet[User], text: str, fact: str, url: str) -> None:
    notify(
        users=people,
        kind=FOLLOW_UP,
        text=Text(text, title=_cut(event.title)),
        fact=fact,
        url=url,
        group=f"event:{event.pk}:after",
        grouped_text=Text.plural(
            "Hay %(number)s novedad de «%(title)s».",
            "Hay %(number)s novedades de «%(title)s».",
            title=_cut(event.title),
        ),
    )


def _accounts(rows: QuerySet[Registration]) -> QuerySet[User]:
    return User.objects.filter(of_the_network(), pk__in=rows.order_by().values("user_id"))


def of_the_network(person: str = "") -> Q:
    """Return what is true of those who are of the network now: whoever left may not read what it tells members.

    Args:
        person: the way to the account, where the rows are others ("responsible_user__").
    """
    works = Membership.objects.active().filter(user=OuterRef(f"{person}pk"))
    return Q(**{f"{person}is_active": True}) & (Q(**{f"{person}is_staff": True}) | Q(Exists(works)))


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1].rstrip()}…"
