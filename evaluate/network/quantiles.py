"""Quartiles in memory, by the same method as the database's."""

from collections.abc import Sequence

from evaluate.benchmark.figures import whole_percent


def quartiles_of_shares(shares: Sequence[float]) -> tuple[int, int, int]:
    """Return lower quartile, median and upper quartile in whole per cent, as PostgreSQL's `percentile_cont` does.

    Raises:
        ValueError: there are no shares.
    """
    if not shares:
        raise ValueError("No shares, no quartiles.")
    ordered = sorted(shares)
    low, median, high = (_quantile(ordered, part) for part in (0.25, 0.5, 0.75))
    return whole_percent(low), whole_percent(median), whole_percent(high)


def _quantile(ordered: Sequence[float], part: float) -> float:
    place = part * (len(ordered) - 1)
    before = int(place)
    after = min(before + 1, len(ordered) - 1)
    return ordered[before] + (place - before) * (ordered[after] - ordered[before])
