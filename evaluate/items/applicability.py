"""Questions that may be said not to apply, as the pages show them."""

from dataclasses import dataclass

from evaluate.answering.page_node import PageNode
from evaluate.engine.definition import NOT_APPLICABLE_REFUSED
from evaluate.engine.state import FormState


@dataclass(frozen=True)
class Exempted:
    """A question that does not apply, with the reason that was given."""

    path: str
    label: str
    reason: str

    @property
    def has_reason(self) -> bool:
        """Whether somebody wrote why."""
        return bool(self.reason.strip())


def may_not_apply(node: PageNode) -> bool:
    """Say whether people are offered to say that a question does not apply to them."""
    return node.state.definition.not_applicable_rule(node.question) != NOT_APPLICABLE_REFUSED


def is_not_applicable(node: PageNode) -> bool:
    """Say whether a question was said not to apply."""
    return node.state.is_not_applicable(node.path)


def reason_of(node: PageNode) -> str:
    """Return why a question does not apply; nothing where it does."""
    return node.state.not_applicable.get(node.path, "") if is_not_applicable(node) else ""


def exempted_questions(state: FormState) -> list[Exempted]:
    """List what was said not to apply and is asked now, in no particular order of sections."""
    return [
        Exempted(path, state.label(path), reason)
        for path, reason in state.not_applicable.items()
        if state.visible(path)
    ]
