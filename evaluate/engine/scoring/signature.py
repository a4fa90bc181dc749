"""What decides a score, in one mark: results of versions that share it can be compared with each other."""

import hashlib
import json
from fractions import Fraction
from typing import Any

from evaluate.engine.definition import FormDefinition, Question


def scoring_signature(definition: FormDefinition) -> str:
    """Return a SHA-256 of method, levels, criteria, weights and points; empty where nothing is scored.

    Texts, order, sections, topics and the questions' names are left out, and numbers are taken for what they are
    worth: a mended typo, or a 2.0 in place of a 2, does not part a town from its peers. A criterion keeps its
    place among them by its key.
    """
    if not definition.scoring:
        return ""
    keys = definition.criterion_keys
    criteria = sorted(
        _deciding(definition, keys[question.path], question)
        for question in definition.questions
        if question.path in keys
    )
    thresholds = [_exact(threshold) for threshold in definition.level_thresholds]
    decides = [definition.scoring, thresholds, len(definition.level_names), criteria]
    return hashlib.sha256(json.dumps(decides).encode()).hexdigest()


def _deciding(definition: FormDefinition, key: str, question: Question) -> tuple[Any, ...]:
    choices = definition.choice_lists[question.choice_list]
    return (
        key,
        question.type.value,
        _exact(question.weight),
        question.stage or 0,
        _exact(question.met_at),
        definition.not_applicable_rule(question),
        sorted((choice.name, _exact(choice.points)) for choice in choices),
    )


def _exact(number: str) -> str:
    return str(Fraction(number or 0))
