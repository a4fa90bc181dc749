"""Values kept in the cache for a while; made anew when the cache does not have them or does not answer."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

Value = TypeVar("Value")


def kept(key: str, seconds: int, make: Callable[[], Value]) -> Value:
    """Return what is kept under a key, or make it; an empty value is made each time.

    Args:
        key: unique in the portal, "app:what".
        seconds: how long it may be kept.
        make: makes the value, from the database; its result can be pickled.
    """
    value: Value | None = cache.get(key)
    if value is None:
        value = make()
        if value:
            cache.set(key, value, seconds)
    return value
