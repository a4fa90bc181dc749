"""Evaluations that municipalities are answering: since when, how far, and which ones stand still."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, DateTimeField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluate.models import Answer, Evaluation
from evaluate.network.filters import NetworkFilter
from evaluate.network.table import Kind, NetworkColumn, NetworkRow, NetworkTable
from portal.core.paging import Keyset

STUCK_AFTER = timedelta(days=30)
PAGES = Keyset(("started_at", "id"), size=50)
# Under so many, a count of personal self-checks could point at somebody.
FEWEST_PERSONAL = 5


def under_way(chosen: NetworkFilter) -> QuerySet:
    """Return the municipal evaluations being answered, each with its last answer and how many it has."""
    answers = Answer.objects.filter(evaluation=OuterRef("pk")).order_by()
    last = answers.order_by("-answered_at").values("answered_at")[:1]
    count = answers.values("evaluation").annotate(count=Count("pk")).values("count")
    return (
        chosen.evaluations.in_progress()
        .with_questionnaire()
        .annotate(
            last_answer_at=Subquery(last, output_field=DateTimeField()),
            answered=Coalesce(Subquery(count), 0),
            moved_at=Greatest("started_at", Coalesce(Subquery(last), "started_at")),
        )
    )


def stuck(evaluations: QuerySet) -> QuerySet:
    """Only those in which nobody did anything for a month."""
    return evaluations.filter(moved_at__lt=timezone.now() - STUCK_AFTER)


def under_way_table(evaluations: Iterable[Evaluation]) -> NetworkTable:
    """Return them as a table, those that stand still marked."""
    now = timezone.now()
    return NetworkTable(
        "en-curso",
        _("Autoevaluaciones en curso"),
        [
            NetworkColumn(_("Municipio")),
            NetworkColumn(_("Cuestionario")),
            NetworkColumn(_("Empezada"), Kind.DATE),
            NetworkColumn(_("Última respuesta"), Kind.DATE),
            NetworkColumn(_("Avance"), Kind.PERCENT),
            NetworkColumn(_("Estado")),
        ],
        [_row(evaluation, now) for evaluation in evaluations],
    )


def personal_count(chosen: NetworkFilter) -> int | None:
    """Count the personal self-checks; None under five, which could point at somebody."""
    found = Evaluation.objects.filter(municipality__isnull=True, is_sample=chosen.is_sample)
    count = found.filter(questionnaire__in=chosen.questionnaires).count()
    return count if count >= FEWEST_PERSONAL else None


def _row(evaluation: Evaluation, now: datetime) -> NetworkRow:
    is_stuck = evaluation.moved_at < now - STUCK_AFTER  # type: ignore[attr-defined]
    asked = evaluation.version.question_count
    done = min(round(100 * evaluation.answered / asked), 100) if asked else None  # type: ignore[attr-defined]
    return NetworkRow(
        [
            str(evaluation.municipality),
            evaluation.version.title,
            evaluation.started_at,
            evaluation.last_answer_at,  # type: ignore[attr-defined]
            done,
            _("parada hace más de un mes") if is_stuck else pgettext("plan de mejora", "en marcha"),
        ],
        url=evaluation.get_absolute_url(),
        needs_attention=is_stuck,
    )
