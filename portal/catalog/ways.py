"""Where else a topic leads: what an app has to offer on it that is no thing to be listed, such as people to ask."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from portal.core.registry import Registry


@dataclass(frozen=True)
class Way:
    """A link onwards, in words that stand by themselves."""

    text: str
    url: str


@dataclass(frozen=True)
class TopicWay:
    """What an app knows to lead to about topics.

    Args:
        ways: by topic, for one reader and several topics, in a number of queries that does not grow with theirs;
            topics that lead nowhere are left out.
    """

    id: str
    ways: Callable[[Any, Collection[str]], Mapping[str, Way]]
    order: int = 0


topic_ways: Registry[TopicWay] = Registry("ways of topics")


def ways_onward(user: Any, topics: Collection[str]) -> dict[str, list[Way]]:
    """Return where each of these topics leads for a reader; those that lead nowhere are left out."""
    found: dict[str, list[Way]] = {}
    if not topics:
        return found
    for each in topic_ways:
        for topic, way in each.ways(user, topics).items():
            found.setdefault(topic, []).append(way)
    return found
