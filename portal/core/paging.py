"""Pages by key: the thousandth page costs as much as the first, and no page counts the table."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class KeysetPage(Generic[Row]):
    """One page of rows and the cursors of its neighbours (empty where there is none)."""

    rows: list[Row]
    next_cursor: str
    previous_cursor: str


@dataclass(frozen=True)
class Keyset:
    """An order over a queryset, by unique key.

    Args:
        fields: field names, each "-" prefixed when descending; the last must be unique and none nullable.
        size: rows on a page.
    """

    fields: tuple[str, ...]
    size: int = 20

    def page(self, rows: QuerySet[Row], cursor: str = "") -> KeysetPage[Row]:
        """Return the page that a cursor points at; the first one when the cursor is empty or unreadable."""
        backwards, key = _decode(cursor, len(self.fields))
        ordered = rows.order_by(*(self._turned(field, backwards) for field in self.fields))
        if key:
            ordered = ordered.filter(self._beyond(key, backwards))
        found = list(ordered[: self.size + 1])
        has_more = len(found) > self.size
        found = found[: self.size]
        if backwards:
            found.reverse()
        return KeysetPage(
            rows=found,
            next_cursor=self._cursor(found[-1], False) if found and (has_more or backwards) else "",
            previous_cursor=self._cursor(found[0], True)
            if found and (has_more if backwards else key)
            else "",
        )

    def _turned(self, field: str, backwards: bool) -> str:
        if not backwards:
            return field
        return field.removeprefix("-") if field.startswith("-") else f"-{field}"

    def _beyond(self, key: list[Any], backwards: bool) -> Q:
        condition = Q()
        equal: dict[str, Any] = {}
        for field, value in zip(self.fields, key, strict=True):
            name = field.removeprefix("-")
            after = "lt" if field.startswith("-") != backwards else "gt"
            condition |= Q(**equal, **{f"{name}__{after}": value})
            equal[name] = value
        return condition

    def _cursor(self, row: Model, backwards: bool) -> str:
        return _encode(backwards, [_value(row, field.removeprefix("-")) for field in self.fields])


def _value(row: Model, path: str) -> Any:
    value: Any = row
    for name in path.split("__"):
        value = getattr(value, name)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _encode(backwards: bool, key: list[Any]) -> str:
    text = json.dumps([int(backwards), *key], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str, length: int) -> tuple[bool, list[Any]]:
    """Read a cursor; an unreadable one means the first page, because old links must not break."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        backwards, *key = json.loads(text)
    except (ValueError, binascii.Error, TypeError):
        return False, []
    if len(key) != length or not all(isinstance(part, str | int | float) for part in key):
        return False, []
    return bool(backwards), key
