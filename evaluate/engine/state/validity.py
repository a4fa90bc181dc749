"""What is missing or wrong among the answers, in words for the person answering."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from evaluate.engine.definition import Question
from evaluate.engine.question_types import SELECT_TYPES
from evaluate.engine.state.answer_checks import choice_error, type_error
from evaluate.engine.state.context import Surroundings
from evaluate.engine.state.evaluation import Evaluation
from evaluate.engine.state.nodes import ResponseNode
from evaluate.engine.state.offers import offered_choices


class Validity:
    """Judges the nodes of one response."""

    def __init__(
        self, surroundings: Surroundings, evaluation: Evaluation, not_applicable: Mapping[str, str]
    ) -> None:
        """Take the response's nodes and formulas, and the reasons why something is not applicable (by reference)."""
        self._surroundings = surroundings
        self._evaluation = evaluation
        self._formulas = surroundings.form.formulas
        self._not_applicable = not_applicable

    def is_asked(self, node: ResponseNode) -> bool:
        """Whether a person is asked for this answer and can give it: in view, not calculated, not fixed."""
        if not self._is_in_view(node):
            return False
        formulas = self._formulas[node.item_path]
        if formulas.calculation is not None or self._evaluation.holds(formulas.read_only, node):
            return False
        return bool(node.value) or self._can_be_answered(node)

    def _can_be_answered(self, node: ResponseNode) -> bool:
        """A select whose filter leaves nothing to choose cannot."""
        if not isinstance(node.item, Question) or not _has_choices(node.item):
            return True
        return bool(offered_choices(self._surroundings, node))

    def _is_in_view(self, node: ResponseNode) -> bool:
        """Whether the page shows an answer here, given or calculated; both are judged."""
        return isinstance(node.item, Question) and node.relevant and node.item.is_answerable

    def is_missing(self, node: ResponseNode) -> bool:
        """Whether an answer is required and is not there, though it could be."""
        question = node.item
        if node.value or not isinstance(question, Question) or not self._is_in_view(node):
            return False
        if node.path in self._not_applicable:
            return False
        if not self._evaluation.holds(self._formulas[question.path].required, node):
            return False
        return self._can_be_answered(node)

    def required_message(self, node: ResponseNode) -> str:
        """What to tell a person who left this required question empty."""
        if not isinstance(node.item, Question):
            return ""
        own = self._surroundings.text(node, node.item.required_message)
        if own or self._formulas[node.item.path].calculation is None:
            return own or _("Falta responder esta pregunta.")
        return _("Este valor se calcula y todavía falta alguna de las respuestas que usa. Completalas.")

    def errors(self, node: ResponseNode) -> tuple[str, ...]:
        """What is wrong with an answer in view; an empty one is not wrong."""
        question = node.item
        if not isinstance(question, Question) or not self._is_in_view(node):
            return ()
        if not self._not_applicable.get(node.path, "-").strip():
            return (_("Contá en una línea por qué no aplica en tu municipio."),)
        if not node.value:
            return ()
        problem = self._kind_error(question, node)
        return (problem,) if problem else self._constraint_errors(question, node)

    def _kind_error(self, question: Question, node: ResponseNode) -> str:
        """What makes it no answer of its kind; nobody could mend that in a calculated one."""
        if self._formulas[question.path].calculation is not None:
            return ""
        problem = type_error(question, node.value)
        if problem or not _has_choices(question):
            return problem
        offered = {choice.name for choice in offered_choices(self._surroundings, node)}
        return choice_error(question, node.value, offered)

    def _constraint_errors(self, question: Question, node: ResponseNode) -> tuple[str, ...]:
        constraint = self._formulas[question.path].constraint
        if constraint is None or self._evaluation.holds(constraint, node):
            return ()
        own = self._surroundings.text(node, question.constraint_message)
        return (own or _("La respuesta no cumple lo que pide la pregunta. Revisala."),)


def _has_choices(question: Question) -> bool:
    """Whether the answer is one of a list; a list whose file is missing is answered in writing."""
    return question.type in SELECT_TYPES and bool(question.choice_list or question.choices_from)
