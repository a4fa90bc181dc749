"""People as the API tells them."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from connect.people.shown import ShownPerson


class NamedSerializer(serializers.Serializer):
    """An area or a topic, with its name in the reader's language."""

    slug = serializers.CharField()
    name = serializers.CharField(source="*")


class WorkSerializer(serializers.Serializer):
    """Where she works or worked, and as what."""

    municipality_id = serializers.IntegerField()
    municipality = serializers.CharField()
    country = serializers.CharField(source="country_id")
    position = serializers.CharField()
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)


@extend_schema_serializer(component_name="DirectoryLink")
class LinkSerializer(serializers.Serializer):
    """An address of hers on another site."""

    # A field of its own is not the label that every field has; the metaclass takes it out of the class.
    label = serializers.CharField()  # type: ignore[assignment]
    url = serializers.URLField()


class AvailabilitySerializer(serializers.Serializer):
    """Whether she can be written to."""

    state = serializers.ChoiceField(choices=["open", "busy", "paused"])
    until = serializers.DateField(allow_null=True)
    note = serializers.CharField()
    habit = serializers.CharField()


# Which fields belong to which part; the others stand with the name.
_FIELDS_OF = {
    "photo": ("photo",),
    "work": ("works",),
    "history": ("history",),
    "about": ("about",),
    "areas": ("areas",),
    "offers": ("offers", "offer_topics"),
    "seeks": ("seeks", "seek_topics"),
    "languages": ("languages",),
    "links": ("links",),
    "availability": ("availability",),
}


@extend_schema_serializer(component_name="DirectoryPerson")
class PersonSerializer(serializers.Serializer):
    """A person as whoever asks may see her; a part that she does not show to the reader is left out."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    url = serializers.SerializerMethodField()
    is_staff = serializers.BooleanField(source="is_staff_badge")
    is_sample = serializers.BooleanField()
    photo = serializers.SerializerMethodField(required=False)
    works = WorkSerializer(many=True, required=False)
    history = WorkSerializer(many=True, required=False)
    about = serializers.CharField(required=False)
    areas = NamedSerializer(many=True, required=False)
    offers = serializers.CharField(required=False)
    offer_topics = NamedSerializer(many=True, required=False)
    seeks = serializers.CharField(required=False)
    seek_topics = NamedSerializer(many=True, required=False)
    languages = serializers.ListField(source="language_codes", child=serializers.CharField(), required=False)
    links = LinkSerializer(many=True, required=False)
    availability = AvailabilitySerializer(required=False)

    def get_url(self, person: ShownPerson) -> str:
        """Return the address of her page."""
        return self._absolute(person.url)

    def get_photo(self, person: ShownPerson) -> str | None:
        """Return the address of her photo, which asks again who may see it."""
        return self._absolute(person.photo.src) if person.photo else None

    def to_representation(self, instance: ShownPerson) -> dict[str, Any]:
        """Leave out what is not for the reader."""
        shown: dict[str, Any] = super().to_representation(instance)
        for part, names in _FIELDS_OF.items():
            if part not in instance.parts:
                for name in names:
                    del shown[name]
        return shown

    def _absolute(self, path: str) -> str:
        return str(self.context["request"].build_absolute_uri(path))


@extend_schema_serializer(component_name="DirectoryPage")
class PersonPageSerializer(serializers.Serializer):
    """A page of people."""

    count = serializers.IntegerField()
    count_is_least = serializers.BooleanField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = PersonSerializer(many=True)
