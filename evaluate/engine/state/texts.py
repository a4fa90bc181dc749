"""The items of a response and their texts: an item's words in one language, with the answers that they mention."""

from evaluate.engine.definition import Choice, Item, Question, Texts
from evaluate.engine.state.context import Surroundings
from evaluate.engine.state.nodes import ResponseNode
from evaluate.engine.state.tree import ResponseTree


class StateTexts:
    """A response's items, and what it says of them."""

    _surroundings: Surroundings
    _tree: ResponseTree

    def item(self, path: str) -> Item | None:
        """The question, group or repeat at an answer path."""
        return self._node(path).item

    def label(self, path: str) -> str:
        """The text of an item, with the answers it mentions."""
        item = self._node(path).item
        return self._text(path, item.label if item is not None else {})

    def hint(self, path: str) -> str:
        """The short help of an item, with the answers it mentions."""
        item = self._node(path).item
        return self._text(path, item.hint if item is not None else {})

    def guidance(self, path: str) -> str:
        """The long help of a question, with the answers it mentions."""
        item = self._node(path).item
        return self._text(path, item.guidance if isinstance(item, Question) else {})

    def evidence(self, path: str) -> str:
        """What shows that the answer holds, with the answers it mentions."""
        item = self._node(path).item
        return self._text(path, item.evidence if isinstance(item, Question) else {})

    def good(self, path: str) -> str:
        """What good looks like, with the answers it mentions."""
        item = self._node(path).item
        return self._text(path, item.good if isinstance(item, Question) else {})

    def choice_label(self, choice: Choice) -> str:
        """The text of a choice, or its name."""
        return self._surroundings.choice_label(choice)

    def _node(self, path: str) -> ResponseNode:
        return self._tree.by_path[path]

    def _text(self, path: str, texts: Texts) -> str:
        return self._surroundings.text(self._node(path), texts)
