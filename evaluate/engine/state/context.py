"""What a formula sees of a response."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random

from evaluate.engine.compiled import CompiledForm
from evaluate.engine.definition import Choice, Question, Repeat, Texts
from evaluate.engine.expressions import Node, NodeSet, to_text
from evaluate.engine.state.nodes import ListNode, ResponseNode, choice_cells
from evaluate.engine.state.tree import ResponseTree
from evaluate.engine.templates import fill


class Surroundings:
    """What all formulas of a response share: its nodes, the clock, the language and chance."""

    def __init__(self, form: CompiledForm, tree: ResponseTree, now: datetime, language: str) -> None:
        """Keep them together."""
        self.form = form
        self.tree = tree
        self.now = now
        self.language = language
        # Forms draw lots with it; nothing secret is made from it.
        self.random = Random()  # noqa: S311
        self._repeats_around: dict[str, frozenset[str]] = {}

    def nearest(self, name: str, current: ResponseNode) -> NodeSet:
        """The nodes of a name that share the current node's repeat instances."""
        target = self.form.index.find(name, current.item_path)
        if target is None:
            return NodeSet()
        nodes = self.tree.by_item.get(target, [])
        shared = self._shared_instance(target, current)
        return NodeSet(
            node for node in nodes if node.relevant and (shared is None or _is_inside(node, shared))
        )

    def everywhere(self, name: str, current: ResponseNode) -> NodeSet:
        """All relevant nodes of a name."""
        target = self.form.index.find(name, current.item_path)
        nodes = self.tree.by_item.get(target, []) if target is not None else []
        return NodeSet(node for node in nodes if node.relevant)

    def choice_label(self, choice: Choice) -> str:
        """A choice's text in the language of the response, or its name."""
        return self.form.definition.text(choice.label, self.language) or choice.name

    def text(self, node: ResponseNode, texts: Texts) -> str:
        """One of an item's texts in the language of the response, with the answers it mentions."""
        return fill(
            self.form.definition.text(texts, self.language), lambda name: to_text(self.nearest(name, node))
        )

    def rows(self, name: str) -> Sequence[Mapping[str, str]] | None:
        """A choice list or attached table by name."""
        definition = self.form.definition
        if name in definition.choice_lists:
            return [
                choice_cells(choice, self.choice_label(choice)) for choice in definition.choice_lists[name]
            ]
        return definition.tables.get(name)

    def _shared_instance(self, target: str, current: ResponseNode) -> ResponseNode | None:
        around = self._repeats_around.get(target)
        if around is None:
            around = frozenset(
                path
                for path, item in self.form.definition.by_path.items()
                if isinstance(item, Repeat) and target.startswith(f"{path}/")
            )
            self._repeats_around[target] = around
        node: ResponseNode | None = current if around else None
        while node is not None:
            if node.item_path in around and node.instances is None:
                return node
            node = node.parent
        return None


class ResponseContext:
    """One formula's view: where it stands, in the surroundings that all share."""

    __slots__ = ("_surroundings", "current", "node")

    def __init__(self, surroundings: Surroundings, current: ResponseNode, node: Node | None = None) -> None:
        """Stand at `current`, with paths starting from `node` (the same one unless told otherwise)."""
        self._surroundings = surroundings
        self.current = current
        self.node: Node = current if node is None else node

    @property
    def now(self) -> datetime:
        """The moment of evaluation."""
        return self._surroundings.now

    @property
    def random(self) -> Random:
        """The source of chance."""
        return self._surroundings.random

    @property
    def root(self) -> Node:
        """The whole response."""
        return self._surroundings.tree.root

    def at(self, node: Node) -> "ResponseContext":
        """The same view with paths starting from another node."""
        return ResponseContext(self._surroundings, self.current, node)

    def resolve(self, name: str) -> NodeSet:
        """What `${name}` means here."""
        return self._surroundings.nearest(name, self.current)

    def resolve_everywhere(self, name: str) -> NodeSet:
        """All nodes of that name."""
        return self._surroundings.everywhere(name, self.current)

    def instance(self, name: str) -> NodeSet:
        """A choice list or attached table."""
        rows = self._surroundings.rows(name)
        return NodeSet() if rows is None else NodeSet((ListNode(rows),))

    def table(self, name: str) -> Sequence[Mapping[str, str]]:
        """The rows of an attached table."""
        return self._surroundings.form.definition.tables.get(name, ())

    def choice_label(self, question: str, choice: str) -> str:
        """The text of a question's choice."""
        form = self._surroundings.form
        path = form.index.find(question, self.current.item_path)
        item = form.definition.by_path.get(path) if path is not None else None
        found = form.choice(item.choice_list, choice) if isinstance(item, Question) else None
        return self._surroundings.choice_label(found) if found is not None else choice


def _is_inside(node: ResponseNode, instance: ResponseNode) -> bool:
    around: ResponseNode | None = node
    while around is not None:
        if around is instance:
            return True
        around = around.parent
    return False
