"""Which items a formula looks at, found without any answers."""

from collections.abc import Iterable, Iterator

from evaluate.engine.definition import FormDefinition, Group, Item
from evaluate.engine.expressions import Expression
from evaluate.engine.expressions.nodes import Call, Path, Reference


class ItemIndex:
    """Finds a definition's items by name and by the paths that formulas write."""

    def __init__(self, definition: FormDefinition) -> None:
        """Index the items of a definition."""
        self._items = definition.by_path
        self._by_name: dict[str, list[str]] = {}
        for path, item in self._items.items():
            self._by_name.setdefault(item.name, []).append(path)

    def find(self, name: str, owner: str) -> str | None:
        """The path that `${name}` means for the item at `owner`: the nearest of that name, if any."""
        paths = self._by_name.get(name)
        if not paths:
            return None
        return paths[0] if len(paths) == 1 else max(paths, key=lambda path: _common_length(path, owner))

    def looked_at(self, expression: Expression, owner: str) -> set[str]:
        """The paths of all items on whose value or relevance a formula of `owner` depends."""
        named = (self.find(name, owner) for name in expression.references)
        found = {path for path in named if path is not None}
        for written in expression.paths:
            found.update(self._targets(written, owner))
        return found

    def unknown_paths(self, expression: Expression, owner: str) -> Iterator[str]:
        """The written paths of a formula that lead nowhere in this questionnaire, as written."""
        for path in expression.paths:
            if not _is_self(path) and self._starts(path, owner) and not self._targets(path, owner):
                yield "/".join(step.name for step in path.steps)

    def _starts(self, path: Path, owner: str) -> set[str]:
        if path.start is None:
            return {owner}
        if isinstance(path.start, str):
            return {""}
        if isinstance(path.start, Reference):
            found = self.find(path.start.name, owner)
            return {found} if found is not None else set()
        if isinstance(path.start, Call) and path.start.name == "current":
            return {owner}
        return set()

    def _targets(self, path: Path, owner: str) -> set[str]:
        if _is_self(path):
            return set()
        reached = self._starts(path, owner)
        passed: set[str] = set()
        for step in path.steps:
            reached = {target for start in reached for target in self._step(start, step.name)}
            if step.predicates:
                passed.update(inner for target in reached for inner in self._within(target))
        return reached | passed

    def _step(self, start: str, name: str) -> Iterable[str]:
        if name == ".":
            return (start,)
        if name == "..":
            return (start.rpartition("/")[0],) if start else ()
        if name == "*":
            return (path for path in self._items if path.rpartition("/")[0] == start)
        child = f"{start}/{name}"
        return (child,) if child in self._items else ()

    def _within(self, path: str) -> Iterator[str]:
        item = self._items.get(path)
        yield from (inner for inner in self._items if inner.startswith(f"{path}/"))
        if isinstance(item, Group):
            yield path


def parent_path(item: Item) -> str:
    """The path of the group that an item is in; empty at the top."""
    return item.path.rpartition("/")[0]


def _is_self(path: Path) -> bool:
    """`.`, which only looks at the item itself."""
    return path.start is None and all(step.name == "." for step in path.steps)


def _common_length(path: str, owner: str) -> int:
    length = 0
    for one, other in zip(path.split("/"), owner.split("/"), strict=False):
        if one != other:
            break
        length += 1
    return length
