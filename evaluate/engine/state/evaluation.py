"""Works out what is relevant and what is calculated, in the order that the formulas ask for."""

from collections.abc import Iterable, Mapping
from math import isfinite, isnan, trunc

from evaluate.engine.compiled import CompiledForm
from evaluate.engine.definition import Question
from evaluate.engine.expressions import Expression, Value, to_boolean, to_number, to_text
from evaluate.engine.expressions.dates import iso_date, iso_datetime, parse_stamp, stamp_from_days
from evaluate.engine.expressions.values import clipped
from evaluate.engine.question_types import METADATA_TYPES, QuestionType
from evaluate.engine.state.context import ResponseContext, Surroundings
from evaluate.engine.state.nodes import ResponseNode
from evaluate.engine.state.tree import ResponseTree


class Evaluation:
    """Keeps the nodes of a response up to date with its answers."""

    def __init__(
        self,
        surroundings: Surroundings,
        answers: Mapping[str, str],
        metadata: Mapping[str, str],
        not_applicable: Mapping[str, str],
    ) -> None:
        """Take the answers as texts by path (kept by reference), what is known about the person, and the reasons
        why something is not applicable, by path (kept by reference too).
        """
        self._surroundings = surroundings
        self._form: CompiledForm = surroundings.form
        self._tree: ResponseTree = surroundings.tree
        self._answers = answers
        self._metadata = metadata
        self._not_applicable = not_applicable
        self.changed: dict[str, tuple[str, bool]] = {}
        self.structure_changed = False

    def run(self, dirty: Iterable[str] | None = None) -> None:
        """Work out the items at these item paths and whatever looks at those that change; None for all.

        `changed` then holds, for each node that changed, its text and relevance as they were before.
        """
        self.changed, self.structure_changed = {}, False
        pending = set(self._form.order if dirty is None else dirty)
        for path in self._form.order:
            if path in pending and self._update_item(path):
                pending.update(self._form.dependents.get(path, ()))
                pending.update(self._form.contents.get(path, ()))

    def context(self, node: ResponseNode) -> ResponseContext:
        """A formula's view from a node."""
        return ResponseContext(self._surroundings, node)

    def holds(self, expression: Expression | None, node: ResponseNode) -> bool:
        """Whether a condition holds for a node; without a condition it does not."""
        return expression is not None and to_boolean(expression.evaluate(self.context(node)))

    def _update_item(self, path: str) -> bool:
        containers = self._tree.containers.get(path)
        if containers is not None:
            updates = [self._update_repeat(container) for container in list(containers)]
        else:
            updates = [self._update_node(node) for node in self._tree.by_item.get(path, ())]
        # Every node is worked out before any() looks, since it would stop at the first change.
        return any(updates)

    def _update_repeat(self, container: ResponseNode) -> bool:
        count = self._form.formulas[container.item_path].count
        changed = self._note(container, "", self._is_relevant(container))
        if count is not None:
            wanted = to_number(count.evaluate(self.context(container)))
            if self._tree.set_instances(container, trunc(wanted) if isfinite(wanted) else 0):
                self.structure_changed = changed = True
        for instance in container.instances or ():
            changed = self._note(instance, "", container.relevant) or changed
        return changed

    def _update_node(self, node: ResponseNode) -> bool:
        relevant = self._is_relevant(node)
        value = self._value_of(node, node.item) if isinstance(node.item, Question) else ""
        return self._note(node, value, relevant)

    def _note(self, node: ResponseNode, value: str, relevant: bool) -> bool:
        if node.value == value and node.relevant == relevant:
            return False
        self.changed.setdefault(node.path, (node.text, node.relevant))
        node.value, node.relevant = value, relevant
        return True

    def _is_relevant(self, node: ResponseNode) -> bool:
        if node.parent is not None and not node.parent.relevant:
            return False
        expression = self._form.formulas[node.item_path].relevant
        return expression is None or self.holds(expression, node)

    def _value_of(self, node: ResponseNode, question: Question) -> str:
        formulas = self._form.formulas[question.path]
        if formulas.calculation is not None:
            # once() looks at what was there before, also in an earlier visit.
            node.value = node.value or self._answers.get(node.path, "")
            return as_answer(formulas.calculation.evaluate(self.context(node)), question.type)
        if node.path in self._not_applicable:
            return ""
        if node.path in self._answers:
            return self._answers[node.path]
        if question.type in METADATA_TYPES:
            return self._metadata_value(question.type)
        if formulas.default is not None:
            return node.value or as_answer(formulas.default.evaluate(self.context(node)), question.type)
        return question.default

    def _metadata_value(self, kind: QuestionType) -> str:
        if kind is QuestionType.TODAY:
            return iso_date(self._surroundings.now)
        if kind in {QuestionType.START, QuestionType.END}:
            return iso_datetime(self._surroundings.now)
        return self._metadata.get(kind.value, "")


def as_answer(value: Value, kind: QuestionType) -> str:
    """A formula's result as a question keeps it: nothing for "not a number", whole for integers."""
    if isinstance(value, float):
        return _number_answer(value, kind)
    text = clipped(to_text(value))
    if kind is QuestionType.DATE and (stamp := parse_stamp(text)) is not None:
        return iso_date(stamp)
    return text


def _number_answer(number: float, kind: QuestionType) -> str:
    if isnan(number):
        return ""
    if kind is QuestionType.INTEGER and isfinite(number):
        return str(trunc(number))
    if kind in {QuestionType.DATE, QuestionType.DATETIME}:
        stamp = stamp_from_days(number)
        write = iso_date if kind is QuestionType.DATE else iso_datetime
        return write(stamp) if stamp is not None else ""
    return to_text(number)
