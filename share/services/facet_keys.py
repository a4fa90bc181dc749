"""What encounters and conversations answer to, once the towns behind them have another province or population."""

from django.db import models, transaction
from django.db.models import F, Max, Min

from share.models import Event, Thread

_BATCH = 5_000


def facet_keys_refresh() -> int:
    """Have the database write the keys of everything with a municipality anew, some thousands at a time.

    Returns:
        how many rows were looked at.
    """
    return sum(_refresh(model) for model in (Event, Thread))


def _refresh(model: type[models.Model]) -> int:
    rows: models.QuerySet = model._default_manager.filter(municipality__isnull=False)
    ends = rows.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return 0
    looked_at = 0
    for first in range(ends["first"], ends["last"] + 1, _BATCH):
        with transaction.atomic():
            # Writing the column at all is what makes the trigger work it out (migration 0002).
            looked_at += rows.filter(pk__gte=first, pk__lt=first + _BATCH).update(facet_keys=F("facet_keys"))
    return looked_at
