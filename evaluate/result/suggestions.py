"""What the catalogue has for weak criteria: things of any kind on the same topic, and towns that are strong in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from evaluate.entries import QUESTIONNAIRE_KIND, RESULT_KIND
from evaluate.models import Evaluation
from evaluate.result.parts import Result, ResultCriterion
from portal.catalog.kinds import entry_kinds
from portal.catalog.models import Entry
from portal.catalog.ways import Way, ways_onward
from portal.topics.labels import area_labels, topic_labels

MOST_CRITERIA = 6
ENTRIES_FOR_EACH = 3
TOWNS_FOR_EACH = 3
# How many of each kind are read for a topic or an area, so that criteria that share one have several to choose from.
READ_OF_A_KIND = 6


@dataclass(frozen=True)
class SuggestedEntry:
    """Something in the catalogue, of what kind, and why it is shown here."""

    entry: Entry
    kind: str
    reason: str


@dataclass(frozen=True)
class Suggestion:
    """What there is for a weak criterion, and for the others on the same topic (`also`).

    `more_url` leads to everything on the topic, or in the area; `ways` to what else there is, such as people to ask.
    """

    criterion: ResultCriterion
    also: tuple[ResultCriterion, ...]
    entries: tuple[SuggestedEntry, ...]
    towns: tuple[Entry, ...]
    more_url: str
    more_label: str
    ways: tuple[Way, ...] = ()


def suggestions_for(result: Result, evaluation: Evaluation, user: Any) -> list[Suggestion]:
    """Find what helps with the weakest criteria, however many there are; without any, nothing is asked."""
    area = evaluation.questionnaire.area
    # A version that names no area is about its questionnaire's.
    usual = area.slug if area else ""
    weak = [replace(each, area=each.area or usual) for each in result.opportunities]
    weak = [each for each in weak if each.topic or each.area][:MOST_CRITERIA]
    if not weak:
        return []
    ways = ways_onward(user, list(dict.fromkeys(each.topic for each in weak if each.topic)))
    found = _Found(_read(weak, evaluation, user), ways)
    return [suggestion for each in _by_topic(weak) if (suggestion := found.for_criteria(each)) is not None]


def _by_topic(weak: Iterable[ResultCriterion]) -> list[list[ResultCriterion]]:
    """Put those on one topic together, or those of one area that have none: the same things help with all of them."""
    found: dict[tuple[str, str], list[ResultCriterion]] = {}
    for each in weak:
        found.setdefault((each.topic, "" if each.topic else each.area), []).append(each)
    return list(found.values())


def _read(weak: Sequence[ResultCriterion], evaluation: Evaluation, user: Any) -> list[Entry]:
    """Read the newest of each kind on each topic and in each area, bounded however large the catalogue is."""
    topics = dict.fromkeys(each.topic for each in weak if each.topic)
    areas = dict.fromkeys(each.area for each in weak if each.area)
    kinds = [kind.id for kind in entry_kinds if kind.is_thing and kind.id != QUESTIONNAIRE_KIND]
    visible = Entry.objects.visible_to(user)
    # Invented results stand beside invented ones only; a town's own result is no news to it.
    towns = visible.filter(is_sample=evaluation.is_sample).exclude(municipality=evaluation.municipality_id)
    parts = [
        _newest((towns if kind == RESULT_KIND else visible).of_kind(kind).filter(topics__contains=[topic]))
        for topic in topics
        for kind in kinds
    ]
    parts += [
        _newest(visible.of_kind(kind).filter(areas__contains=[area]))
        for area in areas
        for kind in kinds
        if kind != RESULT_KIND
    ]
    if not parts:
        return []
    chosen = Entry.objects.filter(pk__in=parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0])
    return list(chosen.select_related("municipality").defer("body", "search").newest())


def _newest(entries: QuerySet[Entry]) -> QuerySet[Entry, Any]:
    return entries.order_by("-published_at", "-id").values("pk")[:READ_OF_A_KIND]


class _Found:
    """Hands what was found out to the criteria, each thing once on the page where there is enough."""

    def __init__(self, entries: Iterable[Entry], ways: Mapping[str, Sequence[Way]]) -> None:
        self.entries = list(entries)
        self.ways = ways
        self.shown: set[int] = set()

    def for_criteria(self, criteria: Sequence[ResultCriterion]) -> Suggestion | None:
        """Choose for criteria on one topic; None where the catalogue has nothing that was not shown before."""
        criterion = criteria[0]
        things = [each for each in self.entries if each.kind != RESULT_KIND and each.pk not in self.shown]
        on_topic = [each for each in things if criterion.topic and criterion.topic in each.topics]
        in_area = [each for each in things if each not in on_topic and criterion.area in each.areas]
        chosen = [*in_turn(on_topic), *in_turn(in_area)][:ENTRIES_FOR_EACH]
        self.shown.update(entry.pk for entry in chosen)
        towns = [each for each in self.entries if each.kind == RESULT_KIND and criterion.topic in each.topics]
        ways = tuple(self.ways.get(criterion.topic, ()))
        if not (chosen or towns or ways):
            return None
        return Suggestion(
            criterion,
            tuple(criteria[1:]),
            tuple(SuggestedEntry(entry, _kind_label(entry), _reason(entry, criterion)) for entry in chosen),
            tuple(towns[:TOWNS_FOR_EACH]),
            *_more(criterion),
            ways,
        )


def in_turn(entries: Sequence[Entry]) -> list[Entry]:
    """Order entries so that their kinds take turns, each kind's newest first."""
    places: dict[str, int] = {}
    numbered = []
    for entry in entries:
        places[entry.kind] = places.get(entry.kind, 0) + 1
        numbered.append((places[entry.kind], entry))
    return [entry for _place, entry in sorted(numbered, key=lambda each: each[0])]


def _kind_label(entry: Entry) -> str:
    return str(entry_kinds.get(entry.kind).label) if entry.kind in entry_kinds else ""


def _reason(entry: Entry, criterion: ResultCriterion) -> str:
    if criterion.topic and criterion.topic in entry.topics:
        return _("Trata el mismo tema: %(name)s") % {
            "name": topic_labels().get(criterion.topic, criterion.topic)
        }
    return _("Es de la misma área: %(name)s") % {"name": area_labels().get(criterion.area, criterion.area)}


def _more(criterion: ResultCriterion) -> tuple[str, str]:
    """Lead to everything on the topic; without a topic that the portal knows, to all of the area."""
    topic = topic_labels().get(criterion.topic)
    area = area_labels().get(criterion.area)
    asked = {"tema": criterion.topic} if topic else {"area": criterion.area}
    return f"{reverse('pages:search')}?{urlencode(asked)}", str(topic or area or criterion.area)
