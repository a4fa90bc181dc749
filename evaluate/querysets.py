"""Questions asked of questionnaires, evaluations and their scoring runs."""

from datetime import date, datetime
from typing import Any, Self

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least

from portal.accounts.affiliation import affiliation
from portal.accounts.models import Membership

# When what a run scored was signed; the twin of the run's `signed_at`.
SIGNED_AT = Least(F("created_at"), F("evaluation__submitted_at"))


def acting_coordinators() -> models.QuerySet[Membership]:
    """Return the memberships of coordinators who can sign in: one whose account is closed leads nothing any more."""
    return Membership.objects.coordinators().filter(user__is_active=True)


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

    def led_by(self, user: Any) -> Self:
        """Municipalities' evaluations where she assigns, signs, reopens and publishes; twin of `can_lead_evaluation`.

        Those of the municipalities that she coordinates, and where she works and nobody coordinates.
        """
        roles = affiliation(user)
        coordinated = [place for place, role in roles.items() if role == "coordinator"]
        coordinators = acting_coordinators().filter(municipality_id=models.OuterRef("municipality_id"))
        return self.filter(
            Q(municipality_id__in=coordinated)
            | Q(municipality_id__in=list(roles)) & ~models.Exists(coordinators)
        )

    def publishable(self) -> Self:
        """Municipalities' evaluations with a signed result that is not public."""
        return self.filter(municipality__isnull=False, status="scored", published_at__isnull=True)

    def published(self) -> Self:
        """Only those whose result their municipality made public."""
        return self.filter(published_at__isnull=False)

    def with_last_score(self) -> Self:
        """Bring `last_share` and `last_signed_at` of the last run that was scored; None where there is none."""
        runs: Any = apps.get_model("evaluate", "EvaluationRun")._default_manager
        last = runs.done().filter(evaluation=models.OuterRef("pk")).order_by("-pk")
        return self.annotate(
            last_share=models.Subquery(last.values("score")[:1]),
            last_signed_at=models.Subquery(last.annotate(signature_at=SIGNED_AT).values("signature_at")[:1]),
        )

    def with_last_result(self) -> Self:
        """Bring besides how it was scored, the total's exact numbers, and what its levels are called."""
        runs: Any = apps.get_model("evaluate", "EvaluationRun")._default_manager
        last = runs.done().filter(evaluation=models.OuterRef("pk")).order_by("-pk")
        return self.with_last_score().annotate(
            last_method=models.Subquery(last.values("result__method")[:1]),
            # The total is the first of a score's groups.
            last_total=models.Subquery(last.values("result__groups__0")[:1]),
            last_level_names=F("version__definition__level_names"),
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

    def with_version_alone(self) -> Self:
        """Bring what saving an answer needs of the version, and nothing around it."""
        return self.select_related("version").defer(
            *(f"version__{name}" for name in ("definition", "summaries", "topics", "note", "source_name"))
        )

    def with_note_paths(self) -> Self:
        """Bring the paths of the questions with comments and with evidence, once for each, in the same query."""
        return self.annotate(
            commented_paths=_paths_in("ItemComment"), evidenced_paths=_paths_in("ItemEvidence")
        )


def _paths_in(model: str) -> ArraySubquery:
    rows: Any = apps.get_model("evaluate", model)._default_manager
    return ArraySubquery(rows.filter(evaluation=models.OuterRef("pk")).order_by().values("path"))


class EvaluationRunQuerySet(models.QuerySet):
    """Scoring runs."""

    def unfinished(self) -> Self:
        """Only those that still have to give a result."""
        return self.filter(status__in=["pending", "running"])

    def done(self) -> Self:
        """Only those with a result."""
        return self.filter(status="done")

    def claimable(self, lost_before: datetime) -> Self:
        """Those that a worker may take in hand: waiting ones, and those whose worker must have died."""
        running = Q(status="running") & (Q(started_at__isnull=True) | Q(started_at__lt=lost_before))
        return self.filter(Q(status="pending") | running)

    def left_behind(self, *, waiting_since: datetime, running_since: datetime) -> Self:
        """Those that no worker took, and those whose worker must have died."""
        return self.filter(
            Q(status="pending", queued_at__lt=waiting_since)
            | Q(status="running", started_at__lt=running_since)
        ).order_by("id")


class PlanStepQuerySet(models.QuerySet):
    """Steps of improvement plans."""

    def visible_to(self, user: Any) -> Self:
        """Her own plans, and those of the municipalities where she works now; every municipality's for staff.

        The twin of `can_see_plan_step`.
        """
        if not user.is_authenticated:
            return self.none()
        own = Q(municipality__isnull=True, owner=user)
        if user.is_staff:
            return self.filter(own | Q(municipality__isnull=False))
        return self.filter(own | Q(municipality_id__in=list(affiliation(user))))

    def editable_by(self, user: Any) -> Self:
        """Those she may change: her own and her municipalities'; twin of `can_edit_plan_step`."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(
            Q(municipality__isnull=True, owner=user) | Q(municipality_id__in=list(affiliation(user)))
        )

    def open(self) -> Self:
        """Only what is still to be done."""
        return self.filter(status__in=["todo", "doing"])

    def overdue(self, today: date) -> Self:
        """Only what should have been done by now."""
        return self.open().filter(due_on__lt=today)

    def due_between(self, first: date, last: date) -> Self:
        """Only what is to be done in these days, both counted."""
        return self.open().filter(due_on__range=(first, last))
