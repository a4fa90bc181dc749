"""How one sequence becomes another with the fewest steps (Myers 1986), given up where it would take too long."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# A tenth of a second.
MOST_STEPS = 200_000


@dataclass
class Effort:
    """What may still be spent on comparing: all the parts of one page share it."""

    left: int = MOST_STEPS


@dataclass(frozen=True)
class Stretch:
    """A stretch of two sequences: the same in both, or one in the place of the other."""

    is_same: bool
    start: int
    end: int
    other_start: int
    other_end: int


def stretches(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Stretch]:
    """Yield what stayed and what changed, in order; the whole middle is one change where effort does not suffice."""
    head, tail = common_ends(old, new)
    middle, other_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    end = other_end = 0
    ends = [
        (0, 0, head),
        *_matches(middle, other_middle, head, effort),
        (len(old) - tail, len(new) - tail, tail),
    ]
    for start, other_start, size in ends:
        if (start, other_start) != (end, other_end):
            yield Stretch(False, end, start, other_end, other_start)
        end, other_end = start + size, other_start + size
        if size:
            yield Stretch(True, start, end, other_start, other_end)


def common_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how much two sequences share at the beginning, and of the rest at the end."""
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _matches(
    old: Sequence[str], new: Sequence[str], shift: int, effort: Effort
) -> list[tuple[int, int, int]]:
    """Return the stretches that stayed, as their starts and their length."""
    if not old or not new:
        return []
    rounds = _rounds(old, new, effort)
    if rounds is None:
        return []
    found: list[tuple[int, int, int]] = []
    x, y = len(old), len(new)
    for number in range(len(rounds) - 1, -1, -1):
        at, diagonal = (x - y + number) // 2, x - y
        before = rounds[number - 1] if number else []
        begun = _begin(before, at, number) if number else 0
        if x > begun:
            found.append((begun + shift, begun - diagonal + shift, x - begun))
        is_gone = bool(number) and _is_deletion(before, at, number)
        x, y = (begun - 1, begun - diagonal) if is_gone else (begun, begun - diagonal - 1)
    return found[::-1]


def _rounds(old: Sequence[str], new: Sequence[str], effort: Effort) -> list[list[int]] | None:
    """Return how far one gets with no step, one, two…, on each diagonal; nothing where it takes too many."""
    rounds: list[list[int]] = []
    while True:
        number, steps = len(rounds), 0
        reached: list[int] = []
        for at in range(number + 1):
            begun = x = _begin(rounds[-1], at, number) if rounds else 0
            y = x - (2 * at - number)
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            reached.append(x)
            if x >= len(old) and y >= len(new):
                return [*rounds, reached]
            steps += 1 + x - begun
            if steps > effort.left:
                return None
        rounds.append(reached)
        effort.left -= steps


def _begin(before: list[int], at: int, number: int) -> int:
    """Return where a diagonal is entered from the round before."""
    return before[at - 1] + 1 if _is_deletion(before, at, number) else before[at]


def _is_deletion(before: list[int], at: int, number: int) -> bool:
    return at == number or (at > 0 and before[at - 1] >= before[at])
