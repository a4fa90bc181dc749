"""What a new installation begins with, contributed by each app."""

from collections.abc import Callable
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


starter_contents: Registry[StarterContent] = Registry("starter contents")
sample_contents: Registry[SampleContent] = Registry("sample contents")
