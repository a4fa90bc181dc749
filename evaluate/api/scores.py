"""A result as the API tells it: every number exact and rounded, and what it comes from."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any

from evaluate.api.language import present_language
from evaluate.engine.definition import FormDefinition, Question
from evaluate.engine.paths import template_path
from evaluate.engine.question_types import SEVERAL_CHOICES_TYPES
from evaluate.engine.scoring import CriterionScore, GroupScore, QuestionScore, Score
from evaluate.engine.scoring.scores import written
from evaluate.models import EvaluationRun
from evaluate.services.definitions import definition_of

DECIMALS = 9


class ToldScore:
    """A finished run in the words of its version and the reader's language."""

    def __init__(self, run: EvaluationRun, *, explains_answers: bool) -> None:
        """Take a finished run; `explains_answers` adds what was answered, for those who take part in it."""
        self._score = Score.from_json(run.result or {})
        self._definition: FormDefinition = definition_of(run.evaluation.version)
        self._language = present_language()
        self._explains_answers = explains_answers

    def told(self) -> dict[str, Any]:
        """Return all of it."""
        score = self._score
        return {
            "method": score.method,
            "signature": score.signature,
            "total": self._group(score.total, self._definition.title_in(self._language)),
            "sections": [self._group(each, self._section(each.key)) for each in score.sections],
            "areas": [self._group(each, each.key) for each in score.areas],
            "criteria": [self._criterion(each) for each in score.criteria],
        }

    def _group(self, group: GroupScore, label: str) -> dict[str, Any]:
        return {
            "key": group.key,
            "label": label,
            **_numbers(group.points, group.maximum, group.share),
            "level": self._level(group.level),
            "counted": group.counted,
            "answered": group.answered,
            "excluded": group.excluded,
        }

    def _level(self, level: int | None) -> dict[str, Any] | None:
        if level is None:
            return None
        return {"number": level, "name": self._text(self._definition.level_names[level])}

    def _criterion(self, each: CriterionScore) -> dict[str, Any]:
        told = {
            "key": each.key,
            "label": self._label(each.questions[0].path),
            "section": each.section,
            "area": each.area,
            "topic": each.topic,
            "weight": written(each.weight),
            **_numbers(each.points, each.maximum, each.share),
            "excluded_because": each.excluded_because,
            "stage": each.stage,
            "is_met": each.is_met,
        }
        if self._explains_answers:
            told["questions"] = [self._question(question) for question in each.questions]
        return told

    def _question(self, each: QuestionScore) -> dict[str, Any]:
        return {
            "path": each.path,
            "label": self._label(each.path),
            "answer": each.answer,
            "answer_labels": self._answer_labels(each),
            "points": written(each.points),
            "maximum": written(each.maximum),
            "weight": written(each.weight),
            "excluded_because": each.excluded_because,
            "reason": each.reason,
        }

    def _answer_labels(self, each: QuestionScore) -> list[str]:
        item = self._definition.by_path[template_path(each.path)]
        if not isinstance(item, Question) or not each.answer:
            return []
        labels = {
            choice.name: self._text(choice.label)
            for choice in self._definition.choice_lists[item.choice_list]
        }
        names = each.answer.split() if item.type in SEVERAL_CHOICES_TYPES else [each.answer]
        return [labels.get(name) or name for name in names]

    def _label(self, path: str) -> str:
        return self._text(self._definition.by_path[template_path(path)].label)

    def _section(self, key: str) -> str:
        labels = {section.key: section.label for section in self._definition.sections}
        return self._text(labels.get(key, {})) or key

    def _text(self, texts: Mapping[str, str]) -> str:
        return self._definition.text(texts, self._language)


def _numbers(points: Fraction, maximum: Fraction, share: Fraction | None) -> dict[str, Any]:
    """Exact numbers as "n/d", and the share once more as a decimal."""
    return {
        "points": written(points),
        "maximum": written(maximum),
        "share": None if share is None else round(float(share), DECIMALS),
        "share_exact": None if share is None else written(share),
    }


def moment(value: datetime | None) -> str | None:
    """Write a moment as ISO 8601."""
    return value.isoformat() if value else None
