"""Who did what in an evaluation lately, and how much each person answered."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluate.answering.section_navigation import Navigation
from evaluate.engine.definition import FormDefinition, Item, Question
from evaluate.engine.paths import template_path
from evaluate.models import Answer, Evaluation, EvaluationChange, ItemComment
from evaluate.services.definitions import definition_of
from evaluate.services.publishing import PUBLISHED, WITHDRAWN
from evaluate.services.team import Team, memberships_here
from portal.accounts.models import User

SHOWN_LINES = 10
SHOWN_CHANGES = 30
LOOKED_AT = 10


@dataclass(frozen=True)
class ActivityLine:
    """Something that somebody did; without a person, the portal did it or her account is gone."""

    at: datetime
    person: User | None
    text: str
    reason: str = ""


@dataclass(frozen=True)
class ChangeLine:
    """A step in the evaluation's life, in words."""

    change: EvaluationChange

    @property
    def text(self) -> str:
        """What the step was."""
        return _change_text(self.change)


class Activity:
    """What happened to one evaluation: a fixed number of queries, however much it was."""

    def __init__(self, evaluation: Evaluation, navigation: Navigation, team: Team) -> None:
        self.evaluation = evaluation
        self.team = team
        self.labels = {link.key: strip_tags(link.label) for link in navigation.links}

    @cached_property
    def changes(self) -> list[ChangeLine]:
        """The evaluation's steps, the newest first."""
        rows = EvaluationChange.objects.filter(evaluation=self.evaluation).select_related("actor")
        return [ChangeLine(row) for row in rows.order_by("-pk")[:SHOWN_CHANGES]]

    @cached_property
    def answers(self) -> list[tuple[str, int | None, datetime]]:
        """Path, person and moment of everything that is answered, the newest first."""
        given = Answer.objects.filter(evaluation=self.evaluation).filter(
            Q(is_not_applicable=True) | ~Q(value__in=["", []])
        )
        rows = given.order_by("-answered_at").values_list("path", "answered_by_id", "answered_at")
        return [row for row in rows if self._section_of(row[0])]

    @cached_property
    def answered_by(self) -> dict[int, int]:
        """How many of the answers are each person's."""
        return Counter(person for _path, person, _at in self.answers if person is not None)

    @cached_property
    def last_by(self) -> dict[int, datetime]:
        """When each person last answered something."""
        last: dict[int, datetime] = {}
        for _path, person, at in self.answers:
            if person is not None:
                last.setdefault(person, at)
        return last

    @cached_property
    def comments_by_section(self) -> Counter[str]:
        """How many comments each section's items have."""
        rows = ItemComment.objects.filter(evaluation=self.evaluation).values_list("path")
        counts: Counter[str] = Counter()
        for path, count in rows.annotate(count=Count("pk")).order_by():
            counts[self._section_of(path)] += count
        return counts

    @cached_property
    def people(self) -> dict[int, User]:
        """Everybody whose name stands beside an answer."""
        return User.objects.in_bulk(list(self.answered_by))

    @cached_property
    def here(self) -> set[int]:
        """Who of those that answered works in the municipality now."""
        rows = memberships_here(self.evaluation).filter(user__in=list(self.answered_by))
        return set(rows.values_list("user_id", flat=True))

    def lines(self) -> list[ActivityLine]:
        """Return what happened lately, the newest first."""
        sources: tuple[Callable[[], Iterator[ActivityLine]], ...] = (
            self._change_lines,
            self._answer_lines,
            self._assignment_lines,
            self._comment_lines,
        )
        found = [line for source in sources for line in source()]
        return sorted(found, key=lambda line: line.at, reverse=True)[:SHOWN_LINES]

    def _change_lines(self) -> Iterator[ActivityLine]:
        for line in self.changes[:LOOKED_AT]:
            yield ActivityLine(line.change.at, line.change.actor, line.text, line.change.reason)

    def _answer_lines(self) -> Iterator[ActivityLine]:
        """One line for what a person answered in a section on a day."""
        groups: dict[tuple[int, str, date], list[datetime]] = {}
        for path, person, at in self.answers:
            if person is not None:
                day = timezone.localdate(at)
                groups.setdefault((person, self._section_of(path), day), []).append(at)
        for (person, section, _day), moments in list(groups.items())[:LOOKED_AT]:
            text = ngettext(
                "respondió %(count)s pregunta de %(section)s",
                "respondió %(count)s preguntas de %(section)s",
                len(moments),
            ) % {"count": len(moments), "section": self._label(section)}
            yield ActivityLine(max(moments), self.people.get(person), text)

    def _assignment_lines(self) -> Iterator[ActivityLine]:
        """One line for what a person got at once, and one for each part that somebody finished."""
        given: dict[tuple[int, datetime], list[str]] = {}
        names: dict[int, User] = {each.person.pk: each.person for each in self.team.holdings}
        for each in self.team.holdings:
            moment = each.assigned_at.replace(microsecond=0)
            given.setdefault((each.person.pk, moment), []).append(self._label(each.section))
            if each.ready_at:
                text = _("dejó lista la sección %(section)s") % {"section": self._label(each.section)}
                yield ActivityLine(each.ready_at, each.person, text)
        for (person, moment), sections in given.items():
            text = _("tiene a cargo %(sections)s") % {"sections": ", ".join(sections)}
            yield ActivityLine(moment, names[person], text)

    def _comment_lines(self) -> Iterator[ActivityLine]:
        rows = ItemComment.objects.filter(evaluation=self.evaluation).select_related("author")
        for comment in rows.order_by("-pk")[:LOOKED_AT]:
            text = _("comentó en %(section)s") % {"section": self._label(self._section_of(comment.path))}
            yield ActivityLine(comment.written_at, comment.author, text)

    @cached_property
    def _sections(self) -> dict[str, str]:
        """The section of each item that a person answers."""
        return dict(_answerable(definition_of(self.evaluation.version)))

    def _section_of(self, path: str) -> str:
        return self._sections.get(template_path(path), "")

    def _label(self, section: str) -> str:
        return self.labels.get(section) or _("una sección que ya no se pregunta")


def _answerable(definition: FormDefinition) -> Iterator[tuple[str, str]]:
    for section in definition.sections:
        for item in _inside(section.items):
            if isinstance(item, Question) and item.is_answerable:
                yield item.path, section.key


def _inside(items: Any) -> Iterator[Item]:
    for item in items:
        yield item
        yield from _inside(getattr(item, "items", ()))


def _change_text(change: EvaluationChange) -> str:
    """Say what a step was; the first has no status before it."""
    if not change.from_status:
        return _("empezó esta autoevaluación")
    texts = {
        Evaluation.Status.DRAFT: _("reabrió la autoevaluación"),
        Evaluation.Status.SUBMITTED: _("firmó la autoevaluación"),
        Evaluation.Status.SCORED: _("calculó el resultado"),
        PUBLISHED: _("publicó el resultado"),
        WITHDRAWN: _("retiró el resultado de la vista pública"),
    }
    return texts.get(change.to_status, change.to_status)
