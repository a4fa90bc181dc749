"""Pages by key: the thousandth page costs as much as the first, and no page counts the table."""

import base64
import json
import math
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Expression, F, Field, Func, Model, Q, QuerySet, Value

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
        fields = [_field(rows, field.removeprefix("-")) for field in self.fields]
        backwards, key = _decode(cursor, fields)
        ordered = rows.order_by(*(self._turned(field, backwards) for field in self.fields))
        if key:
            ordered = ordered.filter(self._beyond(key, fields, backwards))
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

    def reads(self, rows: QuerySet[Row], cursor: str) -> bool:
        """Say whether a cursor is one that a page of this order could have written."""
        fields = [_field(rows, field.removeprefix("-")) for field in self.fields]
        return bool(_decode(cursor, fields)[1])

    def _turned(self, field: str, backwards: bool) -> str:
        if not backwards:
            return field
        return field.removeprefix("-") if field.startswith("-") else f"-{field}"

    def _beyond(self, key: list[Any], fields: list[Field], backwards: bool) -> Q | Expression:
        """Return what the rows behind a key have in common, as an index in that order can find it."""
        directions = {field.startswith("-") != backwards for field in self.fields}
        if len(directions) == 1:
            names = [F(field.removeprefix("-")) for field in self.fields]
            values = [Value(part, output_field=field) for part, field in zip(key, fields, strict=True)]
            return _compared(names, values, is_less=directions.pop())
        return self._beyond_in_turns(key, backwards)

    def _beyond_in_turns(self, key: list[Any], backwards: bool) -> Q:
        """Return the same for an order that goes up in one field and down in another."""
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


def _compared(one: list[Any], other: list[Any], *, is_less: bool) -> Expression:
    """Compare two rows of values, ROW(a, b) < ROW(x, y), for which an index on (a, b) is asked only once."""
    rows = [Func(*values, function="ROW", output_field=BooleanField()) for values in (one, other)]
    sign = "<" if is_less else ">"
    return Func(*rows, template="%(expressions)s", arg_joiner=f" {sign} ", output_field=BooleanField())


def _value(row: Model, path: str) -> Any:
    value: Any = row
    for name in path.split("__"):
        value = getattr(value, name)
    return _written(value)


def _field(rows: QuerySet[Row], path: str) -> Field:
    """Find the field, own, related or annotated, that a part of the key is a value of."""
    if path in rows.query.annotations:
        return rows.query.annotations[path].output_field
    model: Any = rows.model
    for name in path.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model
    return field


def _written(value: Any) -> Any:
    """Write a value as it stands in a cursor."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _encode(backwards: bool, key: list[Any]) -> str:
    text = json.dumps([int(backwards), *key], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str, fields: list[Field]) -> tuple[bool, list[Any]]:
    """Read a cursor; an unreadable one means the first page, because old links must not break."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        backwards, *key = json.loads(text)
        if backwards not in (0, 1):
            return False, []
        return bool(backwards), [_read(field, part) for field, part in zip(fields, key, strict=True)]
    except (ValueError, TypeError, ValidationError, OverflowError, RecursionError):
        return False, []


def _read(field: Field, part: Any) -> Any:
    """Turn a part of a cursor into the field's value.

    Raises:
        ValueError, TypeError, OverflowError, ValidationError: it is no value that a page of ours could have written.
    """
    value = field.to_python(part)
    written = _written(value)
    # A true for a number, "2" for a 2, a date without its zone: what reads otherwise than it is written.
    if part is None or type(written) is not type(part) or written != part:
        raise ValueError(f"{part!r} is not how a value of {field} is written.")
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("The database has no order for what is not a number.")
    # Raises for half a surrogate pair, which the database cannot be sent either.
    if isinstance(value, str) and b"\0" in value.encode():
        raise ValueError("The database takes no NUL.")
    return value
