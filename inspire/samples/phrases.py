"""The sentences that invented solutions are put together from."""

from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from portal.core.yaml_content import read_yaml

_FILE = Path(__file__).parents[1] / "content" / "samples" / "phrases.yaml"


@cache
def phrases() -> dict[str, Any]:
    """Return the sentences: `general`, `translated` and `areas`, by the slugs of policy areas and topics."""
    loaded: dict[str, Any] = read_yaml(_FILE.read_text(encoding="utf-8"))
    return loaded


@cache
def falling_weights(count: int, step: float = 0.7) -> tuple[float, ...]:
    """Return added-up weights for a list whose items are drawn ever more rarely, each `step` as often as the last."""
    return tuple(accumulate(step**place for place in range(count)))


def some(draw: Random, sentences: list[str], least: int, most: int) -> list[str]:
    """Return a few different sentences in their order."""
    chosen = draw.sample(range(len(sentences)), min(draw.randint(least, most), len(sentences)))
    return [sentences[place] for place in sorted(chosen)]


def maybe(draw: Random, share: float, sentences: list[str]) -> str:
    """Return one of the sentences in a share of the cases, else nothing."""
    return draw.choice(sentences) if draw.random() < share else ""
