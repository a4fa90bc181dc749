"""A result as its page tells it: what went well, what did not, and where to look next."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, cast

from django.utils.translation import gettext as _

from evaluate.engine.definition import FormDefinition, Question
from evaluate.engine.paths import template_path
from evaluate.engine.scoring import CriterionScore, GroupScore, Score
from evaluate.engine.state import FormState
from evaluate.entries import ENTRY_KIND
from evaluate.models import Evaluation, EvaluationRun
from evaluate.result_scores import ShownCriterion, ShownScore, decimal_text
from evaluate.section_navigation import section_label
from evaluate.services.states import section_of
from portal.catalog.models import Entry
from portal.topics.labels import area_labels, topic_labels

SHOWN_CRITERIA = 5
WEAK_SECTIONS = 3
ENTRIES_PER_SECTION = 3
STRONG = Fraction(2, 3)


@dataclass(frozen=True)
class Suggestion:
    """Where a weak section can find what others did."""

    section: ShownScore
    entries: list[tuple[Entry, str]] = field(default_factory=list)


class ResultPage:
    """What a finished run says, in the reader's language."""

    def __init__(self, evaluation: Evaluation, run: EvaluationRun, state: FormState) -> None:
        self.evaluation = evaluation
        self.run = run
        self.state = state
        self.definition: FormDefinition = state.definition
        self.score = Score.from_json(cast(dict[str, Any], run.result))

    @cached_property
    def total(self) -> ShownScore:
        """The whole questionnaire's share."""
        return self._shown(_("Total"), self.score.total)

    @cached_property
    def sections(self) -> list[ShownScore]:
        """Each section's share, in the questionnaire's order."""
        return [self._section(section) for section in self.score.sections]

    @cached_property
    def levels(self) -> list[str]:
        """The names of the levels, lowest first."""
        return [self.definition.text(texts, self.state.language) for texts in self.definition.level_names]

    @cached_property
    def strengths(self) -> list[ShownCriterion]:
        """The criteria with the most of their points, the weightiest first."""
        strong = [each for each in self._counted if _share(each) >= STRONG]
        strong.sort(key=lambda each: (-_share(each), -each.weight))
        return [self._criterion(each) for each in strong[:SHOWN_CRITERIA]]

    @cached_property
    def weakest(self) -> list[ShownCriterion]:
        """The criteria with the least of their points, the weightiest first, each with what the next level is."""
        weak = [each for each in self._counted if _share(each) < STRONG]
        weak.sort(key=lambda each: (_share(each), -each.weight))
        return [self._criterion(each, with_following=True) for each in weak[:SHOWN_CRITERIA]]

    @cached_property
    def unanswered(self) -> list[str]:
        """The criteria left without an answer, which count as nothing reached."""
        return [self._label(each) for each in self.score.criteria if each.counted and not each.answered]

    @property
    def not_relevant_count(self) -> int:
        """How many criteria did not apply, and so count on neither side."""
        return sum(not each.counted for each in self.score.criteria)

    def suggestions(self, user: Any) -> list[Suggestion]:
        """Find, for the weakest sections, what the catalogue holds about the same; one query for each."""
        weak = [each for each in self.score.sections if each.share is not None and each.share < STRONG]
        weak.sort(key=lambda each: each.share or 0)
        visible = Entry.objects.visible_to(user).exclude(kind=ENTRY_KIND)
        shown: set[int] = set()
        found = []
        for section in weak[:WEAK_SECTIONS]:
            entries = self._entries(section, visible.exclude(pk__in=shown))
            shown.update(entry.pk for entry, _reason in entries)
            if entries:
                found.append(Suggestion(self._section(section), entries))
        return found

    @property
    def _counted(self) -> list[CriterionScore]:
        return [each for each in self.score.criteria if each.counted and each.maximum > 0]

    def _entries(self, section: GroupScore, visible: Any) -> list[tuple[Entry, str]]:
        """Ask for what shares the section's topics, the weak criteria's first, or else its area."""
        own = [each for each in self._counted if each.section == section.key]
        topics = [each.topic for each in own if each.topic and _share(each) < STRONG]
        topics = topics or [each.topic for each in own if each.topic]
        area = self.evaluation.questionnaire.area
        wanted = Entry(
            topics=list(dict.fromkeys(topics)),
            areas=[area.slug] if area else [],
            country_id=self.evaluation.municipality.country_id if self.evaluation.municipality else None,
        )
        return [(entry, _reason(entry)) for entry in visible.related_to(wanted)[:ENTRIES_PER_SECTION]]

    def _section(self, score: GroupScore) -> ShownScore:
        return self._shown(self._section_label(score.key), score)

    def _shown(self, label: str, score: GroupScore) -> ShownScore:
        level = self.levels[score.level] if score.level is not None else ""
        return ShownScore(
            label, score.points, score.maximum, score.share, level, score.answered, score.counted
        )

    def _section_label(self, key: str) -> str:
        section = section_of(self.definition, key)
        place = [each.key for each in self.definition.sections].index(key) + 1
        return section_label(self.state, section, place) if section else key

    def _criterion(self, score: CriterionScore, *, with_following: bool = False) -> ShownCriterion:
        return ShownCriterion(
            label=self._label(score),
            section=self._section_label(score.section),
            answer=self._answer(score),
            points=decimal_text(score.points),
            maximum=decimal_text(score.maximum),
            following=self._following(score) if with_following else "",
        )

    def _label(self, score: CriterionScore) -> str:
        return self.state.label(score.questions[0].path)

    def _answer(self, score: CriterionScore) -> str:
        return ", ".join(
            self.state.choice_label(choice)
            for question in score.questions
            for choice in self.state.choices(question.path)
            if choice.name in question.answer.split()
        )

    def _following(self, score: CriterionScore) -> str:
        """Describe the level after the one reached: the choice with the next more points."""
        question = score.questions[0]
        item = self.definition.by_path[template_path(question.path)]
        if not isinstance(item, Question):
            return ""
        better = [
            choice
            for choice in self.definition.choice_lists.get(item.choice_list, ())
            if Fraction(choice.points or 0) > question.points
        ]
        if not better:
            return ""
        return self.state.choice_label(min(better, key=lambda choice: Fraction(choice.points or 0)))


def _share(score: CriterionScore) -> Fraction:
    return score.points / score.maximum


def _reason(entry: Entry) -> str:
    if entry.shared_topics:
        names = ", ".join(str(topic_labels().get(slug, slug)) for slug in entry.shared_topics)
        return _("Trata el mismo tema: %(names)s") % {"names": names}
    names = ", ".join(str(area_labels().get(slug, slug)) for slug in entry.shared_areas)
    return _("Es de la misma área: %(names)s") % {"names": names}
