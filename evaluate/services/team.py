"""Who belongs to the team behind a municipality's evaluation now."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from evaluate.models import Evaluation, SectionAssignment
from evaluate.querysets import acting_coordinators
from portal.accounts.models import Membership, User


@dataclass(frozen=True)
class Holding:
    """A section that somebody has; `is_here` says whether she still works in the municipality."""

    section: str
    person: User
    assigned_by_id: int | None
    assigned_at: datetime
    ready_at: datetime | None
    is_here: bool

    @property
    def is_ready(self) -> bool:
        """Whether she said that her part is done."""
        return self.ready_at is not None


class Team:
    """Who has which section of an evaluation; asked of the database once, and only when somebody wants to know."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation

    @cached_property
    def holdings(self) -> list[Holding]:
        """All assignments, by name; those of people who left are among them. One query."""
        here = memberships_here(self.evaluation).filter(user=OuterRef("person"))
        rows = SectionAssignment.objects.filter(evaluation=self.evaluation).annotate(is_here=Exists(here))
        return [
            Holding(row.section, row.person, row.assigned_by_id, row.assigned_at, row.ready_at, row.is_here)
            for row in rows.select_related("person").order_by("person__name", "pk")
        ]

    def here(self, section: str) -> list[Holding]:
        """Return who has a section and works there now."""
        return [each for each in self.holdings if each.section == section and each.is_here]

    def gone(self, section: str) -> list[Holding]:
        """Return who had a section and no longer works there."""
        return [each for each in self.holdings if each.section == section and not each.is_here]

    def of(self, person: Any) -> list[Holding]:
        """Return what one person has."""
        return [each for each in self.holdings if each.person.pk == person.pk and each.is_here]


def team_of(evaluation: Evaluation) -> Team | None:
    """Return the team behind a municipality's evaluation; a self-check has none."""
    return None if evaluation.is_personal else Team(evaluation)


def memberships_here(evaluation: Evaluation) -> QuerySet[Membership]:
    """Return the memberships of those who work in its municipality now and can sign in."""
    return Membership.objects.active().filter(municipality=evaluation.municipality_id, user__is_active=True)


def colleagues(evaluation: Evaluation) -> QuerySet[User]:
    """Return the people who work in its municipality now, by name; nobody for a self-check."""
    return User.objects.filter(pk__in=memberships_here(evaluation).values("user")).order_by("name", "pk")


def people_with_sections(evaluation: Evaluation) -> QuerySet[User]:
    """Return the colleagues who have a section of it."""
    assigned = SectionAssignment.objects.filter(evaluation=evaluation)
    return colleagues(evaluation).filter(pk__in=assigned.values("person"))


def leaders(evaluation: Evaluation) -> QuerySet[User]:
    """Return those who sign it: the municipality's coordinators, or whoever works there where it has none."""
    coordinators = acting_coordinators().filter(municipality=evaluation.municipality_id)
    if not coordinators.exists():
        return colleagues(evaluation)
    return colleagues(evaluation).filter(pk__in=coordinators.values("user"))
