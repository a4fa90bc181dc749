"""A robot that answers any questionnaire to the end with valid values, as a patient person would."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from evaluate.engine.compiled import compiled
from evaluate.engine.definition import Question
from evaluate.engine.question_types import QuestionType
from evaluate.engine.state import FormState

NUMBERS = ("0", "1", "2", "3", "5", "7", "10", "15", "18", "20", "25", "50", "100", "500", "1000")
TEXTS = ("Respuesta de prueba", "A1B2C3D4E5F", "A1B2C3D", "2215551234", "persona@ejemplo.org", "12345")
PLAIN = {
    QuestionType.TIME: ("10:30",),
    QuestionType.DATETIME: ("2026-11-20T10:30",),
    QuestionType.GEOPOINT: ("-34.6 -58.4 0 0",),
    QuestionType.ACKNOWLEDGE: ("OK",),
    QuestionType.IMAGE: ("foto.jpg",),
    QuestionType.AUDIO: ("nota.ogg",),
    QuestionType.VIDEO: ("video.mp4",),
    QuestionType.FILE: ("informe.pdf",),
}
CHOICES_TRIED = 40
ROUNDS = 60


class FormRobot:
    """Fills a state; `steps` then holds what it answered, in order, to be done again in a browser."""

    def __init__(self, state: FormState, *, last_choices: bool = False, optional: bool = True) -> None:
        self.state = state
        self.steps: list[tuple[str, str | list[str]]] = []
        self._last_choices = last_choices
        self._optional = optional
        self._structure_changed = False

    def run(self) -> FormState:
        """Answer until nothing is left to answer or to mend; AssertionError if that never comes."""
        for _round in range(ROUNDS):
            if not self._answer_what_is_open() and not self._mend_answers() and not self._mend_totals():
                return self.state
        raise AssertionError(f"the questionnaire does not come to an end: {self.state.invalid()}")

    def _answer_what_is_open(self) -> bool:
        answered = False
        for path, question in list(self._questions()):
            # An answer may hide what was open a moment ago, or do away with whole repetitions.
            if self._is_open(path) and self._answer(path, question):
                answered = True
                if self._structure_changed:
                    break
        return answered

    def _mend_answers(self) -> bool:
        """Answer anew where a default does not fit its own question."""
        questions = dict(self._questions())
        wrong = [path for path in self.state.invalid() if not self.state.is_read_only(path)]
        return sum(self._answer(path, questions[path]) for path in wrong if path in questions) > 0

    def _questions(self) -> Iterator[tuple[str, Question]]:
        for section in self.state.definition.sections:
            for step in self.state.walk(section):
                if isinstance(step.item, Question) and step.item.is_answerable:
                    yield step.path, step.item

    def _is_open(self, path: str) -> bool:
        wanted = self._optional or self.state.is_required(path)
        return (
            self.state.visible(path)
            and not self.state.value(path)
            and not self.state.is_read_only(path)
            and wanted
        )

    def _answer(self, path: str, question: Question) -> bool:
        for value in self._candidates(path, question):
            if not self.state.check(path, value):
                self._set(path, value)
                return True
        return False

    def _set(self, path: str, value: str | list[str]) -> None:
        self._structure_changed = self.state.set(path, value).structure
        self.steps.append((path, value))

    def _candidates(self, path: str, question: Question) -> list[str | list[str]]:
        if question.type in PLAIN:
            return list(PLAIN[question.type])
        if question.type in {QuestionType.INTEGER, QuestionType.DECIMAL}:
            return [*NUMBERS, *_numbers_in(question.constraint)]
        if question.type is QuestionType.RANGE:
            return [question.parameters.get("start", "1")]
        if question.type is QuestionType.DATE:
            return [(date(2026, 11, 22) + timedelta(days=days)).isoformat() for days in (0, 30, -30, -9000)]
        if question.choice_list or question.choices_from:
            return self._selections(path, question)
        return list(TEXTS)

    def _selections(self, path: str, question: Question) -> list[str | list[str]]:
        names = [choice.name for choice in self.state.choices(path)]
        if question.type is QuestionType.RANK:
            return [names]
        if self._last_choices:
            names.reverse()
        tried = names[:CHOICES_TRIED]
        return [[name] for name in tried] if question.type is QuestionType.SELECT_MULTIPLE else list(tried)

    def _mend_totals(self) -> bool:
        """Change an answer that a calculated total looks at, until the total is as its question asks."""
        form = compiled(self.state.definition)
        for path in self.state.invalid():
            constraint = form.formulas[path].constraint if path in form.formulas else None
            for name in sorted(constraint.references) if constraint is not None else ():
                part = form.index.find(name, path)
                if part is not None and self._mend(part, path):
                    return True
        return False

    def _mend(self, part: str, total: str) -> bool:
        before = self.state.answer(part)
        if not self.state.visible(part) or self.state.is_read_only(part):
            return False
        for value in reversed(NUMBERS):
            if not self.state.check(part, value):
                self.state.set(part, value)
                if not self.state.errors(total):
                    self.steps.append((part, value))
                    return True
        self.state.set(part, before)
        return False


def _numbers_in(formula: str) -> list[str]:
    found = [int(digits) for digits in re.findall(r"\d+", formula)]
    return [str(number + step) for number in found for step in (0, 1, -1)]
