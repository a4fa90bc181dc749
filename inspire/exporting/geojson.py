"""The library as GeoJSON (RFC 7946), for maps and geographic information systems."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from inspire.exporting.columns import COLUMNS
from inspire.models import Solution
from portal.core.tabular.writing import PIECE_CHARACTERS

# They are the geometry.
_IN_PROPERTIES = [column for column in COLUMNS if column.name not in {"lat", "lon"}]


def geojson_pieces(solutions: Iterable[Solution]) -> Iterator[bytes]:
    """Yield a collection of features piece by piece, one feature a line."""
    yield b'{"type":"FeatureCollection","features":['
    lines: list[str] = []
    gathered, parting = 0, "\n"
    for solution in solutions:
        line = f"{parting}{_written(feature(solution))}"
        parting = ",\n"
        lines.append(line)
        gathered += len(line)
        if gathered >= PIECE_CHARACTERS:
            yield "".join(lines).encode()
            lines, gathered = [], 0
    yield ("".join(lines) + "\n]}\n").encode()


def feature(solution: Solution) -> dict[str, Any]:
    """Return a solution as a feature; one without a position has no geometry.

    Its properties are flat, under the names of the other files' columns, so that every program shows them.
    """
    return {
        "type": "Feature",
        "id": solution.pk,
        "geometry": _geometry(solution),
        "properties": {column.name: _plain(column.cell(solution)) for column in _IN_PROPERTIES},
    }


def _geometry(solution: Solution) -> dict[str, Any] | None:
    if not solution.has_position:
        return None
    return {"type": "Point", "coordinates": [solution.longitude, solution.latitude]}


def _plain(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell


def _written(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
