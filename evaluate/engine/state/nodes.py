"""The places of a response, and the rows of lists, as formulas see them."""

from collections.abc import Iterator, Mapping, Sequence

from evaluate.engine.definition import Choice, Item, Question
from evaluate.engine.question_types import NUMERIC_TYPES


class ResponseNode:
    """A question, group or repeat instance of one response; the root stands for the whole of it.

    A repeat itself is a node too: it holds its instances, and paths step over it.
    """

    __slots__ = (
        "children",
        "instances",
        "is_numeric",
        "item",
        "parent",
        "path",
        "position",
        "relevant",
        "value",
    )

    def __init__(
        self, item: Item | None, parent: "ResponseNode | None", path: str, position: int = 1
    ) -> None:
        """Make a node without children; it is relevant until its formula says otherwise."""
        self.item = item
        self.parent = parent
        self.path = path
        self.position = position
        self.children: dict[str, ResponseNode] = {}
        self.instances: list[ResponseNode] | None = None
        self.relevant = True
        self.value = ""
        self.is_numeric = isinstance(item, Question) and item.type in NUMERIC_TYPES

    @property
    def item_path(self) -> str:
        """The path of its item, without repeat numbers; empty for the root."""
        return self.item.path if self.item is not None else ""

    @property
    def text(self) -> str:
        """Its value, as long as it is relevant."""
        return self.value if self.relevant else ""

    def child_nodes(self, name: str) -> Sequence["ResponseNode"]:
        """The relevant nodes of a name directly inside it, a repeat's instances one by one."""
        children = self.children.values() if name == "*" else filter(None, (self.children.get(name),))
        return [node for child in children for node in child.spread() if node.relevant]

    def spread(self) -> Sequence["ResponseNode"]:
        """The node itself, or a repeat's instances in its place."""
        return (self,) if self.instances is None else self.instances

    def subtree(self) -> Iterator["ResponseNode"]:
        """The node and all inside it, in the order of the questionnaire."""
        yield self
        for inner in self.instances if self.instances is not None else self.children.values():
            yield from inner.subtree()


class TextNode:
    """A cell of a list or table."""

    __slots__ = ("parent", "text")

    is_numeric = False
    position = 1

    def __init__(self, text: str, parent: "RowNode") -> None:
        """Hold the cell's text."""
        self.text = text
        self.parent = parent

    def child_nodes(self, name: str) -> Sequence["TextNode"]:
        """Nothing is inside a cell."""
        return ()


class RowNode:
    """A row of a choice list or attached table; its cells are its children."""

    __slots__ = ("_cells", "parent", "position")

    is_numeric = False
    text = ""

    def __init__(self, cells: Mapping[str, str], parent: "ListNode | None" = None, position: int = 1) -> None:
        """Hold the cells by column."""
        self._cells = cells
        self.parent = parent
        self.position = position

    def child_nodes(self, name: str) -> Sequence[TextNode]:
        """The cell of a column, if the row has it."""
        if name == "*":
            return [TextNode(text, self) for text in self._cells.values()]
        text = self._cells.get(name)
        return () if text is None else (TextNode(text, self),)


class ListNode:
    """What `instance('name')` is: a list under `/root/item`."""

    __slots__ = ("_rows",)

    is_numeric = False
    text = ""
    position = 1
    parent = None

    def __init__(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Hold the rows of the list."""
        self._rows = rows

    def child_nodes(self, name: str) -> Sequence["ListNode | RowNode"]:
        """The list itself under `root`, its rows under `item`."""
        if name == "root":
            return (self,)
        if name == "item":
            return [RowNode(row, self, place) for place, row in enumerate(self._rows, start=1)]
        return ()


def choice_cells(choice: Choice, label: str) -> dict[str, str]:
    """A choice as a row: its extra columns, its name, and its label in one language."""
    return {**choice.columns, "name": choice.name, "label": label}
