"""The score of a response: exact fractions, each with the answers that it comes from.

Method points_over_maximum: a section's share is Σ weight·points / Σ weight·maximum over its relevant
scored questions. No answer is 0 points and counts in the maximum; what is not relevant counts in neither.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from typing import Any

from evaluate.engine.definition import Choice, FormDefinition, Question, Section
from evaluate.engine.question_types import SEVERAL_CHOICES_TYPES
from evaluate.engine.state import FormState

NOT_RELEVANT = "not_relevant"


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """What one question gave: its answer, the points of it, and why it counts or does not."""

    path: str
    section: str
    label: str
    answer: str
    answer_labels: tuple[str, ...]
    points: Fraction
    maximum: Fraction
    weight: Fraction
    excluded_because: str = ""
    area: str = ""
    topic: str = ""

    @property
    def counted(self) -> bool:
        """Whether it is part of the score."""
        return not self.excluded_because

    @property
    def answered(self) -> bool:
        """Whether it has an answer."""
        return bool(self.answer)


@dataclass(frozen=True, slots=True)
class SectionScore:
    """The weighted points of a section beside the most it could have; no share without a maximum."""

    key: str
    label: str
    points: Fraction
    maximum: Fraction
    asked: int
    answered: int

    @property
    def share(self) -> Fraction | None:
        """The part of the maximum reached; None when nothing counts."""
        return self.points / self.maximum if self.maximum else None


@dataclass(frozen=True, slots=True)
class Score:
    """The whole result; `questions` explains every number in it."""

    points: Fraction
    maximum: Fraction
    asked: int
    answered: int
    sections: tuple[SectionScore, ...]
    questions: tuple[QuestionScore, ...]

    @property
    def share(self) -> Fraction | None:
        """The part of the maximum reached; None when nothing counts."""
        return self.points / self.maximum if self.maximum else None

    def to_json(self) -> dict[str, Any]:
        """The score as plain JSON values, fractions as "n/d"."""
        data = asdict(self)
        share = self.share
        data["share"] = None if share is None else _written(share)
        for section, own in zip(data["sections"], self.sections, strict=True):
            section["share"] = None if own.share is None else _written(own.share)
        for question, own_question in zip(data["questions"], self.questions, strict=True):
            question["counted"] = own_question.counted
        return {key: _plain(value) for key, value in data.items()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Score":
        """Rebuild a score from `to_json`."""
        return cls(
            Fraction(data["points"]),
            Fraction(data["maximum"]),
            data["asked"],
            data["answered"],
            tuple(SectionScore(**_values(SectionScore, section)) for section in data["sections"]),
            tuple(QuestionScore(**_values(QuestionScore, question)) for question in data["questions"]),
        )


def score(definition: FormDefinition, state: FormState) -> Score:
    """Score a response by the method that its questionnaire declares."""
    scorer = _Scorer(definition, state)
    questions = tuple(
        scorer.question(path, item, section)
        for section in definition.sections
        for path, item in scorer.scored(section)
    )
    sections = tuple(_section(section, state, questions) for section in definition.sections)
    scored = tuple(section for section in sections if any(each.section == section.key for each in questions))
    return Score(*_totals(questions), scored, questions)


class _Scorer:
    """Finds the scored questions of a response and what each of them gave."""

    def __init__(self, definition: FormDefinition, state: FormState) -> None:
        self._state = state
        self._choices: dict[str, dict[str, Choice]] = {
            name: {choice.name: choice for choice in choices}
            for name, choices in definition.choice_lists.items()
            if any(choice.points for choice in choices)
        }

    def scored(self, section: Section) -> Iterator[tuple[str, Question]]:
        for step in self._state.walk(section, include_hidden=True):
            if isinstance(step.item, Question) and step.item.choice_list in self._choices:
                yield step.path, step.item

    def question(self, path: str, item: Question, section: Section) -> QuestionScore:
        choices = self._choices[item.choice_list]
        several = item.type in SEVERAL_CHOICES_TYPES
        relevant = self._state.visible(path)
        answer = self._state.answer(path) if relevant else ""
        given = [choices[name] for name in (answer.split() if several else [answer]) if name in choices]
        return QuestionScore(
            path=path,
            section=section.key,
            label=self._state.label(path),
            answer=answer,
            answer_labels=tuple(self._state.choice_label(choice) for choice in given),
            points=sum((_points(choice) for choice in given), Fraction(0)),
            maximum=_maximum(choices.values(), several=several),
            weight=Fraction(item.weight),
            excluded_because="" if relevant else NOT_RELEVANT,
            area=item.area,
            topic=item.topic,
        )


def _points(choice: Choice) -> Fraction:
    return Fraction(choice.points or 0)


def _maximum(choices: Iterable[Choice], *, several: bool) -> Fraction:
    """The most points that a question can give: of its best choice, or of all its good ones together."""
    points = [_points(choice) for choice in choices]
    if several:
        return sum((amount for amount in points if amount > 0), Fraction(0))
    return max(points, default=Fraction(0))


def _section(section: Section, state: FormState, questions: Iterable[QuestionScore]) -> SectionScore:
    own = [question for question in questions if question.section == section.key]
    return SectionScore(section.key, state.definition.text(section.label, state.language), *_totals(own))


def _totals(questions: Iterable[QuestionScore]) -> tuple[Fraction, Fraction, int, int]:
    counted = [question for question in questions if question.counted]
    return (
        sum((question.weight * question.points for question in counted), Fraction(0)),
        sum((question.weight * question.maximum for question in counted), Fraction(0)),
        len(counted),
        sum(question.answered for question in counted),
    )


def _written(fraction: Fraction) -> str:
    return f"{fraction.numerator}/{fraction.denominator}"


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return _written(value)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def _values(kind: type, data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a dataclass from JSON, fractions and tuples restored, derived values left out."""
    values = {}
    for each in fields(kind):
        value = data[each.name]
        if each.type in {Fraction, "Fraction"}:
            value = Fraction(value)
        values[each.name] = tuple(value) if isinstance(value, list) else value
    return values
