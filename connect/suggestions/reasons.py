"""Why somebody may be worth knowing: what it weighs, and how it is said."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from connect.people.shown import ShownPerson
from connect.suggestions.towns import REGION, SIZE, SimilarTown
from portal.topics.labels import Label, area_labels, topic_labels

# Somebody who has what one looks for weighs most: that is what the directory is for.
HELPS = 4.0
SEEKS = 3.0
# Each further topic in common adds this much, up to three.
ANOTHER = 0.5
AREA = 1.5
TOWN = 2.0
COMMON = 0.8
MOST_COUNTED = 5
MOST_NAMED = 2

People = Mapping[int, ShownPerson]


@dataclass(frozen=True)
class Reason:
    """Why somebody may be worth knowing.

    Args:
        points: its weight.
        say: makes the sentence, once the people who are named in it are known; empty where it cannot be said.
        common: the connections in common, the first of whom is named.
    """

    points: float
    say: Callable[[People], str]
    common: tuple[int, ...] = ()

    def said(self, people: People) -> str:
        """Return the sentence."""
        return self.say(people)


def helps_reason(topics: Sequence[str]) -> Reason | None:
    """She can help with what the reader looks for."""
    return _of_topics(topics, HELPS, _("Puede ayudar con %(topics)s, que estás buscando."))


def seeks_reason(topics: Sequence[str]) -> Reason | None:
    """She looks for what the reader can help with."""
    return _of_topics(topics, SEEKS, _("Está buscando %(topics)s, y vos podés ayudar."))


def place_reason(areas: Sequence[str], town: SimilarTown | None, town_name: str) -> Reason | None:
    """She works on the same, or in a municipality like the reader's, or both."""
    names = _names(areas, area_labels())
    points = (AREA + ANOTHER * (min(len(names), MOST_COUNTED) - 1) if names else 0) + (
        TOWN * town.score if town else 0
    )
    if not points:
        return None
    said = _place_in_words(names, town, town_name.partition(",")[0])
    return Reason(points, lambda _people: said)


def common_reason(common: Sequence[int]) -> Reason | None:
    """Somebody whom the reader knows knows her too."""
    if not common:
        return None

    def say(people: People) -> str:
        known = people.get(common[0])
        if known is None:
            return ""
        others = len(common) - 1
        if not others:
            return _("Tienen a %(name)s en común.") % {"name": known.name}
        return ngettext(
            "Tienen en común a %(name)s y a %(count)d persona más.",
            "Tienen en común a %(name)s y a %(count)d personas más.",
            others,
        ) % {"name": known.name, "count": others}

    return Reason(COMMON * min(len(common), MOST_COUNTED), say, tuple(common))


def _of_topics(topics: Sequence[str], points: float, sentence: str) -> Reason | None:
    names = _names(topics, topic_labels())
    if not names:
        return None
    said = sentence % {"topics": _listed(names)}
    return Reason(points + ANOTHER * min(len(names) - 1, MOST_NAMED), lambda _people: said)


def _place_in_words(names: Sequence[str], town: SimilarTown | None, town_name: str) -> str:
    if town is None or not town_name:
        if not town_name:
            return _("También trabaja en %(areas)s.") % {"areas": _listed(names)}
        return _("También trabaja en %(areas)s, en %(town)s.") % {"areas": _listed(names), "town": town_name}
    values = {"areas": _listed(names), "town": town_name}
    if names:
        return _WITH_AREA.get(town.likeness, _with_area_like)() % values
    return _WITHOUT_AREA.get(town.likeness, _without_area_like)() % values


def _with_area_like() -> str:
    return _("También trabaja en %(areas)s, en un municipio parecido al tuyo: %(town)s.")


def _without_area_like() -> str:
    return _("Trabaja en un municipio parecido al tuyo: %(town)s.")


_WITH_AREA: dict[str, Callable[[], str]] = {
    SIZE: lambda: _("También trabaja en %(areas)s, en un municipio de tamaño parecido: %(town)s."),
    REGION: lambda: _("También trabaja en %(areas)s, en un municipio cercano: %(town)s."),
}
_WITHOUT_AREA: dict[str, Callable[[], str]] = {
    SIZE: lambda: _("Trabaja en un municipio de tamaño parecido: %(town)s."),
    REGION: lambda: _("Trabaja en un municipio cercano: %(town)s."),
}


def _names(slugs: Iterable[str], labels: Mapping[str, Label]) -> list[str]:
    return [_inside_a_sentence(str(labels[slug])) for slug in slugs if slug in labels]


def _listed(names: Sequence[str]) -> str:
    return get_text_list(list(names[:MOST_NAMED]), _("y"))


def _inside_a_sentence(name: str) -> str:
    """Begin with a small letter what is no abbreviation."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
