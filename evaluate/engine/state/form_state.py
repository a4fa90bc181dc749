"""A questionnaire with answers, as the answer page and the score need it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from evaluate.engine.compiled import compiled
from evaluate.engine.definition import (
    NOT_APPLICABLE_COUNTED,
    NOT_APPLICABLE_EXCLUDED,
    Choice,
    FormDefinition,
    Question,
    Repeat,
    Section,
)
from evaluate.engine.paths import template_path
from evaluate.engine.question_types import SEVERAL_CHOICES_TYPES, QuestionType
from evaluate.engine.state.answer_checks import as_text
from evaluate.engine.state.changes import Changes, changes_from
from evaluate.engine.state.context import Surroundings
from evaluate.engine.state.evaluation import Evaluation
from evaluate.engine.state.nodes import ResponseNode
from evaluate.engine.state.offers import offered_choices
from evaluate.engine.state.texts import StateTexts
from evaluate.engine.state.tree import MAX_INSTANCES, ResponseTree, counts_in_answers, renumbered
from evaluate.engine.state.validity import Validity
from evaluate.engine.state.walking import Step, walk

Answer = str | list[str]
_PINNED_TYPES = frozenset({QuestionType.START, QuestionType.TODAY})


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the questions in view have an answer."""

    answered: int
    asked: int


class FormState(StateTexts):
    """The answers given to a questionnaire and all that follows from them.

    Answers to questions that are not relevant are kept and count for nothing. Nothing here writes
    anywhere: the caller stores `answers` and `repeat_counts`.
    """

    def __init__(
        self,
        definition: FormDefinition,
        answers: Mapping[str, Answer],
        *,
        now: datetime,
        language: str = "es",
        repeat_counts: Mapping[str, int] | None = None,
        metadata: Mapping[str, str] | None = None,
        not_applicable: Mapping[str, str] | None = None,
    ) -> None:
        """Work everything out.

        answers: by answer path. now: local time of the person answering. repeat_counts: by the path of
        each repeat; without it the answers tell, and there is at least one. metadata: what is known
        about the person, by type (`username`, `email`, `phonenumber`, `deviceid`). not_applicable: why
        a criterion does not apply, by answer path; the answer stays and counts as empty meanwhile.
        """
        self.definition = definition
        self.language = language
        self._form = compiled(definition)
        self._now = now
        self._metadata = dict(metadata or {})
        self._given = {path: _plain(value) for path, value in answers.items()}
        self._not_applicable = {
            path: reason for path, reason in (not_applicable or {}).items() if self._may_not_apply(path)
        }
        self._counts = {**counts_in_answers(answers), **(repeat_counts or {})}
        self._build()

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers to store; several choices as a list."""
        return {path: self._shaped(path, text) for path, text in self._given.items()}

    @property
    def repeat_counts(self) -> dict[str, int]:
        """How many instances each repeat without a fixed number has, to store beside the answers."""
        return {
            node.path: len(node.instances or ())
            for containers in self._tree.containers.values()
            for node in containers
            if isinstance(node.item, Repeat) and not node.item.count
        }

    def pinned_answers(self) -> dict[str, Answer]:
        """Values that were settled just now and must be stored to stay: defaults, first times, once()."""
        return {
            node.path: self._shaped(node.path, node.value)
            for node in self._tree.by_path.values()
            if node.path not in self._given and node.value and self._is_pinned(node)
        }

    @property
    def not_applicable(self) -> dict[str, str]:
        """The reasons why criteria do not apply, by answer path, to store beside the answers."""
        return dict(self._not_applicable)

    def is_not_applicable(self, path: str) -> bool:
        """Whether people said that a criterion does not apply to them."""
        return path in self._not_applicable

    def set_not_applicable(self, path: str, reason: str | None) -> Changes:
        """Mark a criterion as not applicable for a reason (perhaps still empty), or with None as applicable again.

        Raises KeyError when there is no such question, ValueError when it must be answered.
        """
        node, question = self._asked(path)
        if not self._may_not_apply(path):
            raise ValueError(_("Esta pregunta aplica a todos los municipios: elegí una respuesta."))
        before = (node.text, node.relevant)
        if reason is None:
            self._not_applicable.pop(path, None)
        else:
            self._not_applicable[path] = reason
        node.value = "" if reason is not None else self._given.get(path, "")
        return self._after_change(question, path, before, changed_here=node.text != before[0])

    def visible(self, path: str) -> bool:
        """Whether an item is relevant, with everything around it."""
        return self._node(path).relevant

    def value(self, path: str) -> str:
        """An item's value as formulas see it: empty when it is not relevant."""
        return self._node(path).text

    def answer(self, path: str) -> str:
        """What was answered or calculated, relevant or not."""
        return self._node(path).value

    def choices(self, path: str) -> tuple[Choice, ...]:
        """The choices that a question offers now."""
        return offered_choices(self._surroundings, self._node(path))

    def is_required(self, path: str) -> bool:
        """Whether a question must be answered, now."""
        node = self._node(path)
        required = self._form.formulas[node.item.path].required if isinstance(node.item, Question) else None
        return node.relevant and self._evaluation.holds(required, node)

    def is_read_only(self, path: str) -> bool:
        """Whether a question is shown without asking."""
        node = self._node(path)
        if not isinstance(node.item, Question):
            return True
        formulas = self._form.formulas[node.item.path]
        return formulas.calculation is not None or self._evaluation.holds(formulas.read_only, node)

    def required_message(self, path: str) -> str:
        """What to tell a person who left a required question empty."""
        return self._validity.required_message(self._node(path))

    def errors(self, path: str) -> tuple[str, ...]:
        """What is wrong with the answer; a required one that was emptied counts as wrong."""
        node = self._node(path)
        if node.relevant and not node.value and path in self._given and self._validity.is_missing(node):
            return (self.required_message(path),)
        return self._validity.errors(node)

    def check(self, path: str, value: str | Iterable[str]) -> tuple[str, ...]:
        """What would be wrong with a value, without keeping it."""
        node, question = self._asked(path)
        kept = node.value
        try:
            node.value = as_text(question, value)
            return self._validity.errors(node)
        finally:
            node.value = kept

    def missing_required(self) -> tuple[str, ...]:
        """The required questions in view without an answer, in order."""
        return tuple(node.path for node in self._tree.root.subtree() if self._validity.is_missing(node))

    def invalid(self) -> dict[str, tuple[str, ...]]:
        """The answers in view that are wrong, with what is wrong with each."""
        found = {node.path: self._validity.errors(node) for node in self._tree.root.subtree()}
        return {path: errors for path, errors in found.items() if errors}

    def progress(self, section: Section | None = None) -> Progress:
        """How far the answering has come, in a section or in the whole questionnaire."""
        nodes = [node for node in self._nodes_of(section) if self._validity.is_asked(node)]
        done = sum(bool(node.value) or node.path in self._not_applicable for node in nodes)
        return Progress(done, len(nodes))

    def walk(self, section: Section, *, include_hidden: bool = False) -> Iterator[Step]:
        """What to draw for a section, in order; with `include_hidden` also what is not relevant now."""
        for item in section.items:
            yield from walk(self._tree.root.children[item.name], 0, include_hidden=include_hidden)

    def set(self, path: str, value: str | Iterable[str]) -> Changes:
        """Keep an answer and say what it changed elsewhere.

        Raises KeyError when there is no such question to answer; `errors` tells whether it is right.
        """
        node, question = self._asked(path)
        before = (node.text, node.relevant)
        text = as_text(question, value)
        self._given[path] = text
        self._not_applicable.pop(path, None)
        changed_here = node.value != text
        node.value = text
        return self._after_change(question, path, before, changed_here=changed_here)

    def add_repeat(self, path: str) -> str:
        """Add an instance to a repeat and return its path.

        Raises KeyError for an unknown repeat, ValueError when its number is fixed or at the limit.
        """
        container = self._free_repeat(path)
        number = len(container.instances or ()) + 1
        if number > MAX_INSTANCES or not self._tree.has_room:
            raise ValueError(_("No se pueden agregar más: se llegó al máximo."))
        self._counts = {**self.repeat_counts, path: number}
        self._build()
        return f"{path}[{number}]"

    def remove_repeat(self, path: str) -> None:
        """Take an instance (`/household[2]`) out with its answers; those behind it move up.

        Raises KeyError for an unknown instance, ValueError when the repeat's number is fixed.
        """
        instance = self._node(path)
        container_path, _bracket, _number = path.rpartition("[")
        container = self._free_repeat(container_path)
        place = (container_path, instance.position)
        self._given = {key: str(text) for key, text in renumbered(self._given, *place)}
        self._not_applicable = {key: str(text) for key, text in renumbered(self._not_applicable, *place)}
        counts = {**self.repeat_counts, container_path: len(container.instances or ()) - 1}
        self._counts = {key: int(str(count)) for key, count in renumbered(counts, *place)}
        self._build()

    def _after_change(
        self, question: Question, path: str, before: tuple[str, bool], *, changed_here: bool
    ) -> Changes:
        self._evaluation.run(self._form.dependents.get(question.path, ()))
        changed = dict(self._evaluation.changed)
        if changed_here:
            changed.setdefault(path, before)
        return changes_from(changed, self._tree, self._form, self._evaluation.structure_changed)

    def _may_not_apply(self, path: str) -> bool:
        item = self.definition.by_path.get(template_path(path))
        rule = self.definition.not_applicable_rule(item) if isinstance(item, Question) else ""
        return rule in {NOT_APPLICABLE_EXCLUDED, NOT_APPLICABLE_COUNTED}

    def _build(self) -> None:
        self._tree = ResponseTree(self.definition, self._counts)
        self._surroundings = Surroundings(self._form, self._tree, self._now, self.language)
        self._evaluation = Evaluation(self._surroundings, self._given, self._metadata, self._not_applicable)
        self._evaluation.run()
        self._validity = Validity(self._surroundings, self._evaluation, self._not_applicable)

    def _asked(self, path: str) -> tuple[ResponseNode, Question]:
        node = self._node(path)
        if not isinstance(node.item, Question) or not node.item.is_answerable:
            raise KeyError(path)
        return node, node.item

    def _free_repeat(self, path: str) -> ResponseNode:
        node = self._node(path)
        if node.instances is None or not isinstance(node.item, Repeat):
            raise KeyError(path)
        if node.item.count:
            raise ValueError(_("La cantidad depende de otra respuesta y no se cambia acá."))
        return node

    def _nodes_of(self, section: Section | None) -> Iterator[ResponseNode]:
        if section is None:
            return self._tree.root.subtree()
        return (node for item in section.items for node in self._tree.root.children[item.name].subtree())

    def _is_pinned(self, node: ResponseNode) -> bool:
        question = node.item
        if not isinstance(question, Question):
            return False
        formulas = self._form.formulas[question.path]
        if formulas.calculation is not None:
            return "once" in formulas.calculation.functions
        return formulas.default is not None or question.type in _PINNED_TYPES

    def _shaped(self, path: str, text: str) -> Answer:
        node = self._tree.by_path.get(path)
        several = (
            node is not None and isinstance(node.item, Question) and node.item.type in SEVERAL_CHOICES_TYPES
        )
        return text.split() if several else text


def _plain(value: Answer) -> str:
    return value if isinstance(value, str) else " ".join(value)
