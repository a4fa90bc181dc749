"""From the topics of other people's files to the portal's policy areas."""

from functools import lru_cache
from pathlib import Path

from portal.core.yaml_content import read_yaml
from portal.places.names import normalise_name

CONTENT = Path(__file__).resolve().parents[1] / "content" / "topic_areas.yaml"


@lru_cache(maxsize=1)
def _keywords() -> dict[str, tuple[str, ...]]:
    content: dict[str, list[str]] = read_yaml(CONTENT.read_text(encoding="utf-8"))
    return {area: tuple(words) for area, words in content.items()}


@lru_cache(maxsize=4096)
def areas_of_topic(topic: str) -> tuple[str, ...]:
    """Return the policy areas that a topic's words belong to, in the areas' order; none when they are unknown."""
    text = f" {normalise_name(topic)} "
    return tuple(area for area, words in _keywords().items() if any(f" {word} " in text for word in words))
