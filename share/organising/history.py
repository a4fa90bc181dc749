"""What was done to an encounter, in words for those who look after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from share.models import Event, EventChange
from share.signatures import Signature, signatures

# What is not a column of the event.
_WORDS: dict[str, str | Promise] = {
    "capacity": _("lugares"),
    "organisers": _("quienes organizan"),
    "sessions": _("programa"),
    "speakers": _("quienes exponen"),
    "questions": _("preguntas de inscripción"),
    "time_zone_rules": _("la hora oficial del país"),
    "latitude": _("posición en el mapa"),
    "longitude": _("posición en el mapa"),
    "areas": _("áreas de gestión"),
    "topics": _("temas"),
    "start_time": _("hora en que empieza"),
    "end_time": _("hora en que termina"),
}


@dataclass(frozen=True)
class Step:
    """A step of an event's history as one reader may know it.

    Args:
        by: who did it; nobody where the portal did it by itself.
        fields: what changed, by the names that people read.
    """

    label: str
    at: datetime
    by: Signature | None
    fields: tuple[str, ...]
    reason: str


def steps_of(reader: User, changes: Sequence[EventChange]) -> list[Step]:
    """Put changes into words; the number of queries does not grow."""
    known = signatures(reader, {(change.by_id, None) for change in changes if change.by_id})
    return [
        Step(
            label=change.get_kind_display(),
            at=change.at,
            by=known.get((change.by_id, None)),
            fields=field_words(change.fields),
            reason=change.reason,
        )
        for change in changes
    ]


def field_words(names: Iterable[str]) -> tuple[str, ...]:
    """Return what fields are called, each once."""
    columns = {field.name: field for field in Event._meta.get_fields()}
    words = [str(_WORDS.get(name) or getattr(columns.get(name), "verbose_name", name)) for name in names]
    return tuple(dict.fromkeys(words))
