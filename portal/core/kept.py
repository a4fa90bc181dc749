"""Values kept in the cache for a while, made anew when Redis is away."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

Value = TypeVar("Value")
logger = logging.getLogger(__name__)


def kept(key: str, seconds: int, make: Callable[[], Value]) -> Value:
    """Return what is kept under a key, or make it; an empty value is made each time.

    Args:
        key: unique in the portal, "app:what".
        seconds: how long it may be kept.
        make: makes the value, from the database; its result can be pickled.
    """
    try:
        value: Value | None = cache.get(key)
    except Exception:
        logger.warning("The cache does not answer; %s is made anew.", key, exc_info=True)
        return make()
    if value is None:
        value = make()
        if value:
            cache.set(key, value, seconds)
    return value


def forget(key: str) -> None:
    """Make a kept value anew at the next asking."""
    try:
        cache.delete(key)
    except Exception:
        logger.warning("The cache does not answer; %s expires by itself.", key, exc_info=True)
