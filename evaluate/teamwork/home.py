"""The home of a municipality's evaluation: how far it is, who has what, what comes next for whom."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from evaluate.answering.section_navigation import Navigation, SectionLink, navigation_of
from evaluate.models import Evaluation, EvaluationRun
from evaluate.permissions import (
    can_answer_evaluation,
    can_assign_sections,
    can_lead_evaluation,
)
from evaluate.services.states import evaluation_state
from evaluate.services.team import Holding, Team, leaders
from evaluate.teamwork.activity import Activity, ActivityLine
from portal.accounts.models import User

SHOWN_LEADERS = 3


@dataclass(frozen=True)
class SectionRow:
    """One section: its progress, who has it, and whether her part is said to be done."""

    link: SectionLink
    holders: list[Holding]
    gone: list[Holding]
    comments: int
    mine: Holding | None

    @property
    def is_ready(self) -> bool:
        """Whether all who have it said so; where nobody has it, whether all is answered."""
        return all(each.is_ready for each in self.holders) if self.holders else self.link.is_complete


@dataclass(frozen=True)
class PersonRow:
    """One colleague: her sections, how much of what is answered is hers, and when she last did something."""

    person: User
    sections: list[SectionRow]
    answered: int
    last_at: datetime | None
    is_here: bool
    is_me: bool

    @property
    def ready(self) -> int:
        """How many of her sections she marked as ready."""
        return sum(self._mark(row) for row in self.sections)

    @property
    def is_ready(self) -> bool:
        """Whether she marked all she has."""
        return bool(self.sections) and self.ready == len(self.sections)

    def _mark(self, row: SectionRow) -> bool:
        return any(each.person.pk == self.person.pk and each.is_ready for each in row.holders)


@dataclass(frozen=True)
class NextStep:
    """The one thing that the reader does next: its kind, the section it leads to, and how many are left."""

    kind: str
    row: SectionRow | None = None
    count: int = 0


class EvaluationHome:
    """What the home page shows to one reader; its queries do not grow with sections, people or answers."""

    def __init__(self, evaluation: Evaluation, user: Any) -> None:
        self.evaluation = evaluation
        self.user = user
        self.team = Team(evaluation)
        self.state = evaluation_state(evaluation)

    @cached_property
    def navigation(self) -> Navigation:
        """The sections with their progress."""
        return navigation_of(self.state, team=self.team)

    @cached_property
    def activity(self) -> Activity:
        """Who did what: answers, comments, assignments, changes."""
        return Activity(self.evaluation, self.navigation, self.team)

    @cached_property
    def lines(self) -> list[ActivityLine]:
        """What happened lately, the newest first."""
        return self.activity.lines()

    @cached_property
    def sections(self) -> list[SectionRow]:
        """Every section that asks something now."""
        counts = self.activity.comments_by_section
        return [
            SectionRow(
                link,
                link.holders,
                self.team.gone(link.key),
                counts.get(link.key, 0),
                next((each for each in link.holders if each.person.pk == self.user.pk), None),
            )
            for link in self.navigation.links
        ]

    @cached_property
    def people(self) -> list[PersonRow]:
        """Whoever has a section or answered something, by name; those who left the municipality last."""
        here = {each.person.pk: each.is_here for each in self.team.holdings}
        persons = {each.person.pk: each.person for each in self.team.holdings} | self.activity.people
        here |= {pk: pk in self.activity.here for pk in persons if pk not in here}
        rows = [
            PersonRow(
                person,
                [row for row in self.sections if any(each.person.pk == pk for each in row.holders)],
                self.activity.answered_by.get(pk, 0),
                self.activity.last_by.get(pk),
                here[pk],
                pk == self.user.pk,
            )
            for pk, person in persons.items()
        ]
        return sorted(rows, key=lambda row: (not row.is_here, str(row.person).casefold()))

    @cached_property
    def leads(self) -> bool:
        """Whether the reader assigns, signs, reopens and publishes."""
        return bool(can_lead_evaluation(self.user, self.evaluation))

    @cached_property
    def may_assign(self) -> bool:
        """Whether she may say who takes what now."""
        return self.leads and bool(can_assign_sections(self.user, self.evaluation))

    @cached_property
    def may_answer(self) -> bool:
        """Whether she takes part; staff of the network only look."""
        return bool(can_answer_evaluation(self.user, self.evaluation))

    @cached_property
    def leaders(self) -> list[User]:
        """A few of those who sign it, for the others to know whom to ask."""
        return [] if self.leads else list(leaders(self.evaluation)[:SHOWN_LEADERS])

    @cached_property
    def has_signed_result(self) -> bool:
        """Whether there is a result of an earlier signature to look at while it is being corrected."""
        return (
            self.evaluation.is_reopened
            and EvaluationRun.objects.done().filter(evaluation=self.evaluation).exists()
        )

    @cached_property
    def all_ready(self) -> bool:
        """Whether nothing waits but the signature."""
        return bool(self.sections) and all(row.is_ready for row in self.sections)

    @cached_property
    def mine(self) -> list[SectionRow]:
        """The reader's sections."""
        return [row for row in self.sections if row.mine]

    @cached_property
    def waiting(self) -> list[SectionRow]:
        """What others still have to do: their sections, and those that nobody has and that lack answers."""
        return [row for row in self.sections if not row.is_ready and not (row.mine and not row.mine.is_ready)]

    @cached_property
    def next_step(self) -> NextStep:
        """What the reader does next."""
        if not self.evaluation.is_draft:
            return NextStep("signed")
        if not self.may_answer:
            return NextStep("look")
        left = [row for row in self.mine if row.mine and not row.mine.is_ready]
        if left:
            unfinished = next((row for row in left if not row.link.is_complete), None)
            return NextStep("mine" if unfinished else "mark", unfinished or left[0], len(left))
        if self.leads:
            return self._leading_step()
        unfinished = next((row for row in self.sections if not row.is_ready and not row.holders), None)
        return NextStep("help", unfinished) if unfinished else NextStep("done")

    def _leading_step(self) -> NextStep:
        if self.all_ready:
            return NextStep("sign")
        if not self.team.holdings:
            unfinished = next((row for row in self.sections if not row.is_ready), None)
            return NextStep("begin", unfinished) if unfinished else NextStep("sign")
        free = [row for row in self.waiting if not row.holders]
        return NextStep("free", free[0], len(free)) if free else NextStep("wait", count=len(self.waiting))
