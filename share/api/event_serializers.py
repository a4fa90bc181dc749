"""Encounters as the API tells them: what the pages show to whoever asks."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from share.events.facets import facets
from share.events.page import EventPage
from share.models import Event
from share.times import clock_at

_FORMATS = ["online", "in_person"]


@extend_schema_serializer(component_name="EventMunicipality")
class EventTownSerializer(serializers.Serializer):
    """The municipality that invites."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    country = serializers.CharField(source="country_id")


class EventSerializer(serializers.Serializer):
    """An event in a list. Its times are given as its place's clock shows them, with the distance to universal time."""

    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    summary = serializers.CharField()
    language = serializers.CharField()
    kind = serializers.ChoiceField(choices=Event.Kind.choices)
    status = serializers.ChoiceField(choices=Event.Status.choices)
    visibility = serializers.ChoiceField(choices=Event.Visibility.choices)
    starts_at = serializers.SerializerMethodField()
    ends_at = serializers.SerializerMethodField()
    time_zone = serializers.CharField(help_text="As IANA calls it; what was promised is its clock.")
    format = serializers.SerializerMethodField(help_text="online, in_person or both.")
    venue = serializers.CharField()
    address = serializers.CharField()
    municipality = EventTownSerializer(allow_null=True)
    areas = serializers.ListField(child=serializers.SlugField())
    topics = serializers.ListField(child=serializers.SlugField())
    has_recording = serializers.BooleanField()
    has_minutes = serializers.BooleanField()
    is_sample = serializers.BooleanField()
    url = serializers.SerializerMethodField(help_text="The page for people.")

    def get_starts_at(self, event: Event) -> str:
        """Return the beginning by the event's own clock."""
        return _on_its_clock(event, event.starts_at)

    def get_ends_at(self, event: Event) -> str:
        """Return the end by the event's own clock."""
        return _on_its_clock(event, event.ends_at)

    def get_format(self, event: Event) -> list[str]:
        """Return how one takes part."""
        return [one for one in _FORMATS if facets.get("format").key(one) in event.facet_keys]

    def get_url(self, event: Event) -> str:
        """Return the address of its page."""
        return str(self.context["request"].build_absolute_uri(event.get_absolute_url()))


class EventPageSerializer(serializers.Serializer):
    """A page of events."""

    count = serializers.IntegerField()
    count_is_least = serializers.BooleanField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = EventSerializer(many=True)


class EventSpeakerSerializer(serializers.Serializer):
    """Somebody who speaks, as the reader may know her."""

    name = serializers.CharField()
    role = serializers.CharField()


class EventSessionSerializer(serializers.Serializer):
    """A part of the agenda."""

    starts_at = serializers.CharField(source="clock.starts")
    ends_at = serializers.CharField(source="clock.ends")
    title = serializers.CharField(source="session.title")
    description = serializers.CharField(source="session.description")
    room = serializers.CharField(source="session.room")
    speakers = EventSpeakerSerializer(many=True)


class EventPlacesSerializer(serializers.Serializer):
    """How many places there are; without a number as many as come."""

    capacity = serializers.IntegerField(allow_null=True)
    left = serializers.IntegerField(source="free", allow_null=True)
    waiting = serializers.IntegerField(help_text="How many are in the waiting list.")


@extend_schema_serializer(component_name="EventRegistration")
class OwnRegistrationSerializer(serializers.Serializer):
    """What the reader said about an event, and her place in it."""

    status = serializers.CharField(
        help_text="going, interested, not_going, waiting, offered or lapsed; or none."
    )
    number_in_line = serializers.IntegerField(help_text="1 for whoever is next in the waiting list, else 0.")
    offer_expires_at = serializers.DateTimeField(allow_null=True)
    link = serializers.CharField(help_text="Where one connects; only for whoever is going or organises.")
    can_register = serializers.BooleanField()
    reason = serializers.CharField(help_text="Why she cannot register, where she cannot.")


class EventDetailSerializer(EventSerializer):
    """All of an event that its page shows to the reader."""

    description = serializers.CharField(help_text="Markdown.")
    description_html = serializers.CharField()
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    cancel_reason = serializers.CharField()
    registration_opens_at = serializers.DateTimeField(allow_null=True)
    registration_closes_at = serializers.DateTimeField(allow_null=True)
    sessions = EventSessionSerializer(many=True)
    speakers = EventSpeakerSerializer(many=True)
    organisers = serializers.ListField(child=serializers.CharField())
    places = EventPlacesSerializer()
    own = OwnRegistrationSerializer(allow_null=True, help_text="The reader's own part; null for visitors.")

    def to_representation(self, instance: EventPage) -> dict[str, Any]:
        """Tell the event with what its page says around it; the reader's own part is in the context."""
        event = instance.event
        told = dict(EventSerializer(event, context=self.context).data)
        for name in _OF_EVENT:
            value = getattr(event, name)
            told[name] = None if value is None else self.fields[name].to_representation(value)
        told["sessions"] = EventSessionSerializer(instance.sessions, many=True).data
        told["speakers"] = EventSpeakerSerializer(instance.speakers, many=True).data
        told["organisers"] = [one.name for one in instance.organisers]
        told["places"] = EventPlacesSerializer(event.seats).data
        told["own"] = self.context["own"]
        return told


_OF_EVENT = (
    *("description", "description_html", "latitude", "longitude", "cancel_reason"),
    *("registration_opens_at", "registration_closes_at"),
)


class RegistrationInput(serializers.Serializer):
    """What a person wants to say about an event."""

    wanted = serializers.ChoiceField(choices=["going", "interested", "not_going"], default="going")
    answers = serializers.DictField(
        required=False, help_text="By the number of the question: a text, a list of texts, or true and false."
    )


def _on_its_clock(event: Event, at: datetime) -> str:
    return clock_at(at, event.time_zone).isoformat(timespec="minutes")
