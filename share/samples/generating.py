"""Invented encounters in any number, through COPY, to show the lists full and to measure them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.catalog.kinds import EntryDraft
from portal.catalog.services import entries_publish, entry_withdraw
from portal.core.bulk import copy_rows
from portal.core.markdown import markdown_html
from portal.core.starter import SampleWish
from portal.places.models import Municipality
from portal.topics.models import PolicyArea, Topic
from share.calendars.texts import calendar_text
from share.events.entries import cancelled_title
from share.models import Event
from share.querysets.events import KIND
from share.times import nearest_moment

DEFAULT_COUNT = 300
BATCH = 5_000
# Half a year back and half a year ahead.
_DAYS = 180
_LANGUAGES = {"BR": "pt-br"}
_ZONES = {
    "AR": "America/Argentina/Buenos_Aires", "BO": "America/La_Paz", "BR": "America/Sao_Paulo",
    "CL": "America/Santiago", "CO": "America/Bogota", "EC": "America/Guayaquil", "ES": "Europe/Madrid",
    "MX": "America/Mexico_City", "PE": "America/Lima", "PY": "America/Asuncion", "UY": "America/Montevideo",
}  # fmt: skip
_TITLES = (
    "%s: qué aprendimos en el primer año", "%s: taller para armar el plan del área",
    "%s con poco presupuesto, paso a paso", "%s: errores que conviene no repetir",
    "Ronda de municipios sobre %s", "%s: indicadores que se pueden medir con lo que hay",
)  # fmt: skip
_SUMMARY = "Un encuentro de ejemplo sobre %s, con tiempo para preguntas y una planilla para llevarse."
_DESCRIPTION = (
    "Trabajamos sobre **%s** con casos de municipios de distinto tamaño.\n\n"
    "- Qué se necesita para empezar.\n- Cuánto cuesta sostenerlo.\n- Cómo se mide.\n\n"
    "Traé un dato de tu municipio: lo usamos en la segunda parte."
)
_SESSIONS = ((0, 20, "Apertura y diagnóstico"), (20, 40, "El caso, con números"), (60, 30, "Preguntas"))
_EVENT_COLUMNS = (
    *("id", "public_id", "created_at", "updated_at", "kind", "title", "summary", "description"),
    *("description_html", "language", "status", "visibility", "municipality_id", "areas", "topics"),
    *("start_date", "start_time", "end_date", "end_time", "time_zone", "starts_at", "ends_at"),
    *("venue", "address", "link", "link_note", "offer_hours", "is_changed_alone", "sequence"),
    *("calendar_text", "calendar_changed_at", "checkin_code", "published_at", "cancelled_at"),
    *("cancel_reason", "has_recording", "has_minutes", "is_sample"),
)
_SEATS_COLUMNS = ("event_id", "capacity", "taken", "waiting", "interested", "next_place")
_SESSION_COLUMNS = ("event_id", "begins_after", "minutes", "title", "description", "room")


@dataclass(frozen=True)
class Drawn:
    """What events are drawn from: municipalities with their countries, topics with their areas and names, areas."""

    towns: Sequence[tuple[int, str, str]]
    topics: Sequence[tuple[str, str, str]]
    areas: Mapping[str, PolicyArea]
    seed: int
    today: date


def events_generate(wish: SampleWish) -> Iterator[int]:
    """Fill the list up to a number of invented events; yields how many there are after each batch.

    Each batch is committed on its own, so that what was made stays when the rest is interrupted; the next call goes
    on from there. Nobody organises them, nobody is registered, and nobody is told.

    Raises:
        ImproperlyConfigured: there are no towns or topics that they could be of.
    """
    there = _generated().count()
    yield there
    if there >= wish.count:
        return
    drawn = _drawn_from(wish)
    while there < wish.count:
        number = min(BATCH, wish.count - there)
        _write(drawn, there, number)
        there += number
        yield there


def events_remove() -> int:
    """Take every generated event away, thousands at a time; returns how many there were."""
    removed = 0
    while keys := list(_generated().order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            entry_withdraw(kind=KIND, object_ids=keys)
            Event.objects.filter(pk__in=keys).delete()
        removed += len(keys)
    return removed


def _generated() -> Any:
    """Return the samples that nobody organises."""
    return Event.objects.filter(is_sample=True, created_by__isnull=True)


def _drawn_from(wish: SampleWish) -> Drawn:
    towns = Municipality.objects.filter(country_id__in=_ZONES).order_by("-population", "pk")
    topics = Topic.objects.order_by("area__order", "order", "pk")
    drawn = Drawn(
        towns=list(towns.values_list("pk", "country_id", "name")[: wish.cities]),
        topics=list(topics.values_list("slug", "area__slug", "name_es")),
        areas={area.slug: area for area in PolicyArea.objects.all()},
        seed=wish.seed,
        today=timezone.localdate(),
    )
    if not (drawn.towns and drawn.topics):
        raise ImproperlyConfigured(_("Antes hacen falta municipios y temas: corré «prepare»."))
    return drawn


@transaction.atomic
def _write(drawn: Drawn, first: int, number: int) -> None:
    """Write events with their places, sessions and what calendars read, and let the catalogue know them."""
    keys = _new_ids(number)
    made = [_event(drawn, first + place, key) for place, key in enumerate(keys)]
    for row in made:
        row["calendar_text"] = _calendar_text(row, drawn.areas)
    with connection.cursor() as cursor:
        copy_rows(
            cursor, "share_event", _EVENT_COLUMNS, ([row[name] for name in _EVENT_COLUMNS] for row in made)
        )
        copy_rows(
            cursor, "share_seats", _SEATS_COLUMNS, ([row["id"], row["capacity"], 0, 0, 0, 1] for row in made)
        )
        sessions = ([row["id"], *told, "", ""] for row in made for told in _SESSIONS)
        copy_rows(cursor, "share_session", _SESSION_COLUMNS, sessions)
    entries_publish(drafts=map(_draft, made))


def _new_ids(number: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('share_event', 'id')) FROM generate_series(1, %s)",
            [number],
        )
        return [key for (key,) in cursor.fetchall()]


def _event(drawn: Drawn, number: int, key: int) -> dict[str, Any]:
    """Return the columns of the event of a number, and its capacity."""
    draw = Random(drawn.seed * 1_000_003 + number)  # noqa: S311 nothing secret
    topic, area, name = draw.choice(drawn.topics)
    town, country, town_name = draw.choice(drawn.towns)
    is_online = draw.random() < 0.75
    when = _when(drawn, draw, _ZONES[country])
    announced = when["starts_at"] - timedelta(days=draw.randint(15, 60))
    is_cancelled = draw.random() < 0.03
    is_over = when["ends_at"] <= timezone.now()
    title, summary = draw.choice(_TITLES) % name, _SUMMARY % name
    return when | {
        "id": key,
        "country": country,
        "town_name": town_name,
        "public_id": UUID(int=draw.getrandbits(128), version=4),
        "created_at": announced,
        "updated_at": announced,
        "kind": draw.choices(Event.Kind.values, (50, 25, 10, 15))[0],
        "title": title,
        "summary": summary,
        "description": _DESCRIPTION % name,
        "description_html": _described(name),
        "language": _LANGUAGES.get(country, "es-ar"),
        "status": Event.Status.CANCELLED if is_cancelled else Event.Status.PUBLISHED,
        "visibility": Event.Visibility.MEMBERS if draw.random() < 0.2 else Event.Visibility.PUBLIC,
        "municipality_id": town,
        "areas": [area],
        "topics": [topic],
        "venue": "" if is_online else "Salón de ejemplo",
        "address": "" if is_online else "Calle de Ejemplo 100",
        "link": "https://reunion.example.org/sala" if is_online else "",
        "link_note": "",
        "offer_hours": 24,
        "is_changed_alone": False,
        "sequence": 0,
        "calendar_text": "",
        "calendar_changed_at": announced,
        "checkin_code": "",
        "published_at": announced,
        "cancelled_at": announced if is_cancelled else None,
        "cancel_reason": "Se superpone con otra actividad." if is_cancelled else "",
        "has_recording": is_over and draw.random() < 0.4,
        "has_minutes": is_over and draw.random() < 0.3,
        "is_sample": True,
        "capacity": draw.choice((None, 20, 50, 100)),
    }


def _calendar_text(row: dict[str, Any], areas: Mapping[str, PolicyArea]) -> str:
    """Return what calendars read of an event, before it is written, so that no row is written twice."""
    event = Event(**{name: row[name] for name in _EVENT_COLUMNS})
    event.municipality = Municipality(pk=row["municipality_id"], name=row["town_name"])
    return calendar_text(event, areas=areas, stamp=row["calendar_changed_at"])


def _draft(row: dict[str, Any]) -> EntryDraft:
    """Return what the catalogue is told of an event, as `share.events.entries` would tell it of its row."""
    event = Event(pk=row["id"], title=row["title"])
    is_cancelled = row["status"] == Event.Status.CANCELLED
    return EntryDraft(
        kind=KIND,
        object_id=row["id"],
        url=event.get_absolute_url(),
        title=cancelled_title(row["title"]) if is_cancelled else row["title"],
        summary=row["summary"],
        body=row["description"],
        language=row["language"][:2],
        published_at=row["published_at"],
        country_id=row["country"],
        municipality_id=row["municipality_id"],
        place_name=row["town_name"],
        areas=row["areas"],
        topics=row["topics"],
        visibility=row["visibility"],
        is_sample=True,
    )


def _when(drawn: Drawn, draw: Random, zone: str) -> dict[str, Any]:
    day = drawn.today + timedelta(days=draw.randint(-_DAYS, _DAYS))
    starts = datetime.combine(day, time(draw.randint(8, 18), draw.choice((0, 30))))
    ends = starts + timedelta(minutes=draw.choice((60, 90, 120)))
    return {
        "start_date": starts.date(),
        "start_time": starts.time(),
        "end_date": ends.date(),
        "end_time": ends.time(),
        "time_zone": zone,
        "starts_at": nearest_moment(starts.date(), starts.time(), zone),
        "ends_at": nearest_moment(ends.date(), ends.time(), zone),
    }


@cache
def _described(name: str) -> str:
    """Return the description's HTML; as many of them as topics are made, not as many as events."""
    return str(markdown_html(_DESCRIPTION % name))
