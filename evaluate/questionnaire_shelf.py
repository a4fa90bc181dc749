"""The list of questionnaires: by area, narrowed to what was looked for."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from evaluate.models import QuestionnaireVersion
from evaluate.teamwork.standing import Standing, StandingLine
from portal.places.names import normalise_name
from portal.topics.models import PolicyArea


@dataclass(frozen=True)
class ShelfCard:
    """One questionnaire, with what the reader and her municipalities have of it."""

    version: QuestionnaireVersion
    lines: list[StandingLine]


@dataclass(frozen=True)
class AreaChoice:
    """An area with the number of its questionnaires that match the words looked for."""

    area: PolicyArea
    count: int
    is_chosen: bool


class Shelf:
    """A few dozen questionnaires at most, so that they are looked through here and not in the database."""

    def __init__(
        self,
        versions: list[QuestionnaireVersion],
        *,
        query: str = "",
        area: str = "",
        standing: Standing | None = None,
    ) -> None:
        self.versions = versions
        self.query = query
        self.area = area
        self.standing = standing

    @property
    def is_narrowed(self) -> bool:
        """Whether something was looked for."""
        return bool(self.query.strip() or self.area)

    @cached_property
    def found(self) -> list[QuestionnaireVersion]:
        """What matches the words and the area."""
        return [each for each in self._matching if not self.area or _slug(each) == self.area]

    @cached_property
    def groups(self) -> list[tuple[PolicyArea | None, list[ShelfCard]]]:
        """What was found, area by area; what has none comes last."""
        ordered = sorted(self.found, key=lambda each: each.questionnaire.area is None)
        return [
            (area, [self._card(each) for each in versions])
            for area, versions in groupby(ordered, key=lambda each: each.questionnaire.area)
        ]

    @cached_property
    def areas(self) -> list[AreaChoice]:
        """The areas that can be chosen, with the counts that the words leave."""
        counts: dict[PolicyArea, int] = {}
        for each in self.versions:
            if each.questionnaire.area:
                counts.setdefault(each.questionnaire.area, 0)
        for each in self._matching:
            if each.questionnaire.area:
                counts[each.questionnaire.area] += 1
        return [AreaChoice(area, count, area.slug == self.area) for area, count in counts.items()]

    @cached_property
    def _matching(self) -> list[QuestionnaireVersion]:
        words = normalise_name(self.query).split()
        return [each for each in self.versions if all(word in _text(each) for word in words)]

    def _card(self, version: QuestionnaireVersion) -> ShelfCard:
        return ShelfCard(version, self.standing.of(version.questionnaire_id) if self.standing else [])


def _text(version: QuestionnaireVersion) -> str:
    area = version.questionnaire.area
    parts = [*version.titles.values(), *version.summaries.values(), str(area or "")]
    return normalise_name(" ".join(parts))


def _slug(version: QuestionnaireVersion) -> str:
    return version.questionnaire.area.slug if version.questionnaire.area else ""
