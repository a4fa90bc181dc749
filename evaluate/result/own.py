"""Where a reader and her towns stand: the latest result of each questionnaire, and what is being answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evaluate.models import Evaluation

READ = 60


@dataclass(frozen=True)
class OwnResult:
    """The latest result of one questionnaire for one town (or person), and the draft after it."""

    scored: Evaluation | None
    draft: Evaluation | None

    @property
    def evaluation(self) -> Evaluation:
        """Whichever there is: both are of the same questionnaire and town."""
        found = self.scored or self.draft
        if found is None:
            raise ValueError("There is neither a result nor a draft.")
        return found


def own_results(user: Any, areas: Sequence[str] = ()) -> list[OwnResult]:
    """Find what the reader takes part in, in these policy areas or in all, the latest first. One query."""
    rows = Evaluation.objects.answerable_by(user).with_questionnaire().with_last_result()
    if areas:
        rows = rows.filter(questionnaire__area__slug__in=list(areas))
    return _paired(rows.order_by("-pk")[:READ])


def _paired(rows: Iterable[Evaluation]) -> list[OwnResult]:
    found: dict[tuple[int, int | None], dict[str, Evaluation]] = {}
    for each in rows:
        pair = found.setdefault((each.questionnaire_id, each.municipality_id), {})
        if each.is_draft:
            pair.setdefault("draft", each)
        # Of what is being corrected, what was signed is still the result.
        if each.last_signed_at is not None:
            pair.setdefault("scored", each)
    return [OwnResult(pair.get("scored"), pair.get("draft")) for pair in found.values() if pair]
