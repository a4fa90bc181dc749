"""A section as the answer page draws it: a tree of groups, repeated groups and questions."""

from evaluate.answering.page_node import PageNode
from evaluate.engine.definition import FormDefinition, Section
from evaluate.engine.paths import template_path
from evaluate.engine.state import FormState, Step

ROW_APPEARANCES = frozenset({"likert", "horizontal", "horizontal-compact", "columns-flex", "table-list"})


def section_nodes(state: FormState, section: Section) -> list[PageNode]:
    """Arrange a section's steps as a tree; what is not asked now is there as an empty place."""
    builder = _Builder(state)
    for step in state.walk(section, include_hidden=True):
        builder.take(step)
    for node in builder.top:
        node.is_section = node.item.name == section.key
    return builder.top


def element_id(definition: FormDefinition, path: str) -> str:
    """Return the id of a question's element on the page."""
    return _element_id({known: place for place, known in enumerate(definition.by_path)}, path)


class _Builder:
    """Turns the flat steps of the engine into a tree."""

    def __init__(self, state: FormState) -> None:
        self.state = state
        self.places = {path: place for place, path in enumerate(state.definition.by_path)}
        self.top: list[PageNode] = []
        self.open: list[PageNode] = []

    def take(self, step: Step) -> None:
        kind, _underscore, edge = step.kind.partition("_")
        if edge == "end":
            self.open.pop()
            return
        node = self._node(kind, step)
        (self.open[-1].children if self.open else self.top).append(node)
        if edge == "start":
            self.open.append(node)

    def _node(self, kind: str, step: Step) -> PageNode:
        return PageNode(
            kind=kind,
            path=step.path,
            item=step.item,
            dom_id=_element_id(self.places, step.path),
            state=self.state,
            is_visible=step.visible,
            number=step.number,
            can_add=step.can_add,
            can_remove=step.can_remove,
            is_row=self._is_row(step),
        )

    def _is_row(self, step: Step) -> bool:
        around = self.open[-1].item.appearance.split() if self.open else []
        own = step.item.appearance.split()
        return bool(ROW_APPEARANCES.intersection(own)) or "table-list" in around


def _element_id(places: dict[str, int], path: str) -> str:
    numbers = [part.partition("[")[2].rstrip("]") for part in path.split("/")]
    return "-".join([f"q{places[template_path(path)]}", *filter(None, numbers)])
