"""What a new installation begins with, contributed by each app."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise

from portal.core.registry import Registry


@dataclass(frozen=True)
class StarterContent:
    """Content that is loaded once, and again when its version changes.

    Args:
        load: loads or brings up to date; safe to call twice; returns a line that says what was done.
        version: changes when the content does.
        order: places before solutions, areas before questionnaires.
    """

    id: str
    label: str | Promise
    load: Callable[[], str]
    version: str
    order: int = 0


@dataclass(frozen=True)
class SampleContent:
    """Invented accounts and activity, marked as sample, to try the portal with.

    Args:
        create: makes them when they are not there; returns a line that says what was done.
        remove: takes every sample row away; returns how many.
    """

    id: str
    label: str | Promise
    create: Callable[[], str]
    remove: Callable[[], int]
    order: int = 0


@dataclass(frozen=True)
class SampleWish:
    """How many invented rows somebody wants, and how they are spread.

    Args:
        count: how many there are to be in all; those that are there already count.
        cities: over how many municipalities they are spread.
        seed: the same seed in the same installation gives the same rows.
    """

    count: int
    cities: int = 300
    seed: int = 1


@dataclass(frozen=True)
class SampleGenerator:
    """Invented rows in any number, for demonstrations and benchmarks; the first start makes none of them.

    Args:
        id: also the name of the option that says how many: "solutions" is `generate_samples --solutions N`.
        generate: makes what is missing to the wish, and yields from time to time how many there are.
        remove: takes every invented row away; returns how many.
        default: how many, when nobody says.
    """

    id: str
    label: str | Promise
    generate: Callable[[SampleWish], Iterator[int]]
    remove: Callable[[], int]
    default: int
    order: int = 0


starter_contents: Registry[StarterContent] = Registry("starter contents")
sample_contents: Registry[SampleContent] = Registry("sample contents")
sample_generators: Registry[SampleGenerator] = Registry("sample generators")
