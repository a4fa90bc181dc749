"""What a version of a questionnaire says of itself, taken from what it asks."""

from typing import Any

from evaluate.engine.definition import FormDefinition
from evaluate.engine.scoring import scoring_signature
from evaluate.models import Questionnaire


def version_description(definition: FormDefinition) -> dict[str, Any]:
    """Return the fields of a version that lists and the catalogue read instead of its questions."""
    asked = [question for question in definition.questions if question.is_answerable]
    return {
        "titles": dict(definition.titles) or {definition.default_language: definition.title},
        "summaries": dict(definition.summary),
        "default_language": definition.default_language,
        "topics": sorted({question.topic for question in asked if question.topic}),
        "minutes": definition.minutes,
        "question_count": len(asked),
        "criteria_count": len(set(definition.criterion_keys.values())),
        "is_scored": bool(definition.scoring),
        "scoring_signature": scoring_signature(definition),
    }


def next_number(questionnaire: Questionnaire) -> int:
    """Return the number of the version to come; the caller holds the questionnaire's row."""
    latest = questionnaire.versions.order_by("-number").values_list("number", flat=True).first()
    return (latest or 0) + 1
