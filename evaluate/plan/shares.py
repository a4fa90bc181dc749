"""Where a step's criterion stood when the step was written, and where it stands now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from evaluate.models import CurrentResult, EvaluationRun, PlanStep, Questionnaire
from evaluate.result.building import score_of
from evaluate.result.numbers import percent_text
from portal.places.models import Municipality

# Municipality (None for a person's own) and questionnaire.
PlanKey = tuple[int | None, int]


@dataclass(frozen=True)
class Standing:
    """Where a criterion stood and stands, from 0 to 1; `now` is only there after a newer result."""

    then: Decimal | None = None
    now: float | None = None

    @property
    def is_better(self) -> bool:
        """Whether it rose."""
        return self.now is not None and self.then is not None and self.now > float(self.then)

    @property
    def shown_then(self) -> str:
        """Where it stood, as people write it."""
        return _percent(self.then)

    @property
    def shown_now(self) -> str:
        """Where it stands, as people write it."""
        return _percent(self.now)


@dataclass(frozen=True)
class _Latest:
    at: datetime
    shares: dict[str, Any]


def standings(steps: Iterable[PlanStep], user: Any) -> dict[int, Standing]:
    """Return the standing of each step that is about a criterion, by the step's id; at most two queries.

    Args:
        user: the reader; her own steps are compared with her own self-checks.
    """
    about = [step for step in steps if step.criterion]
    latest = _municipal(about) | _personal(about, user)
    return {
        step.pk: _standing(step, latest.get((step.municipality_id, step.questionnaire_id))) for step in about
    }


def share_now(
    *, questionnaire: Questionnaire, municipality: Municipality | None, user: Any, criterion: str
) -> Decimal | None:
    """Return where a criterion stands now, from 0 to 1; None where no result says so. One query."""
    step = PlanStep(questionnaire=questionnaire, municipality=municipality, owner=user, criterion=criterion)
    latest = (_municipal([step]) if municipality else _personal([step], user)) if criterion else {}
    found = latest.get((step.municipality_id, step.questionnaire_id))
    share = found.shares.get(f"criterion:{criterion}") if found else None
    return None if share is None else Decimal(str(share))


def _standing(step: PlanStep, latest: _Latest | None) -> Standing:
    if latest is None or latest.at <= step.created_at:
        return Standing(step.share_then)
    return Standing(step.share_then, latest.shares.get(f"criterion:{step.criterion}"))


def _municipal(steps: list[PlanStep]) -> dict[PlanKey, _Latest]:
    wanted = {(step.municipality_id, step.questionnaire_id) for step in steps if step.municipality_id}
    if not wanted:
        return {}
    found = CurrentResult.objects.filter(
        municipality__in={place for place, _questionnaire in wanted},
        questionnaire__in={questionnaire for _place, questionnaire in wanted},
    )
    return {
        (each.municipality_id, each.questionnaire_id): _Latest(each.submitted_at, each.shares)
        for each in found
    }


def _personal(steps: list[PlanStep], user: Any) -> dict[PlanKey, _Latest]:
    wanted = {step.questionnaire_id for step in steps if step.is_personal}
    if not wanted:
        return {}
    runs = (
        EvaluationRun.objects.done()
        .filter(
            evaluation__owner=user,
            evaluation__municipality__isnull=True,
            evaluation__questionnaire__in=wanted,
        )
        .select_related("evaluation")
        .order_by("evaluation__questionnaire_id", "-evaluation__submitted_at", "-id")
        .distinct("evaluation__questionnaire_id")
    )
    found: dict[PlanKey, _Latest] = {}
    for run in runs:
        shares = _shares(run)
        found[None, run.evaluation.questionnaire_id] = _Latest(run.signed_at, shares)
    return found


def _shares(run: EvaluationRun) -> dict[str, float]:
    """Read what a run says of each criterion; nothing where it was written in a format of before."""
    try:
        return score_of(run).shares()
    except ValueError:
        return {}


def _percent(share: Decimal | float | None) -> str:
    return "" if share is None else percent_text(Fraction(str(share)))
