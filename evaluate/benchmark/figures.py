"""Quartiles of a group, in one statement over its current results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection

from evaluate.benchmark.separation import FEWEST

# The continuous quantile of the SQL standard (PostgreSQL's `percentile_cont`): between the two nearest values in order,
# in proportion. It is the method that statisticians number 7 (Hyndman and Fan, "Sample Quantiles in Statistical
# Packages", 1996), and what spreadsheets call QUARTILE.INC.
QUARTILES = """
    SELECT part.key, count(*),
           percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY part.value::float8)
    FROM evaluate_currentresult AS result CROSS JOIN LATERAL jsonb_each(result.shares) AS part
    WHERE result.run_id = ANY(%s)
    GROUP BY part.key
"""
# `OFFSET 0` has a result unpacked once and not for each key.
_LACKING = """
    SELECT wanted.key, array_agg(result.municipality_id)
    FROM (
        SELECT municipality_id, shares || '{}'::jsonb AS shares
        FROM evaluate_currentresult WHERE run_id = ANY(%s) OFFSET 0
    ) AS result CROSS JOIN unnest(%s::text[]) AS wanted(key)
    WHERE NOT jsonb_exists(result.shares, wanted.key)
    GROUP BY wanted.key
"""


@dataclass(frozen=True)
class Quartiles:
    """How many results, and their quartiles in whole per cent: all that is ever shown of them."""

    n: int
    q1: int
    median: int
    q3: int

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Quartiles":
        """Read what a release keeps."""
        return cls(data["n"], data["q1"], data["median"], data["q3"])


def quartiles_of(runs: Sequence[int]) -> dict[str, Quartiles]:
    """Return the quartiles of each key that at least five of these runs have, rounded, halves up."""
    with connection.cursor() as cursor:
        cursor.execute(QUARTILES, [list(runs)])
        return {
            key: Quartiles(count, *map(whole_percent, quartiles))
            for key, count, quartiles in cursor.fetchall()
            if count >= FEWEST
        }


def lacking_of(runs: Sequence[int], keys: Sequence[str]) -> dict[str, list[int]]:
    """Return the towns that have no share in each of these keys, where there are any."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LACKING, [list(runs), list(keys)])
        return dict(cursor.fetchall())


def whole_percent(share: float) -> int:
    """Round a share to whole per cent, halves up, whatever binary fractions make of the half."""
    exact = Decimal(repr(round(share * 100, 7)))
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
