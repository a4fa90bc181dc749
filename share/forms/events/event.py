"""The form with which an encounter is made and changed."""

import uuid
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.affiliation import active_municipalities
from portal.accounts.models import User
from portal.accounts.time_zones import known_zone, zone_choices
from portal.core.form_fields import SafeAddressField, TextField
from portal.places.models import Municipality
from portal.topics.form_fields import ChosenField, TopicsWidget, topics_by_area
from portal.topics.models import PolicyArea, Topic
from share.forms.events.clock_fields import DayField, HourField, WallClockField
from share.forms.events.repeating import RepeatingMixin
from share.models import Event
from share.models.events import MAX_DESCRIPTION, MAX_SUMMARY, MAX_TITLE
from share.services.events import EventFields
from share.times import TimeRefused, clock_at, moment, moments, nearest_moment

MOST_AREAS = 4
MOST_TOPICS = 8
MOST_PLACES = 100_000
NETWORK = ""
_WRITTEN = (
    *(
        "kind",
        "title",
        "summary",
        "description",
        "language",
        "visibility",
        "topics",
        "start_date",
        "start_time",
    ),
    *("end_date", "end_time", "time_zone", "venue", "address", "latitude", "longitude", "link", "link_note"),
)


def area_choices() -> list[tuple[str, str]]:
    """Return the areas in the reader's language."""
    return [(area.slug, area.name) for area in PolicyArea.objects.all()]


def capitalised(choices: type[models.TextChoices]) -> Callable[[], list[tuple[str, str]]]:
    """Return choices as they stand alone in a form, in the reader's language."""
    return lambda: [(str(value), capfirst(str(label))) for value, label in choices.choices]


class EventForm(RepeatingMixin, forms.Form):
    """An encounter: what, when, where, who invites, and how one registers.

    Args:
        reader: who writes.
        event: which one, where it is there already.
    """

    SECTIONS = (
        (gettext_lazy("Qué es"), ("kind", "title", "summary", "description", "language")),
        (
            gettext_lazy("Cuándo"),
            ("start_date", "start_time", "end_date", "end_time", "time_zone", "is_past_meant"),
        ),
        (
            gettext_lazy("Dónde"),
            ("link", "link_note", "venue", "address", "latitude", "longitude"),
        ),
        (gettext_lazy("Quién invita y para quién"), ("municipality", "visibility", "areas", "topics")),
        (
            gettext_lazy("Inscripción"),
            ("capacity", "registration_opens_at", "registration_closes_at", "offer_hours"),
        ),
    )

    kind = forms.ChoiceField(
        label=gettext_lazy("Tipo de encuentro"), choices=capitalised(Event.Kind), widget=forms.RadioSelect
    )
    title = TextField(label=gettext_lazy("Título"), max_length=MAX_TITLE)
    summary = TextField(
        label=gettext_lazy("En una línea"),
        max_length=MAX_SUMMARY,
        help_text=gettext_lazy("Lo que se lee en la lista: para quién es y qué se lleva."),
    )
    description = TextField(label=gettext_lazy("Descripción"), max_length=MAX_DESCRIPTION, rows=10)
    language = forms.ChoiceField(label=gettext_lazy("Idioma"), choices=settings.LANGUAGES)

    start_date = DayField(label=gettext_lazy("Empieza el día"))
    start_time = HourField(label=gettext_lazy("A las"))
    end_date = DayField(
        label=gettext_lazy("Termina el día"),
        required=False,
        help_text=gettext_lazy("Si lo dejás vacío, el mismo día."),
    )
    end_time = HourField(label=gettext_lazy("Hasta las"))
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Hora de"),
        choices=zone_choices,
        help_text=gettext_lazy("Cada quien ve además la hora de donde está."),
        widget=forms.Select(
            attrs={
                "data-zone-choice": "",
                "data-find-label": gettext_lazy("Buscar ciudad o país"),
                "data-offer-label": gettext_lazy("Tu navegador dice que estás en %s."),
                "data-take-label": gettext_lazy("Usar esa"),
                "data-none-label": gettext_lazy("Ninguna ciudad ni país se llama así."),
            }
        ),
    )
    is_past_meant = forms.BooleanField(
        label=gettext_lazy("Ya se hizo: quiero dejarlo registrado"), required=False
    )

    link = SafeAddressField(
        label=gettext_lazy("Enlace para conectarse"),
        max_length=500,
        help_text=gettext_lazy("Lo ven solo quienes se inscribieron."),
    )
    link_note = TextField(
        label=gettext_lazy("Cómo conectarse"),
        max_length=500,
        rows=2,
        help_text=gettext_lazy("Clave de la sala, desde cuándo se puede entrar, a quién llamar."),
    )
    venue = TextField(label=gettext_lazy("Lugar"), max_length=200)
    address = TextField(label=gettext_lazy("Dirección"), max_length=300)
    latitude = forms.FloatField(label=gettext_lazy("Latitud"), required=False, min_value=-90, max_value=90)
    longitude = forms.FloatField(
        label=gettext_lazy("Longitud"), required=False, min_value=-180, max_value=180
    )

    municipality = forms.ChoiceField(label=gettext_lazy("Invita"), required=False)
    visibility = forms.ChoiceField(
        label=gettext_lazy("Quién puede verlo"),
        choices=capitalised(Event.Visibility),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Se inscriben siempre solo integrantes de la red."),
    )
    areas = ChosenField(label=gettext_lazy("Áreas de gestión"), most=MOST_AREAS, choices=area_choices)
    topics = ChosenField(
        label=gettext_lazy("Temas"), most=MOST_TOPICS, choices=topics_by_area, widget=TopicsWidget
    )

    capacity = forms.IntegerField(
        label=gettext_lazy("Lugares"),
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        help_text=gettext_lazy("Vacío: sin límite. Cuando se llenan, los demás quedan en lista de espera."),
    )
    registration_opens_at = WallClockField(
        label=gettext_lazy("La inscripción abre"), help_text=gettext_lazy("Vacío: al publicarlo.")
    )
    registration_closes_at = WallClockField(
        label=gettext_lazy("La inscripción cierra"), help_text=gettext_lazy("Vacío: cuando empieza.")
    )
    offer_hours = forms.IntegerField(
        label=gettext_lazy("Horas para aceptar un lugar que se libera"),
        min_value=1,
        max_value=168,
        help_text=gettext_lazy("Pasadas, el lugar se ofrece a la persona que sigue en la lista de espera."),
    )

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, reader: User, event: Event | None = None, **kwargs: Any) -> None:
        self.event = event
        self.towns = _towns(reader, event)
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        hosts: Any = self.fields["municipality"]
        choices = [(str(town.pk), str(town)) for town in self.towns.values()]
        if reader.is_staff or (event is not None and event.municipality_id is None):
            choices.insert(0, (NETWORK, _("La red")))
        else:
            hosts.required = True
            hosts.error_messages["required"] = _("Elegí el municipio que invita.")
        # At once: a choice that is added later does not reach the page.
        hosts.choices = choices
        if len(choices) == 1:
            self.initial.setdefault("municipality", choices[0][0])
        self.fields["time_zone"].widget.attrs["data-zone-now"] = str(self.initial.get("time_zone", ""))
        self.prepare_repeating(event)

    def clean_time_zone(self) -> str:
        """Take a zone by its present name."""
        return known_zone(self.cleaned_data["time_zone"])

    def clean(self) -> dict[str, Any]:
        """Check what depends on several fields."""
        data = super().clean() or self.cleaned_data
        if not data.get("end_date"):
            data["end_date"] = data.get("start_date")
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            self.add_error("longitude", _("Escribí la latitud y la longitud, o ninguna de las dos."))
        if all(data.get(name) for name in ("start_date", "end_date", "end_time", "time_zone")) and (
            data.get("start_time") is not None and data.get("end_time") is not None
        ):
            self._clean_times(data)
            self._clean_window(data)
        self.clean_repeating(data)
        return data

    def _clean_times(self, data: dict[str, Any]) -> None:
        names = ("start_date", "start_time", "end_date", "end_time", "time_zone")
        try:
            found = moments(**{name: data[name] for name in names})
        except TimeRefused as refused:
            self.add_error(refused.field, str(refused))
            return
        was = self.event.starts_at if self.event else None
        if found.starts_at < timezone.now() and found.starts_at != was and not data.get("is_past_meant"):
            self.add_error("start_date", _("Ese momento ya pasó: revisá el año, el día y la hora."))

    @property
    def asks_about_past(self) -> bool:
        """Whether what is written begins in the past, so that it has to be meant."""
        return bool(self.data.get("is_past_meant") or "start_date" in self.errors)

    def _clean_window(self, data: dict[str, Any]) -> None:
        """Turn what the event's clock shows into moments, and refuse a window that never opens."""
        for name in ("registration_opens_at", "registration_closes_at"):
            local = data.get(name)
            if local is None:
                continue
            try:
                data[name] = moment(local.date(), local.time(), data["time_zone"], field=name)
            except TimeRefused as refused:
                self.add_error(name, str(refused))
                return
        opens, closes = data.get("registration_opens_at"), data.get("registration_closes_at")
        # Without a moment of its own it closes when the event begins, unless that was refused just now.
        if not closes and {"start_date", "start_time"} <= data.keys():
            closes = nearest_moment(data["start_date"], data["start_time"], data["time_zone"])
        if opens and closes and closes <= opens:
            self.add_error("registration_closes_at", _("La inscripción tiene que cerrar después de abrir."))

    def event_fields(self) -> EventFields:
        """Return what was written, as services take it."""
        data = self.cleaned_data
        fields = {name: data[name] for name in (*_WRITTEN, "offer_hours")}
        for name in ("registration_opens_at", "registration_closes_at"):
            fields[name] = data[name]
        fields["municipality"] = self.towns.get(int(data["municipality"] or 0))
        fields["areas"] = _areas(data["areas"], data["topics"])
        return cast(EventFields, fields)


def event_initial(event: Event) -> dict[str, Any]:
    """Return an event as its form shows it."""
    initial: dict[str, Any] = {name: getattr(event, name) for name in (*_WRITTEN, "areas", "offer_hours")}
    for name in ("registration_opens_at", "registration_closes_at"):
        at = getattr(event, name)
        initial[name] = clock_at(at, event.time_zone).replace(tzinfo=None) if at else None
    return {
        **initial,
        "municipality": str(event.municipality_id or NETWORK),
        "capacity": event.seats.capacity,
    }


def _towns(reader: User, event: Event | None) -> dict[int, Municipality]:
    """Return the municipalities in whose name a person invites, with the one that does so now."""
    towns = {town.pk: town for town in active_municipalities(reader).select_related("country")}
    if event is not None and event.municipality:
        towns.setdefault(event.municipality.pk, event.municipality)
    return towns


def _areas(areas: list[str], topics: list[str]) -> list[str]:
    """Return the areas that were chosen, with those of the topics."""
    of_topics = Topic.objects.filter(slug__in=topics).values_list("area__slug", flat=True)
    return list(dict.fromkeys([*areas, *of_topics]))
