"""What the API takes for a solution: its shape here, its rules in `inspire.record_checks`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError as RuleError
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from inspire.api.serializers import FigureSerializer, LinkSerializer, PersonSerializer, SolutionSerializer
from inspire.contribution_record import accounts_by_name
from inspire.importing.plain_text import without_surrogates
from inspire.models import Solution, new_source_id
from inspire.record import Figure, Link, Person, SolutionRecord
from inspire.record_checks import record_checked

# Where the API calls a field otherwise than the record.
_NAMES = {"country": "country_id", "municipality": "municipality_id"}
_FIELD_NAMES = {name: field for field, name in _NAMES.items()}
_OWN_SOURCE = "portal"


def _text(help_text: str = "") -> serializers.CharField:
    return serializers.CharField(required=False, allow_blank=True, help_text=help_text)


def _texts() -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(), required=False)


class SolutionInput(serializers.Serializer):
    """A solution as staff write it. Texts lose their tags; title, summary, country and an area are required.

    Photos and attachments are added on the portal's pages and stay as they are.
    """

    # The metaclass takes declared fields out of the class, where `source` means something else.
    source = serializers.CharField(  # type: ignore[assignment]
        required=False, help_text="The collection that it comes from; ours unless given."
    )
    source_id = serializers.CharField(required=False, help_text="Its identifier there; made up unless given.")
    status = serializers.ChoiceField(
        choices=Solution.Status.choices,
        required=False,
        help_text="draft: only staff see it (so a new one begins); published: in the library; archived: taken out.",
    )
    title, summary = serializers.CharField(), serializers.CharField()
    problem, what_was_done, results, what_failed = _text(), _text(), _text(), _text()
    conditions, lessons, novelty, partners = _text(), _text(), _text(), _text()
    beneficiaries, funding = _text(), _text()
    figures = FigureSerializer(many=True, required=False)
    cost_band, stage = (
        _text("none, low, medium, high, very_high"),
        _text("idea, pilot, running, scaled, ended"),
    )
    level = _text("local, regional, national")
    start_year = serializers.IntegerField(required=False, allow_null=True)
    end_year = serializers.IntegerField(required=False, allow_null=True)
    country = serializers.CharField(help_text="ISO 3166-1 code.")
    municipality = serializers.IntegerField(required=False, allow_null=True)
    place_name = _text()
    latitude = serializers.FloatField(required=False, allow_null=True)
    longitude = serializers.FloatField(required=False, allow_null=True)
    position_precision = _text("exact (unless given), place, country")
    areas = serializers.ListField(child=serializers.CharField(), allow_empty=False)
    topics, tags, recognitions = _texts(), _texts(), _texts()
    sdgs = serializers.ListField(child=serializers.IntegerField(), required=False)
    links = LinkSerializer(many=True, required=False)
    people = PersonSerializer(many=True, required=False)
    source_name, source_url, licence, language = (
        _text(),
        _text(),
        _text(),
        _text("of the texts: es, en, pt or fr"),
    )
    translations = serializers.DictField(
        child=serializers.DictField(), required=False, help_text='{"en": {"title": …, "figures": […]}}'
    )
    is_sample = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse names that mean nothing here, because what they carry would be lost without a word."""
        known = {*self.fields, *SolutionSerializer.Meta.fields}
        unknown = {without_surrogates(str(name))[:60] or "?" for name in self.initial_data} - known
        if unknown:
            raise ValidationError({name: [_("La API no conoce este campo.")] for name in unknown})
        return attrs

    def validate_translations(self, value: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """Take texts for texts and figures for figures."""
        return {language: _translation(texts) for language, texts in value.items()}


def _translation(texts: dict[str, Any]) -> dict[str, Any]:
    figures = FigureSerializer(data=texts.get("figures", []), many=True)
    are_texts = all(isinstance(value, str) for name, value in texts.items() if name != "figures")
    if not (figures.is_valid() and are_texts):
        raise ValidationError(_("Una traducción tiene textos y, en «figures», cifras como las del original."))
    given = {name: value for name, value in texts.items() if name != "figures"}
    return given | ({"figures": list(figures.validated_data)} if figures.validated_data else {})


def new_record(data: Mapping[str, Any]) -> SolutionRecord:
    """Return the record of a new solution.

    Raises:
        ValidationError: it breaks a rule.
    """
    base = SolutionRecord(
        source=data.get("source") or _OWN_SOURCE,
        source_id=data.get("source_id") or new_source_id(),
        slug=data["title"],
        title=data["title"],
        country_id=data["country"],
        people=[],
    )
    return _checked(_changed(base, data))


def whole_record(data: Mapping[str, Any], present: SolutionRecord) -> SolutionRecord:
    """Return the record of a solution that is written anew: what is not said is empty.

    Raises:
        ValidationError: it breaks a rule.
    """
    empty = SolutionRecord(
        source=present.source,
        source_id=present.source_id,
        slug=present.slug,
        title=data["title"],
        country_id=data["country"],
        people=[],
    )
    return _checked(_with_accounts(_changed(empty, data, present), present))


def changed_record(data: Mapping[str, Any], present: SolutionRecord) -> SolutionRecord:
    """Return the record of a solution of which some fields are written anew; the others are not judged.

    Raises:
        ValidationError: it breaks a rule.
    """
    base = replace(present, photos=None, attachments=None)
    return _checked(_with_accounts(_changed(base, data, present), present), present)


def _changed(
    base: SolutionRecord, data: Mapping[str, Any], present: SolutionRecord | None = None
) -> SolutionRecord:
    values = {_NAMES.get(name, name): value for name, value in data.items() if name != "status"}
    for name in ("source", "source_id"):
        if present is not None and values.pop(name, getattr(present, name)) != getattr(present, name):
            raise ValidationError({name: [_("Por este dato se reconoce la solución: no se puede cambiar.")]})
    for name, kind in (("figures", Figure), ("links", Link), ("people", Person)):
        if name in values:
            values[name] = [kind(**part) for part in values[name]]
    # Left blank, the two say what the portal takes for granted.
    for name in ("language", "level"):
        if not values.get(name, "-"):
            del values[name]
    return replace(
        base, **{name: value for name, value in values.items() if value is not None or _may_be_none(name)}
    )


def _may_be_none(name: str) -> bool:
    return name in {"municipality_id", "latitude", "longitude", "start_year", "end_year"}


def _with_accounts(record: SolutionRecord, present: SolutionRecord) -> SolutionRecord:
    """Let people who are there already keep the accounts that belong to them."""
    account_of = accounts_by_name(present.people or [])
    people = [replace(person, user_id=account_of(person.name)) for person in record.people or []]
    return replace(record, people=people)


def _checked(record: SolutionRecord, present: SolutionRecord | None = None) -> SolutionRecord:
    try:
        return record_checked(record, present)
    except RuleError as error:
        said = {_FIELD_NAMES.get(name, name): messages for name, messages in error.message_dict.items()}
        raise ValidationError(said) from error
