"""What is said of a town in an anonymised file: never what fewer than five of its towns have in common.

Province, size and date are quasi-identifiers: none names a town, and together they may single one out. Each combination
that too few towns share is said more generally, step by step, until at least five share it (k-anonymity by local
generalisation: L. Sweeney, "Achieving k-Anonymity Privacy Protection Using Generalization and Suppression", 2002).
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

FEWEST = 5


@dataclass(frozen=True, order=True)
class Traits:
    """What could help to guess a town: empty where it is not said."""

    province: str = ""
    band: str = ""
    year: str = ""
    quarter: str = ""


NOTHING = Traits()
_STEPS: tuple[Callable[[Traits], Traits], ...] = (
    lambda traits: traits,
    lambda traits: replace(traits, quarter=""),
    lambda traits: replace(traits, quarter="", band=""),
    lambda traits: replace(traits, quarter="", province=""),
    lambda traits: Traits(year=traits.year),
    lambda traits: NOTHING,
)


def said_of(unknown: Mapping[Traits, int], public: Mapping[Traits, int]) -> dict[Traits, Traits]:
    """Return what is said of the towns of each combination; nothing at all where too few could be meant.

    Whoever reads the public results finds their rows by what was answered: those hide nobody, and are not counted.

    Args:
        unknown: how many towns of each combination keep their result to themselves.
        public: how many made it public.
    """
    hiding = sum(unknown.values())
    if 0 < hiding < FEWEST or hiding + sum(public.values()) < FEWEST:
        return {}
    return {traits: traits for traits in public} | generalised(unknown)


def generalised(counts: Mapping[Traits, int]) -> dict[Traits, Traits]:
    """Return what is said of the towns of each combination; whatever is said is said of at least five towns.

    Args:
        counts: how many towns have each combination. Nothing is said of any where there are fewer than five in all:
            the result is empty.
    """
    if sum(counts.values()) < FEWEST:
        return {}
    said: dict[Traits, Traits] = {}
    rest = dict(counts)
    for step in _STEPS:
        groups: Counter[Traits] = Counter()
        for traits, count in rest.items():
            groups[step(traits)] += count
        done = {traits for traits in rest if groups[step(traits)] >= FEWEST}
        said |= {traits: step(traits) for traits in done}
        rest = {traits: count for traits, count in rest.items() if traits not in done}
    return _with_the_last(said, rest, counts)


def _with_the_last(
    said: dict[Traits, Traits], rest: dict[Traits, int], counts: Mapping[Traits, int]
) -> dict[Traits, Traits]:
    """Hide the last few towns among those of the smallest groups, of which then nothing is said either."""
    hidden = sum(rest.values())
    said |= dict.fromkeys(rest, NOTHING)
    while 0 < hidden < FEWEST:
        sizes: Counter[Traits] = Counter()
        for traits, shown in said.items():
            if shown != NOTHING:
                sizes[shown] += counts[traits]
        smallest = min(sizes, key=lambda shown: (sizes[shown], shown))
        said = {traits: NOTHING if shown == smallest else shown for traits, shown in said.items()}
        hidden += sizes[smallest]
    return said
