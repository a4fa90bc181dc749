"""Questionnaires, the evaluations that answer them, and their scoring."""

from evaluate.models.evaluations import Answer, Evaluation, EvaluationChange
from evaluate.models.questionnaires import Questionnaire, QuestionnaireVersion
from evaluate.models.runs import EvaluationRun

__all__ = [
    "Answer",
    "Evaluation",
    "EvaluationChange",
    "EvaluationRun",
    "Questionnaire",
    "QuestionnaireVersion",
]
