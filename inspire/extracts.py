"""Where a reader's words were found in the solutions of a page."""

from collections.abc import Iterable

from inspire.models import Solution
from inspire.querysets import KIND
from portal.catalog.models import Entry

# What the catalogue puts around a word that was found.
_FOUND = "⟦"


def put_extracts(solutions: Iterable[Solution], text: str) -> None:
    """Give each solution `extract`, where the words were found in it; empty when that is its title or a translation."""
    by_id = {solution.pk: solution for solution in solutions}
    extracts = Entry.objects.of_kind(KIND).filter(object_id__in=by_id).with_extract(text)
    for entry in extracts.only("object_id"):
        by_id[entry.object_id].extract = entry.extract if _FOUND in entry.extract else ""
