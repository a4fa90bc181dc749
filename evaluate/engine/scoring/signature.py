"""What decides a score, in one mark: results of versions that share it can be compared with each other."""

import hashlib
import json

from evaluate.engine.definition import FormDefinition


def scoring_signature(definition: FormDefinition) -> str:
    """Return a SHA-256 of method, levels, criteria, weights and points; empty where nothing is scored.

    Texts, order, sections and topics are left out: a mended typo does not part a town from its peers.
    """
    if not definition.scoring:
        return ""
    keys = definition.criterion_keys
    criteria = sorted(
        (
            keys[question.path],
            question.name,
            question.type.value,
            question.weight,
            question.stage,
            question.met_at,
            definition.not_applicable_rule(question),
            sorted((choice.name, choice.points) for choice in definition.choice_lists[question.choice_list]),
        )
        for question in definition.questions
        if question.path in keys
    )
    decides = [definition.scoring, list(definition.level_thresholds), len(definition.level_names), criteria]
    return hashlib.sha256(json.dumps(decides).encode()).hexdigest()
