"""What becomes of evaluations when the account behind them goes."""

from django.db.models import CASCADE, SET_NULL, Field, QuerySet
from django.db.models.deletion import Collector


def personal_goes_municipal_stays(collector: Collector, field: Field, rows: QuerySet, using: str) -> None:
    """Delete a person's self-checks with her account and keep what belongs to a municipality, without her name."""
    CASCADE(collector, field, rows.filter(municipality__isnull=True), using)
    SET_NULL(collector, field, rows.filter(municipality__isnull=False), using)
