"""Questionnaires, their drafts, evaluations and scoring runs, as the network's staff look after them."""

from evaluate.admin.evaluations import EvaluationAdmin
from evaluate.admin.questionnaires import QuestionnaireAdmin
from evaluate.admin.runs import EvaluationRunAdmin
from evaluate.admin.versions import QuestionnaireVersionAdmin

__all__ = ["EvaluationAdmin", "EvaluationRunAdmin", "QuestionnaireAdmin", "QuestionnaireVersionAdmin"]
