"""Counts that triggers keep as addends (docs/adr/0008): reading them, and adding them up."""

from django.db import connection, models, transaction
from django.db.models import Sum

_ADD_UP = """
    WITH addends AS (
        DELETE FROM {table} WHERE id IN (SELECT id FROM {table} FOR UPDATE SKIP LOCKED)
        RETURNING key, count)
    INSERT INTO {table} (key, count)
    SELECT key, sum(count) FROM addends GROUP BY key HAVING sum(count) <> 0
"""


def addends_summed(model: type[models.Model], *, beginning: str = "") -> dict[str, int]:
    """Return the counts of a table of addends by their keys, in one query.

    Args:
        model: a model with `key` and `count`.
        beginning: only keys that begin so, without it; all of them when empty.
    """
    addends: models.QuerySet = model._default_manager.all()
    if beginning:
        addends = addends.filter(key__startswith=beginning)
    sums = addends.order_by().values_list("key").annotate(Sum("count"))
    return {key.removeprefix(beginning): number for key, number in sums if number > 0}


@transaction.atomic
def addends_add_up(*, model: type[models.Model]) -> int:
    """Replace the addends of each count by their sum; returns how many counts there are."""
    with connection.cursor() as cursor:
        cursor.execute(_ADD_UP.format(table=model._meta.db_table))
        return int(cursor.rowcount)
