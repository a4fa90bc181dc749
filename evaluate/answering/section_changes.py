"""Which parts of a section's page one answer changed."""

from dataclasses import dataclass, field

from evaluate.answering.page_node import PageNode
from evaluate.engine.question_types import Widget
from evaluate.services.answering import SavedAnswer


@dataclass(frozen=True)
class ChangedParts:
    """What to send: nodes to draw anew, and of others only the texts, the messages or what they hold; or everything.

    What is drawn anew loses what is being typed there, so only nodes whose field must change are.
    """

    redrawn: list[PageNode]
    relabelled: list[PageNode]
    judged: list[PageNode]
    answered: list[PageNode] = field(default_factory=list)
    is_whole: bool = False


WHOLE_SECTION = ChangedParts([], [], [], is_whole=True)


def changed_parts(
    nodes: list[PageNode], path: str, saved: SavedAnswer, *, is_brought_back: bool = False
) -> ChangedParts:
    """Choose the parts of the page to send after the answer to `path` was saved.

    Args:
        is_brought_back: whether an earlier answer counts again, which its field does not show yet.
    """
    origin = node_at(nodes, path)
    changes = saved.changes
    if changes.structure:
        return WHOLE_SECTION
    fields = (changes.shown | changes.hidden | changes.values | changes.choices) - {path}
    fields |= {
        node.path for top in nodes for node in top.everything() if _has_other_options(node, changes.labels)
    }
    if origin is not None and (is_brought_back or not origin.is_visible or _shows_what_it_holds(origin)):
        fields |= {path}
    redrawn: list[PageNode] = []
    for top in nodes:
        _collect(top, fields, redrawn)
    covered = {node.path for top in redrawn for node in top.everything()}
    rest = [
        node for top in nodes for node in top.everything() if node.path not in covered and node.is_visible
    ]
    return ChangedParts(
        redrawn=redrawn,
        relabelled=[node for node in rest if node.path in changes.labels],
        judged=[node for node in rest if node.path == path or node.path in saved.rejudged],
        answered=[node for node in rest if node.path == path and node.is_asked],
    )


def refused_parts(nodes: list[PageNode], path: str, refused: tuple[str, ...]) -> ChangedParts:
    """Choose the parts to send after an upload was not taken: the question with the file that it holds."""
    origin = node_at(nodes, path)
    if origin is None:
        return ChangedParts([], [], [])
    origin.refused = refused
    return ChangedParts([origin], [], [])


def conflict_parts(nodes: list[PageNode], path: str) -> ChangedParts:
    """Choose the parts to send when somebody else answered meanwhile: only the message, beside what was typed."""
    origin = node_at(nodes, path)
    return ChangedParts([], [], [origin] if origin else [])


def left_parts(nodes: list[PageNode], path: str) -> ChangedParts:
    """Choose the parts to send when the other's answer stays: the question as it is kept."""
    origin = node_at(nodes, path)
    return ChangedParts([origin] if origin else [], [], [])


def node_at(nodes: list[PageNode], path: str) -> PageNode | None:
    """Return the node of a path among these and all inside them."""
    return next((node for top in nodes for node in top.everything() if node.path == path), None)


def _has_other_options(node: PageNode, relabelled: frozenset[str]) -> bool:
    """Say whether the texts of a question's options mention an answer that changed."""
    if node.path not in relabelled or node.kind != "question" or not node.question.choice_list:
        return False
    choices = node.state.definition.choice_lists.get(node.question.choice_list, ())
    return any("${" in text for choice in choices for text in choice.label.values())


def _shows_what_it_holds(node: PageNode) -> bool:
    return node.kind == "question" and node.question.widget is Widget.UPLOAD


def _collect(node: PageNode, paths: frozenset[str] | set[str], found: list[PageNode]) -> None:
    """Take the outermost nodes among the paths; what is inside comes along."""
    if node.path in paths:
        found.append(node)
        return
    for child in node.children:
        _collect(child, paths, found)
