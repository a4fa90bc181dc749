"""Public results in the catalogue: there exactly as long as the municipality lets everybody read them."""

from django.db import transaction

from evaluate.entries import RESULT_KIND, public_runs, result_draft
from evaluate.models import Evaluation
from portal.catalog.services import entry_publish, entry_withdraw


@transaction.atomic
def result_entry_publish(*, evaluation_id: int) -> None:
    """Write a public result into the catalogue, or write it anew after the next signature.

    Does nothing where there is nothing to show: the result is not public, or not yet scored.
    """
    run = public_runs().filter(evaluation=evaluation_id).first()
    if run is not None:
        entry_publish(draft=result_draft(run))


@transaction.atomic
def result_entry_withdraw(*, evaluation: Evaluation) -> None:
    """Take a result out of the catalogue at once."""
    entry_withdraw(kind=RESULT_KIND, object_ids=[evaluation.pk])
