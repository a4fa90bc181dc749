"""The texts of a response: an item's words in one language, with the answers that they mention."""

from evaluate.engine.definition import Choice, Question, Texts
from evaluate.engine.state.context import Surroundings
from evaluate.engine.state.nodes import ResponseNode


class StateTexts:
    """What a response says of its items."""

    _surroundings: Surroundings

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
        raise NotImplementedError

    def _text(self, path: str, texts: Texts) -> str:
        return self._surroundings.text(self._node(path), texts)
