"""What the API tells of a solution."""

from typing import Any

from rest_framework import serializers

from inspire.exporting.columns import file_address, page_address
from inspire.models import TEXT_FIELDS, Solution, SolutionText


class FigureSerializer(serializers.Serializer):
    """A result with its numbers, each as its source writes it."""

    indicator = serializers.CharField(help_text="What was measured.")
    before = serializers.CharField(default="", allow_blank=True)
    after = serializers.CharField(default="", allow_blank=True)
    unit = serializers.CharField(default="", allow_blank=True)
    date = serializers.CharField(
        default="", allow_blank=True, help_text="When the later value was measured: a year, a month or a day."
    )


class LinkSerializer(serializers.Serializer):
    """An address on the web that says more, with what it is."""

    # A field of its own is not the label that every field has; the metaclass takes it out of the class.
    label = serializers.CharField(default="", allow_blank=True)  # type: ignore[assignment]
    url = serializers.CharField()


class PersonSerializer(serializers.Serializer):
    """Somebody who stands behind a solution; the portal tells no address of hers."""

    role = serializers.CharField(help_text="author, implementer or contact")
    name = serializers.CharField()
    position = serializers.CharField(default="", allow_blank=True)
    organisation = serializers.CharField(default="", allow_blank=True)


class PhotoSerializer(serializers.Serializer):
    """A picture with its description and terms."""

    url = serializers.SerializerMethodField()
    alt = serializers.CharField()
    caption = serializers.CharField()
    credit = serializers.CharField()
    licence = serializers.CharField()

    def get_url(self, photo: dict[str, Any]) -> str:
        """Return where the picture is."""
        return file_address(photo)


class AttachmentSerializer(serializers.Serializer):
    """A document."""

    url = serializers.SerializerMethodField()
    title = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text="In bytes.")

    def get_url(self, attachment: dict[str, Any]) -> str:
        """Return where the document is."""
        return file_address(attachment)


class SolutionSerializer(serializers.ModelSerializer):
    """A solution with everything that belongs to it, loaded with `inspire.exporting.batches.whole`.

    Its texts and figures are in the language that `idioma` asks for where it was translated, else in its own.
    """

    url = serializers.SerializerMethodField(help_text="The page for people.")
    country = serializers.CharField(source="country_id", help_text="ISO 3166-1 code.")
    municipality = serializers.IntegerField(
        source="municipality_id", allow_null=True, help_text="Its number in /api/v1/municipalities/."
    )
    municipality_name = serializers.CharField(allow_null=True)
    areas = serializers.ListField(child=serializers.CharField(), source="area_slugs")
    topics = serializers.ListField(child=serializers.CharField(), source="topic_slugs")
    figures = FigureSerializer(many=True)
    links = LinkSerializer(many=True)
    people = PersonSerializer(many=True, source="told_people")
    photos = PhotoSerializer(many=True, source="told_photos")
    attachments = AttachmentSerializer(many=True, source="told_attachments")
    languages = serializers.ListField(child=serializers.CharField(), help_text="It can be read in these.")
    shown_language = serializers.SerializerMethodField(help_text="Of the texts and figures in this answer.")

    class Meta:
        model = Solution
        fields = [
            "slug", "url", "source", "source_id", "status", *TEXT_FIELDS, "figures", "cost_band", "stage", "level",
            "start_year", "end_year", "country", "municipality", "municipality_name", "place_name", "latitude",
            "longitude", "position_precision", "areas", "topics", "tags", "sdgs", "recognitions", "links", "people",
            "photos", "attachments", "source_name", "source_url", "licence", "language", "languages",
            "shown_language", "translations", "is_sample", "published_at", "updated_at",
        ]  # fmt: skip

    def get_url(self, solution: Solution) -> str:
        """Return the page of the solution."""
        return page_address(solution.slug)

    def get_shown_language(self, solution: Solution) -> str:
        """Return the language of the texts."""
        return self._text(solution).language

    def to_representation(self, instance: Solution) -> dict[str, Any]:
        """Put the texts and figures in the wanted language in their place."""
        shown: dict[str, Any] = super().to_representation(instance)
        text = self._text(instance)
        if text.language != instance.language:
            shown |= {name: getattr(text, name) for name in TEXT_FIELDS}
            shown["figures"] = FigureSerializer(instance.figures_in(text.language), many=True).data
        return shown

    def _text(self, solution: Solution) -> SolutionText:
        wanted = self.context.get("language", "")
        return solution.text_in(wanted if wanted in solution.languages else solution.language)


class SolutionPageSerializer(serializers.Serializer):
    """A page of solutions, with the addresses of its neighbours."""

    count = serializers.IntegerField(help_text="How many there are; at least so many when count_is_least.")
    count_is_least = serializers.BooleanField(help_text="There are more; nothing is counted beyond 10,000.")
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = SolutionSerializer(many=True)


class ConflictSerializer(serializers.Serializer):
    """The solution that is there already."""

    detail = serializers.CharField()
    slug = serializers.CharField()
    url = serializers.CharField()
