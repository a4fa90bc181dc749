"""Two answers to one question: the one that somebody gave meanwhile, and the one that the reader sends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from evaluate.answering.held import held_mark
from evaluate.answering.page_node import PageNode
from evaluate.engine.question_types import SEVERAL_CHOICES_TYPES
from evaluate.items.applicability import is_not_applicable, reason_of
from evaluate.models import Answer, Evaluation
from evaluate.services.answering import Given


@dataclass(frozen=True)
class Conflict:
    """What stands against what, in words, and what it takes to keep the reader's own.

    Args:
        mark: of what is kept by now; whoever keeps her own says with it which answer she saw and replaces.
    """

    path: str
    given: Given
    who: str
    is_own: bool
    at: datetime
    theirs: str
    mine: str
    mark: str

    @property
    def mine_posted(self) -> list[str]:
        """The reader's answer as her browser would send it again."""
        value = self.given.value
        return [] if value is None else [value] if isinstance(value, str) else value


def conflicts_among(
    overtaken: Mapping[str, tuple[PageNode, Given]],
    *,
    evaluation: Evaluation,
    user: Any,
    is_from_outbox: bool = False,
) -> dict[str, Conflict]:
    """Say which of the answers that were overtaken stand against somebody else's. One query when there are any.

    Against her own, given in another window, the later one counts; but what a browser kept while it had no
    connection may be older than what the same person answered elsewhere since.
    """
    if not overtaken:
        return {}
    answers = Answer.objects.filter(evaluation=evaluation, path__in=overtaken).select_related("answered_by")
    found = {}
    for answer in answers:
        is_own = answer.answered_by_id == user.pk
        if is_from_outbox or not is_own:
            node, given = overtaken[answer.path]
            who = "" if answer.answered_by is None else answer.answered_by.get_full_name()
            found[answer.path] = Conflict(
                path=answer.path,
                given=given,
                who=who or _("Otra persona de tu municipio"),
                is_own=is_own,
                at=answer.answered_at,
                theirs=_in_words(node, stored_given(node)),
                mine=_in_words(node, given),
                mark=held_mark(node),
            )
    return found


def stored_given(node: PageNode) -> Given:
    """Return what a question holds now."""
    return Given(node.value, reason_of(node) if is_not_applicable(node) else None)


def _in_words(node: PageNode, given: Given) -> str:
    if given.reason is not None:
        return _("no aplica: %(reason)s") % {"reason": given.reason or _("sin motivo todavía")}
    value = node.state.answers.get(node.path, "") if given.value is None else given.value
    return answer_in_words(node, value if isinstance(value, str) else " ".join(value))


def answer_in_words(node: PageNode, value: str) -> str:
    """Return an answer to a question as people read it."""
    if not value:
        return _("sin respuesta")
    if not node.is_chosen_from:
        return value
    labels = {choice.name: node.state.choice_label(choice) for choice in node.state.choices(node.path)}
    names = value.split() if node.question.type in SEVERAL_CHOICES_TYPES else [value]
    return ", ".join(labels.get(name, name) for name in names)
