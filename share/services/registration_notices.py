"""What people are told of their registrations: each step once, on their own clock and in their own language.

They are told from the history, after the places were unlocked: a step waits with its mark until its notice is saved.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_noop

from portal.notices.services import Told, notify_each
from portal.notices.texts import Text
from share.models import Event, RegistrationChange
from share.registrations.moments import OnHerClock, title_shown
from share.registrations.window import takes_place
from share.services.places import LEFT_NETWORK, NO_LIMIT_NOW, PLACE_FREED, Status, Step

REGISTERED = "event-registered"
WAITING = "event-waiting"
OFFER = "event-offer"
LAPSED = "event-offer-lapsed"
TAKEN_OFF = "event-taken-off"

_BY_HERSELF = gettext_noop("Tenés tu lugar en «%(event)s»: %(when)s.")
_BY_HAND = gettext_noop(
    "%(person)s te anotó en «%(event)s»: %(when)s. Si no podés ir, avisanos desde la página."
)
_FREED = gettext_noop(
    "Se liberó un lugar en «%(event)s» y es tuyo: %(when)s. Si no podés ir, avisanos y pasa a quien sigue."
)
_NO_LIMIT = gettext_noop("Hay lugar para todas las personas en «%(event)s»: ya tenés el tuyo, %(when)s.")
_WAITS = gettext_noop(
    "«%(event)s» está completo: quedaste en la lista de espera. Si se libera un lugar y te toca, te avisamos."
)
_OFFERED = gettext_noop(
    "Hay un lugar para vos en «%(event)s». Te lo guardamos hasta: %(until)s. "
    "Confirmalo antes de que pase a quien sigue."
)
_LET_PASS = gettext_noop(
    "Pasó el tiempo para confirmar tu lugar en «%(event)s» y siguió con la próxima persona. "
    "Si todavía querés ir, volvé a anotarte: vas al final de la lista."
)
_TAKEN_OFF = gettext_noop("Quienes organizan «%(event)s» te sacaron de la lista: %(reason)s")
_TAKEN_OFF_BARE = gettext_noop("Quienes organizan «%(event)s» te sacaron de la lista.")
_LEFT = gettext_noop(
    "Ya no figurás en un municipio de la red, así que tu lugar en «%(event)s» queda para otra persona. Si es un error, "
    "pedí sumarte de nuevo y volvé a anotarte."
)
_MOST_OF_REASON = 150
_AT_ONCE = 500
# What nobody needs to hear of an event that was cancelled meanwhile: that was told.
_ON_THE_LIST = (Status.GOING, Status.WAITING, Status.OFFERED)


@dataclass(frozen=True)
class _Said:
    kind: str
    text: str


def steps_tell() -> int:
    """Tell people what happened to their registrations and they were not told yet; returns how many steps it were.

    Any number of workers may do it at once. A step that was followed by another before anybody could be told is not
    told: the newest says how things stand.
    """
    told = 0
    while found := _batch_tell():
        told += found
    return told


@transaction.atomic
def _batch_tell() -> int:
    """Tell the oldest steps; the notices and the mark are saved together, so that a worker that dies leaves neither."""
    waiting = RegistrationChange.objects.filter(waits_to_be_told=True).order_by("pk")
    later = RegistrationChange.objects.filter(registration=OuterRef("registration"), pk__gt=OuterRef("pk"))
    rows = list(
        waiting.select_for_update(skip_locked=True, of=("self",), no_key=True)
        .select_related("registration__event", "registration__user", "by")
        .defer(
            *(f"registration__event__{name}" for name in ("description", "description_html", "calendar_text"))
        )
        .annotate(is_past=Exists(later))[:_AT_ONCE]
    )
    if rows:
        tell_all((row.registration.event, _step(row)) for row in rows if not row.is_past and _holds(row))
        RegistrationChange.objects.filter(pk__in=[row.pk for row in rows]).update(waits_to_be_told=False)
    return len(rows)


def _holds(change: RegistrationChange) -> bool:
    return takes_place(change.registration.event) or change.status_to not in _ON_THE_LIST


def _step(change: RegistrationChange) -> Step:
    return Step(change.registration, change.status_from, change.status_to, change.reason, change.by, change)


def tell_all(steps: Iterable[tuple[Event, Step]]) -> None:
    """Tell people what happened, in as many queries for one as for all; what they did and know is left out."""
    by_kind: dict[str, list[Told]] = {}
    for event, step in steps:
        said = _said(step)
        if said and step.change:
            by_kind.setdefault(said.kind, []).append(_told(event, step, said))
    for kind, notices in by_kind.items():
        notify_each(kind=kind, notices=notices)


def fact_of(step: Step) -> str:
    """Name a step, so that it is told once; the e-mail finds the registration by it."""
    change = step.change.pk if step.change else ""
    return f"registration:{step.registration.pk}:{change}"


def _said(step: Step) -> _Said | None:
    """Choose the sentence; none where there is nothing to tell."""
    if step.status_to == Status.GOING:
        return _Said(REGISTERED, _entered(step))
    if step.status_to == Status.WAITING:
        return _Said(WAITING, _WAITS)
    if step.status_to == Status.OFFERED:
        return _Said(OFFER, _OFFERED)
    if step.status_to == Status.LAPSED:
        return _Said(LAPSED, _LET_PASS)
    if step.status_to == Status.NOT_GOING and step.reason == LEFT_NETWORK:
        return _Said(TAKEN_OFF, _LEFT)
    if step.status_to == Status.NOT_GOING and step.by and step.by.pk != step.registration.user_id:
        return _Said(TAKEN_OFF, _TAKEN_OFF if step.reason else _TAKEN_OFF_BARE)
    return None


def _entered(step: Step) -> str:
    if step.by and step.by.pk != step.registration.user_id:
        return _BY_HAND
    return {PLACE_FREED: _FREED, NO_LIMIT_NOW: _NO_LIMIT}.get(step.reason, _BY_HERSELF)


def _told(event: Event, step: Step, said: _Said) -> Told:
    user = step.registration.user
    until = step.registration.offer_expires_at
    params = {
        "event": title_shown(event),
        "when": OnHerClock(event.starts_at, user.time_zone),
        "until": OnHerClock(until, user.time_zone) if until else "",
        "reason": step.reason[:_MOST_OF_REASON],
        "person": step.by.get_full_name() if step.by else "",
    }
    needed = {name: value for name, value in params.items() if f"%({name})s" in said.text}
    return Told(
        user=user,
        text=Text(said.text, **needed),
        fact=fact_of(step),
        url=reverse("share:event-detail", args=[event.pk, event.slug]),
        naming=(step.by,) if step.by and "person" in needed else (),
    )
