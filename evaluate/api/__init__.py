"""Questionnaires for everybody, and evaluations for those who take part in them, as other programs need them."""

from evaluate.api.evaluations import EvaluationViewSet
from evaluate.api.questionnaires import QuestionnaireViewSet

__all__ = ["EvaluationViewSet", "QuestionnaireViewSet"]
