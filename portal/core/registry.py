"""Typed registries: how apps contribute to pages whose owners do not know them."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Identified(Protocol):
    """Anything with an id that is unique within its registry."""

    @property
    def id(self) -> str:
        """The name that no other item of the registry has."""
        ...


Item = TypeVar("Item", bound=Identified)


class DuplicateId(ValueError):
    """Two hooks registered the same id."""


class UnknownId(LookupError):
    """Nobody registered this id."""


class Registry(Generic[Item]):
    """Named things in the order of their `order` attribute (where they have one), then of registration."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, Item] = {}

    def register(self, item: Item) -> Item:
        """Add an item.

        Raises:
            DuplicateId: its id is taken.
        """
        if item.id in self._items:
            raise DuplicateId(f'"{item.id}" is already registered in {self.name}.')
        self._items[item.id] = item
        return item

    def get(self, item_id: str) -> Item:
        """Return the item with this id.

        Raises:
            UnknownId: nobody registered it.
        """
        try:
            return self._items[item_id]
        except KeyError:
            raise UnknownId(f'"{item_id}" is not registered in {self.name}.') from None

    def __contains__(self, item_id: str) -> bool:
        return item_id in self._items

    def __iter__(self) -> Iterator[Item]:
        return iter(sorted(self._items.values(), key=lambda item: getattr(item, "order", 0)))

    def __len__(self) -> int:
        return len(self._items)
