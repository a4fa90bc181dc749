"""GeoJSON: features as rows, their properties as columns, their points as "lat" and "lon" (RFC 7946)."""

import itertools
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import ijson
from django.utils.translation import gettext as _
from ijson.common import ObjectBuilder

from portal.core.tabular.headers import column_names
from portal.core.tabular.limits import MAX_COLUMNS, MAX_ROWS
from portal.core.tabular.table import Record, Table, TableError

LATITUDE, LONGITUDE, SHAPE = "lat", "lon", "geometry"
# Features may leave out what they have nothing to say about; titles are gathered from so many of them, or from those
# in so many bytes.
_FEATURES_SAMPLED = 2_000
_BYTES_SAMPLED = 16 * 1024 * 1024
# Signs and values of one feature: a coastline of 250,000 points. Each takes some 80 bytes once it is built.
_MOST_EVENTS = 1_000_000
_DEEPEST = 8
_DEEPEST_NESTING = 64
_STARTS = frozenset({"start_map", "start_array"})
_ENDS = frozenset({"end_map", "end_array"})


def begins_like_json(head: bytes) -> bool:
    """Say whether the first bytes of a file are those of an object of JSON."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def geojson_table(file: BinaryIO) -> Table:
    """Make a table of a FeatureCollection: a row for each feature, numbered from 1, read as it is asked for.

    A shape that is no point stands for itself by the middle of its extent, and says so in the column "geometry".

    Raises:
        TableError: it is no FeatureCollection, or the JSON is broken.
    """
    keys = _keys(file)
    if keys is None:
        raise TableError(
            _(
                "El archivo no tiene elementos: tiene que ser un GeoJSON con una lista «features» "
                "(FeatureCollection) que no esté vacía."
            )
        )
    if len(keys) > MAX_COLUMNS:
        raise TableError(_("La tabla tiene más de 1.000 columnas. Dejá solo las que hacen falta."))
    own = [key for key in keys if key not in (LATITUDE, LONGITUDE, SHAPE)]
    titles = [*own, LATITUDE, LONGITUDE, SHAPE]

    def records() -> Iterator[Record]:
        for number, feature in enumerate(_features(file), start=1):
            if number > MAX_ROWS:
                raise TableError(
                    _("El archivo tiene más de un millón de filas. Dividilo en partes y subilas de a una.")
                )
            properties = _properties(feature)
            yield number, [*(_cell(properties.get(key)) for key in own), *_place(feature.get("geometry"))]

    return Table(
        titles=tuple(titles), header=column_names(titles), header_row=0, records=records, encoding="utf-8"
    )


def _keys(file: BinaryIO) -> list[str] | None:
    """Gather the names of the properties of the first features, none of which is kept; None when there are none."""
    keys: dict[str, None] | None = None
    for feature in itertools.islice(_features(file), _FEATURES_SAMPLED):
        keys = {**(keys or {}), **dict.fromkeys(_properties(feature))}
        if file.tell() > _BYTES_SAMPLED or len(keys) > MAX_COLUMNS:
            break
    return None if keys is None else list(keys)


def _features(file: BinaryIO) -> Iterator[dict[str, Any]]:
    """Yield what stands in the list "features" of a file's object, one at a time."""
    file.seek(0)
    try:
        for feature in _items(ijson.basic_parse(_WithoutMark(file), use_float=True)):
            if not isinstance(feature, dict):
                raise TableError(_broken(_("hay un elemento que no es un objeto")))
            yield feature
    except (ijson.JSONError, UnicodeDecodeError) as error:
        raise TableError(_broken(str(error)[:80])) from error


def _items(events: Iterator[tuple[str, Any]]) -> Iterator[Any]:
    """Build the values of the list under the first level's key "features".

    The paths that ijson itself keeps of where it is would fill the memory on a file of nothing but brackets, and so
    would a value of nothing else.

    Raises:
        TableError: there is a value, or something between them, that no feature needs.
    """
    depth, key, builder, seen = 0, "", None, 0
    for event, value in events:
        seen += 1
        if seen > _MOST_EVENTS:
            raise TableError(
                _(
                    "El GeoJSON trae un elemento demasiado grande, con más de un millón de valores. Simplificá su "
                    "forma y volvé a subirlo."
                )
            )
        is_end = event in _ENDS
        depth -= is_end
        if builder is not None and depth >= 2:
            builder.event(event, value)
        if depth == 2 and builder is not None and event not in _STARTS:
            yield builder.value
            builder, seen = ObjectBuilder(), 0
        depth += event in _STARTS
        if depth > _DEEPEST_NESTING:
            raise TableError(_broken(_("tiene demasiados niveles, uno dentro de otro")))
        if depth == 1:
            key = value if event == "map_key" else key
            builder = None
        elif depth == 2 and event == "start_array" and key == "features":
            builder = ObjectBuilder()


class _WithoutMark:
    """A file of which the byte order mark is left out, which JSON does not know."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._is_start = True

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        content = self._file.read(size)
        if self._is_start and size:
            self._is_start = False
            if content.startswith(b"\xef\xbb\xbf"):
                content = content[3:] or self._file.read(size)
        return content


def _broken(detail: str) -> str:
    return _(
        "El GeoJSON está cortado o mal escrito (%(detail)s). Exportalo de nuevo desde el programa que lo hizo y "
        "volvé a subirlo."
    ) % {"detail": detail}


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature.get("properties")
    own = properties if isinstance(properties, dict) else {}
    # RFC 7946 gives a feature an identifier of its own beside its properties.
    return own if "id" in own or "id" not in feature else {"id": feature["id"], **own}


def _cell(value: Any) -> str:
    """Return a property as the text of a cell; lists of words as a list."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return "; ".join(map(str, value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)


def _place(geometry: Any) -> tuple[str, str, str]:
    """Return latitude, longitude, and the kind of shape where it is no point."""
    if not isinstance(geometry, dict):
        return "", "", ""
    kind = str(geometry.get("type", ""))
    points = list(itertools.islice(_points(geometry), 100_000))
    if not points:
        return "", "", "" if kind == "Point" else kind
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    latitude = (min(latitudes) + max(latitudes)) / 2
    longitude = (min(longitudes) + max(longitudes)) / 2
    return f"{latitude:.7g}", f"{longitude:.7g}", "" if kind == "Point" else kind


def _points(geometry: Any) -> Iterator[tuple[float, float]]:
    if isinstance(geometry.get("geometries"), list):
        for part in geometry["geometries"]:
            if isinstance(part, dict) and "geometries" not in part:
                yield from _points(part)
        return
    yield from _positions(geometry.get("coordinates"), _DEEPEST)


def _positions(coordinates: Any, depth: int) -> Iterator[tuple[float, float]]:
    """Yield the positions in a shape's lists of lists."""
    if not isinstance(coordinates, list) or not depth:
        return
    numbers = coordinates[:2]
    if len(numbers) == 2 and all(isinstance(number, int | float) for number in numbers):
        yield float(numbers[0]), float(numbers[1])
        return
    for part in coordinates:
        yield from _positions(part, depth - 1)
