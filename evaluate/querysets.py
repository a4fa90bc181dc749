"""Questions asked of questionnaires, evaluations and their scoring runs."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from portal.accounts.affiliation import affiliation


class QuestionnaireVersionQuerySet(models.QuerySet):
    """Versions of questionnaires."""

    def published(self) -> Self:
        """Only the version of each questionnaire that is in force."""
        return self.filter(status="published")

    def open(self) -> Self:
        """Only versions in force of questionnaires that take new answers."""
        return self.published().filter(questionnaire__is_open=True)

    def in_areas(self, slugs: list[str]) -> Self:
        """Only those about at least one of these policy areas."""
        return self.filter(questionnaire__area__slug__in=slugs)

    def without_definition(self) -> Self:
        """Leave the questions in the database: lists show what a version says of itself, not what it asks."""
        return self.defer("definition")

    def by_area(self) -> Self:
        """In the order of the policy areas, with each questionnaire and its area at hand."""
        return self.select_related("questionnaire__area").order_by(
            "questionnaire__area__order", "questionnaire__slug"
        )


class EvaluationQuerySet(models.QuerySet):
    """Evaluations."""

    def visible_to(self, user: Any) -> Self:
        """Her own self-checks, and those of the municipalities where she works now; every municipality's for staff.

        The twin of `can_see_evaluation`: a personal self-check is its owner's alone.
        """
        if not user.is_authenticated:
            return self.none()
        own = Q(municipality__isnull=True, owner=user)
        if user.is_staff:
            return self.filter(own | Q(municipality__isnull=False))
        return self.filter(own | Q(municipality_id__in=list(affiliation(user))))

    def answerable_by(self, user: Any) -> Self:
        """Those she takes part in: her own self-checks and her municipalities' evaluations."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(municipality__isnull=True, owner=user) | Q(municipality_id__in=list(affiliation(user)))
        )

    def in_progress(self) -> Self:
        """Only those still being answered."""
        return self.filter(status="draft")

    def finished(self) -> Self:
        """Only those already submitted."""
        return self.exclude(status="draft")

    def with_questionnaire(self) -> Self:
        """Bring what a list or a page says of each, without the questions themselves."""
        return self.select_related("questionnaire__area", "version", "municipality").defer(
            "version__definition"
        )


class EvaluationRunQuerySet(models.QuerySet):
    """Scoring runs."""

    def unfinished(self) -> Self:
        """Only those that still have to give a result."""
        return self.filter(status__in=["pending", "running"])

    def done(self) -> Self:
        """Only those with a result."""
        return self.filter(status="done")

    def left_behind(self, *, waiting_since: datetime, running_since: datetime) -> Self:
        """Those that no worker took, and those whose worker must have died."""
        return self.filter(
            Q(status="pending", queued_at__lt=waiting_since)
            | Q(status="running", started_at__lt=running_since)
        ).order_by("id")
