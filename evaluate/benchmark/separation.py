"""What keeps two views of results from being subtracted into a few towns.

A view is a set of results (a town and its run) whose figures somebody can see. Any two views must hold the same
results, or differ by at least five towns; so must what they hold of each criterion (docs/adr/0010-peer-groups.md).
Both must hold too for somebody who takes the public results out of them first.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

FEWEST = 5


@dataclass(frozen=True)
class View:
    """Results whose figures are shown.

    Args:
        results: the run of each town.
        counts: of how many towns each figure is, by its key.
        holders: the towns behind a figure, by its key, where they are not all of them.
    """

    results: Mapping[int, int]
    counts: Mapping[str, int] = field(default_factory=dict)
    holders: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def behind(self, key: str) -> Mapping[int, int]:
        """Return the results behind one figure."""
        held = self.holders.get(key)
        return self.results if held is None else {town: self.results[town] for town in held}

    def without(self, known: Set[int]) -> "View":
        """Return what is left of it for somebody who knows some runs, because they are public."""
        results = unknown_of(self.results, known)
        holders = {key: held & results.keys() for key, held in self.holders.items()}
        counts = {key: len(holders.get(key, results)) for key in self.counts}
        return View(results, counts, holders)

    def few(self) -> set[str]:
        """Return the keys whose figures are of some towns, and of fewer than five."""
        return {key for key, count in self.counts.items() if 0 < count < FEWEST}


def unknown_of(results: Mapping[int, int], known: Set[int]) -> dict[int, int]:
    """Return the results that are left when those that everybody knows are taken out."""
    return {town: run for town, run in results.items() if run not in known}


def differing(one: Mapping[int, int], other: Mapping[int, int]) -> int:
    """Count the towns that only one of two views holds, or of which they hold different runs."""
    return len({town for town, _run in one.items() ^ other.items()})


def too_close(one: Mapping[int, int], other: Mapping[int, int]) -> bool:
    """Say whether subtracting two views would leave some towns, and fewer than five."""
    if abs(len(one) - len(other)) >= FEWEST:
        return False
    return 0 < differing(one, other) < FEWEST


def keys_too_close(candidate: View, other: View) -> set[str]:
    """Return the keys whose figures would differ by a few towns only, though the two views differ by enough."""
    return {
        key
        for key in candidate.counts.keys() & other.counts.keys()
        if (key in candidate.holders or key in other.holders)
        and abs(candidate.counts[key] - other.counts[key]) < FEWEST
        and too_close(candidate.behind(key), other.behind(key))
    }


def may_be_close(counts: Mapping[str, int], others: Mapping[str, int]) -> bool:
    """Say whether any key's counts are so near that the towns behind them have to be looked at."""
    return any(abs(counts[key] - others[key]) < FEWEST for key in counts.keys() & others.keys())


def leaves_a_few(whole: Iterable[int], parts: Iterable[Iterable[int]]) -> bool:
    """Say whether all groups of a kind together hold all towns but a few."""
    rest = set(whole).difference(*parts)
    return 0 < len(rest) < FEWEST


def mask_of(towns: list[int], held: Iterable[int]) -> str:
    """Write which of some towns are held: a bit for each place, in hexadecimal."""
    # A row of letters is made at once, where adding bit by bit would copy the number each time.
    those = frozenset(held)
    bits = "".join("1" if town in those else "0" for town in reversed(towns))
    return f"{int(bits or '0', 2):x}"


def held_by(towns: list[int], mask: str) -> frozenset[int]:
    """Read what `mask_of` wrote."""
    bits = f"{int(mask, 16):b}"[::-1]
    return frozenset(town for town, bit in zip(towns, bits, strict=False) if bit == "1")
