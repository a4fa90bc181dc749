"""What an answer changed elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evaluate.engine.compiled import CompiledForm
from evaluate.engine.state.tree import ResponseTree

NO_PATHS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Changes:
    """Answer paths whose visibility, value, texts or choices are not what they were.

    structure: repeats came or went, so the section has to be drawn anew.
    """

    shown: frozenset[str] = NO_PATHS
    hidden: frozenset[str] = NO_PATHS
    values: frozenset[str] = NO_PATHS
    labels: frozenset[str] = NO_PATHS
    choices: frozenset[str] = NO_PATHS
    structure: bool = field(default=False)

    def __bool__(self) -> bool:
        """Whether the page has anything to update."""
        return bool(self.shown or self.hidden or self.values or self.labels or self.choices or self.structure)


def changes_from(
    changed: Mapping[str, tuple[str, bool]], tree: ResponseTree, form: CompiledForm, structure: bool
) -> Changes:
    """Sort the nodes that changed, and those that look at them, by what the page has to do.

    changed: for each path, its text and relevance as they were before.
    """
    shown: set[str] = set()
    hidden: set[str] = set()
    values: set[str] = set()
    items: set[str] = set()
    for path, (text, relevant) in changed.items():
        node = tree.by_path.get(path)
        if node is None or node.item is None:
            continue
        items.add(node.item.path)
        if node.relevant != relevant:
            (shown if node.relevant else hidden).add(path)
        if node.text != text:
            values.add(path)
    return Changes(
        frozenset(shown),
        frozenset(hidden),
        frozenset(values),
        _places(items, form.text_dependents, tree),
        _places(items, form.filter_dependents, tree),
        structure,
    )


def _places(items: set[str], dependents: Mapping[str, tuple[str, ...]], tree: ResponseTree) -> frozenset[str]:
    found = {path for item in items for path in dependents.get(item, ())}
    return frozenset(node.path for path in found for node in tree.by_item.get(path, ()))
