"""What differs between two contents of a solution, so that a person can read it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _

from inspire.contribution_content import SECTIONS
from inspire.models import TEXT_FIELDS, Solution, SolutionPerson
from inspire.shortest_edit import Effort, common_ends, stretches
from portal.core.language import language_name
from portal.places.models import Country, Municipality
from portal.topics.labels import area_labels, topic_labels
from portal.topics.sdgs import GOALS

SAME, DELETED, INSERTED = "same", "deleted", "inserted"
# A word with the blanks before it, so that half as much is compared.
_WORD = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
_BLANKS_OR_WORD = re.compile(r"\s+|\w+|[^\w\s]")
# Passages with fewer words in common than this are read as one in the place of the other.
_ALIKE = 0.3
# All the texts of one page, compared in less than half a second.
_MOST_STEPS_OF_A_PAGE = 600_000
# Of what stayed the same, so much is shown on either side of a change.
_AROUND = 160
_LISTS = (
    "areas",
    "topics",
    "sdgs",
    "tags",
    "recognitions",
    "figures",
    "links",
    "people",
    "photos",
    "attachments",
)
_VALUES = ("country_id", "municipality_id", "place_name", "level", "stage", "start_year", "end_year", "cost_band",
           "language", "source_name", "source_url", "licence")  # fmt: skip
_LABELS = {
    "country_id": SECTIONS["country"],
    "municipality_id": SECTIONS["municipality"],
}


@dataclass(frozen=True)
class Segment:
    """A passage that stayed, went or came."""

    kind: str
    text: str

    @property
    def shown(self) -> str:
        """The passage, or its ends where much stayed the same."""
        if self.kind != SAME or len(self.text) <= 3 * _AROUND:
            return self.text
        return f"{self.text[:_AROUND].rpartition(' ')[0]} […] {self.text[-_AROUND:].partition(' ')[2]}"


@dataclass(frozen=True)
class Difference:
    """One field that differs: a text by its passages, or a list by what went, stayed and came."""

    name: str
    label: str
    segments: tuple[Segment, ...] = ()
    items: tuple[Segment, ...] = ()


def text_segments(before: str, after: str, effort: Effort | None = None) -> tuple[Segment, ...]:
    """Compare two texts: paragraphs first, then the words of those that changed."""
    effort = effort or Effort()
    segments: list[Segment] = []
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for part in stretches(old, new, effort):
        gone, come = "".join(old[part.start : part.end]), "".join(new[part.other_start : part.other_end])
        segments.extend([Segment(SAME, gone)] if part.is_same else _word_segments(gone, come, effort))
    return tuple(_joined(segments))


def list_segments(
    before: Iterable[str], after: Iterable[str], effort: Effort | None = None
) -> tuple[Segment, ...]:
    """Compare two lists, in the order of the later one, with what went at its old place."""
    old, new = list(before), list(after)
    found: list[Segment] = []
    for part in stretches(old, new, effort or Effort()):
        if part.is_same:
            found.extend(Segment(SAME, item) for item in old[part.start : part.end])
        else:
            found.extend(Segment(DELETED, item) for item in old[part.start : part.end])
            found.extend(Segment(INSERTED, item) for item in new[part.other_start : part.other_end])
    return tuple(found)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Compare two contents (`SolutionRecord.to_json`), field by field in the order in which they are read."""
    places = _place_names(before, after)
    effort = Effort(_MOST_STEPS_OF_A_PAGE)
    found = [_text_difference(name, str(_label(name)), before, after, effort) for name in TEXT_FIELDS]
    found.extend(_value_difference(name, before, after, places) for name in _VALUES)
    found.append(_position_difference(before, after))
    for name in _LISTS:
        old, new = _items(name, before.get(name)), _items(name, after.get(name))
        if old != new:
            found.append(Difference(name, str(_label(name)), items=list_segments(old, new, effort)))
    found.extend(_translation_differences(before, after, effort))
    return [difference for difference in found if difference is not None]


def _label(name: str) -> Any:
    named = {"photos": _("Fotos"), "attachments": _("Documentos"), "position": _("Punto en el mapa")}
    return _LABELS.get(name) or SECTIONS.get(name) or named[name]


def _text_difference(
    name: str, label: str, before: Mapping[str, Any], after: Mapping[str, Any], effort: Effort
) -> Difference | None:
    old, new = str(before.get(name) or ""), str(after.get(name) or "")
    return Difference(name, label, segments=text_segments(old, new, effort)) if old != new else None


def _value_difference(
    name: str, before: Mapping[str, Any], after: Mapping[str, Any], places: Mapping[tuple[str, Any], str]
) -> Difference | None:
    if (before.get(name) or None) == (after.get(name) or None):
        return None
    old, new = (_in_words(name, content.get(name), places) for content in (before, after))
    return Difference(name, str(_label(name)), segments=tuple(_replaced(old, new)))


def _position_difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference | None:
    old, new = _point(before), _point(after)
    if old == new:
        return None
    return Difference("position", str(_label("position")), segments=tuple(_replaced(old, new)))


def _translation_differences(
    before: Mapping[str, Any], after: Mapping[str, Any], effort: Effort
) -> list[Difference | None]:
    old, new = before.get("translations") or {}, after.get("translations") or {}
    return [
        _text_difference(
            name, f"{_label(name)} ({language_name(code)})", old.get(code) or {}, new.get(code) or {}, effort
        )
        for code in sorted({*old, *new})
        for name in TEXT_FIELDS
    ]


def _word_segments(before: str, after: str, effort: Effort) -> list[Segment]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if 2 * sum((Counter(old) & Counter(new)).values()) < _ALIKE * (len(old) + len(new)):
        return _replaced(before, after)
    segments: list[Segment] = []
    for part in stretches(old, new, effort):
        gone, come = "".join(old[part.start : part.end]), "".join(new[part.other_start : part.other_end])
        segments.extend([Segment(SAME, gone)] if part.is_same else _without_common_ends(gone, come))
    return segments


def _without_common_ends(gone: str, come: str) -> list[Segment]:
    """Tell a change without the blanks and words at its ends that stayed."""
    old, new = _BLANKS_OR_WORD.findall(gone), _BLANKS_OR_WORD.findall(come)
    head, tail = common_ends(old, new)
    return [
        *_same("".join(old[:head])),
        *_replaced("".join(old[head : len(old) - tail]), "".join(new[head : len(new) - tail])),
        *_same("".join(old[len(old) - tail :])),
    ]


def _same(text: str) -> list[Segment]:
    return [Segment(SAME, text)] if text else []


def _replaced(gone: str, come: str) -> list[Segment]:
    return [Segment(kind, text) for kind, text in ((DELETED, gone), (INSERTED, come)) if text]


def _joined(segments: Iterable[Segment]) -> list[Segment]:
    """Read changed words that only a space parts as one change, because a striped sentence is hard to read."""
    joined: list[Segment] = []
    gone = come = ""
    for segment in _with_sames_together(segments):
        if segment.kind == DELETED:
            gone += segment.text
        elif segment.kind == INSERTED:
            come += segment.text
        elif (gone or come) and not segment.text.strip() and "\n" not in segment.text:
            gone, come = gone + segment.text, come + segment.text
        else:
            joined.extend(_replaced(gone, come))
            gone = come = ""
            joined.append(segment)
    return [*joined, *_replaced(gone, come)]


def _with_sames_together(segments: Iterable[Segment]) -> Iterator[Segment]:
    for kind, group in groupby(segments, key=attrgetter("kind")):
        if kind == SAME:
            yield Segment(SAME, "".join(segment.text for segment in group))
        else:
            yield from group


def _point(content: Mapping[str, Any]) -> str:
    if content.get("latitude") is None:
        return ""
    return f"{content['latitude']:.5f}, {content['longitude']:.5f}"


def _place_names(*contents: Mapping[str, Any]) -> dict[tuple[str, Any], str]:
    """Return the names of the countries and municipalities that contents name."""
    codes = {content.get("country_id") for content in contents} - {None}
    ids: set[Any] = {content.get("municipality_id") for content in contents} - {None}
    names: dict[tuple[str, Any], str] = {
        ("country_id", row.code): row.name for row in Country.objects.filter(code__in=codes)
    }
    names |= {("municipality_id", row.pk): str(row) for row in Municipality.objects.filter(pk__in=ids)}
    return names


def _in_words(name: str, value: Any, places: Mapping[tuple[str, Any], str]) -> str:
    if value in (None, ""):
        return ""
    if name in {"country_id", "municipality_id"}:
        return places.get((name, value), str(value))
    if name == "language":
        return language_name(str(value))
    choices = {"level": Solution.Level, "stage": Solution.Stage, "cost_band": Solution.CostBand}.get(name)
    return str(dict(choices.choices).get(value, value)) if choices else str(value)


def _items(name: str, values: Any) -> list[str]:
    """Return the parts of a list in words."""
    make_labels: dict[str, Any] = {
        "areas": area_labels,
        "topics": topic_labels,
        "sdgs": lambda: {number: f"{number}. {goal}" for number, goal in GOALS.items()},
    }
    labels: dict[Any, Any] = make_labels.get(name, dict)()
    tell = _ROWS.get(name)
    return [tell(value) if tell else str(labels.get(value, value)) for value in values or []]


def _figure(row: Mapping[str, Any]) -> str:
    values = " → ".join(filter(None, [row.get("before"), row.get("after")]))
    told = " ".join(filter(None, [values, row.get("unit")]))
    return f"{row.get('indicator')}: {told}" + (f" ({row['date']})" if row.get("date") else "")


def _person(row: Mapping[str, Any]) -> str:
    key = str(row.get("role"))
    role = str(dict(SolutionPerson.Role.choices).get(key, key))
    named = ", ".join(filter(None, [row.get("name"), row.get("position"), row.get("organisation")]))
    return f"{named} ({role})"


def _photo(row: Mapping[str, Any]) -> str:
    return " · ".join(
        filter(None, [row.get("alt"), row.get("caption"), row.get("credit"), row.get("licence")])
    )


_ROWS: dict[str, Any] = {
    "figures": _figure,
    "links": lambda row: f"{row.get('label')}: {row.get('url')}",
    "people": _person,
    "photos": _photo,
    "attachments": lambda row: str(row.get("title") or ""),
}
