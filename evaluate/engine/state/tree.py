"""The tree of a response: one node for each place that can hold an answer."""

import re
from collections.abc import Iterator, Mapping

from evaluate.engine.definition import FormDefinition, Group, Item, Repeat
from evaluate.engine.state.nodes import ResponseNode

MAX_INSTANCES = 500
# Repeats inside repeats multiply; this many places are beyond any real response.
MAX_NODES = 30_000
_NUMBERED = re.compile(r"\[(\d{1,6})\]")


class ResponseTree:
    """The nodes of a response, found by answer path and by item path."""

    def __init__(self, definition: FormDefinition, counts: Mapping[str, int]) -> None:
        """Build the nodes; `counts` says how many instances each repeat has, by its answer path."""
        self._counts = counts
        self.by_path: dict[str, ResponseNode] = {}
        self.by_item: dict[str, list[ResponseNode]] = {}
        self.containers: dict[str, list[ResponseNode]] = {}
        self.root = ResponseNode(None, None, "")
        for item in definition.items:
            self._grow(item, self.root)

    def set_instances(self, container: ResponseNode, number: int) -> bool:
        """Give a repeat so many instances, at most MAX_INSTANCES; say whether any came or went."""
        instances, repeat = container.instances, container.item
        wanted = max(0, min(number, MAX_INSTANCES))
        if instances is None or not isinstance(repeat, Repeat) or len(instances) == wanted:
            return False
        while len(instances) > wanted:
            self._forget(instances.pop())
        while len(instances) < wanted and self.has_room:
            instances.append(self._instance(container, repeat, len(instances) + 1))
        return True

    @property
    def has_room(self) -> bool:
        """Whether the response may still grow."""
        return len(self.by_path) < MAX_NODES

    def _grow(self, item: Item, parent: ResponseNode) -> None:
        node = ResponseNode(item, parent, f"{parent.path}/{item.name}")
        parent.children[item.name] = node
        self.by_path[node.path] = node
        if isinstance(item, Repeat):
            node.instances = []
            self.containers.setdefault(item.path, []).append(node)
            self.by_item.setdefault(item.path, [])
            if not item.count:
                self.set_instances(node, self._counts.get(node.path, 1))
            return
        self.by_item.setdefault(item.path, []).append(node)
        if isinstance(item, Group):
            for child in item.items:
                self._grow(child, node)

    def _instance(self, container: ResponseNode, repeat: Repeat, position: int) -> ResponseNode:
        instance = ResponseNode(repeat, container.parent, f"{container.path}[{position}]", position)
        instance.relevant = container.relevant
        self.by_path[instance.path] = instance
        self.by_item[repeat.path].append(instance)
        for child in repeat.items:
            self._grow(child, instance)
        return instance

    def _forget(self, instance: ResponseNode) -> None:
        for node in instance.subtree():
            del self.by_path[node.path]
            registry = self.by_item if node.instances is None else self.containers
            registry[node.item_path].remove(node)


def counts_in_answers(answers: Mapping[str, object]) -> dict[str, int]:
    """How many instances of each repeat the answers speak of."""
    counts: dict[str, int] = {}
    for path in answers:
        for match in _NUMBERED.finditer(path):
            container = path[: match.start()]
            counts[container] = max(counts.get(container, 0), int(match.group(1)))
    return counts


def renumbered(values: Mapping[str, object], container: str, removed: int) -> Iterator[tuple[str, object]]:
    """The entries of a dict by path after an instance was taken out: those behind it move up."""
    for path, value in values.items():
        match = _NUMBERED.match(path, len(container)) if path.startswith(container) else None
        if match is None or int(match.group(1)) < removed:
            yield path, value
        elif int(match.group(1)) > removed:
            yield f"{container}[{int(match.group(1)) - 1}]{path[match.end() :]}", value
