"""Questionnaires, the evaluations that answer them, their scoring, and what is done with the results."""

from evaluate.models.comparison import CurrentResult, PeerGroup, PeerRelease
from evaluate.models.evaluations import Answer, AnswerRevision, Evaluation, EvaluationChange
from evaluate.models.plans import PlanStep, PlanStepChange
from evaluate.models.questionnaires import Questionnaire, QuestionnaireVersion
from evaluate.models.runs import EvaluationRun
from evaluate.models.teamwork import ItemComment, ItemEvidence, SectionAssignment

__all__ = [
    "Answer",
    "AnswerRevision",
    "CurrentResult",
    "Evaluation",
    "EvaluationChange",
    "EvaluationRun",
    "ItemComment",
    "ItemEvidence",
    "PeerGroup",
    "PeerRelease",
    "PlanStep",
    "PlanStepChange",
    "Questionnaire",
    "QuestionnaireVersion",
    "SectionAssignment",
]
