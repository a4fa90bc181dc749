"""The score of a response: exact fractions, each explained by the answers, weights and exclusions it comes from.

scores      what a score is: questions, criteria and groups of them, to and from JSON
plan        what the questionnaire declares for it, worked out once
questions   what each scored question of a response gave
exact       exact sums of many fractions
methods     how criteria become the score of a group
levels      which named level a score reaches
signature   what decides a score, in one mark: versions that share it can be compared
scorer      all of it together
"""

from evaluate.engine.scoring.scorer import score
from evaluate.engine.scoring.scores import (
    NO_MAXIMUM,
    NOT_APPLICABLE,
    NOT_RELEVANT,
    TOTAL,
    CriterionScore,
    GroupKind,
    GroupScore,
    QuestionScore,
    Score,
)
from evaluate.engine.scoring.signature import scoring_signature

__all__ = [
    "NOT_APPLICABLE",
    "NOT_RELEVANT",
    "NO_MAXIMUM",
    "TOTAL",
    "CriterionScore",
    "GroupKind",
    "GroupScore",
    "QuestionScore",
    "Score",
    "score",
    "scoring_signature",
]
