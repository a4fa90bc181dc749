"""Which item of one version is which item of the other."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from evaluate.engine.definition import FormDefinition, Item, Question

Key = Callable[[Item], object]


def matched(old: FormDefinition, new: FormDefinition) -> dict[str, str]:
    """Return the old path of each new path that was there before.

    An item is the same if it stands at the same path; else if its name is the only one of that name left over on both
    sides (it moved); else if it asks the same in the same way (it was renamed).
    """
    pairs = {
        path: path
        for path, item in new.by_path.items()
        if path in old.by_path and isinstance(item, Question) == isinstance(old.by_path[path], Question)
    }
    for key in (_by_name, _by_words):
        left_old = _alone(_left(old, pairs.values()), key)
        left_new = _alone(_left(new, pairs), key)
        pairs.update({left_new[mark]: left_old[mark] for mark in left_new if mark in left_old})
    return pairs


def moved(old: FormDefinition, new: FormDefinition, pairs: dict[str, str]) -> set[str]:
    """Return the new paths of the items that stand in another group, or at another place among their siblings.

    The fewest that explain the new order are said to have moved: a question put first does not move all others.
    """
    places = {path: place for place, path in enumerate(old.by_path)}
    siblings: dict[str, list[str]] = {}
    found = set()
    for path, old_path in pairs.items():
        parent, old_parent = _parent(path), _parent(old_path)
        if pairs.get(parent, "") != old_parent and (parent or old_parent):
            found.add(path)
        else:
            siblings.setdefault(parent, []).append(path)
    order = {path: place for place, path in enumerate(new.by_path)}
    for paths in siblings.values():
        paths.sort(key=order.__getitem__)
        kept = _longest_rising([places[pairs[path]] for path in paths])
        found.update(path for place, path in enumerate(paths) if place not in kept)
    return found


def _left(definition: FormDefinition, taken: Iterable[str]) -> list[Item]:
    gone = set(taken)
    return [item for path, item in definition.by_path.items() if path not in gone]


def _alone(items: Sequence[Item], key: Key) -> dict[object, str]:
    marks = [(key(item), item.path) for item in items]
    often = Counter(mark for mark, _path in marks)
    return {mark: path for mark, path in marks if mark is not None and often[mark] == 1}


def _by_name(item: Item) -> object:
    return (item.name, isinstance(item, Question))


def _by_words(item: Item) -> object:
    if not item.label:
        return None
    return (getattr(item, "type", ""), tuple(sorted(item.label.items())))


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The places of a longest rising run of numbers, not necessarily neighbours (patience sorting)."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(at[length - 1] if length else None)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [place]
    kept: set[int] = set()
    place_now = at[-1] if at else None
    while place_now is not None:
        kept.add(place_now)
        place_now = before[place_now]
    return kept
