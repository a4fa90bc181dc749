"""What stands beside the questions of a repeated group, when one of its cases goes."""

from typing import Any

from evaluate.engine.state.tree import renumbered
from evaluate.models import AnswerRevision, Evaluation, ItemComment, ItemEvidence


def notes_move_up(*, evaluation: Evaluation, removed: str) -> None:
    """Take what stands beside a removed case away, and let that of the cases behind it move up with their answers."""
    container, _bracket, place = removed.rpartition("[")
    for model in (ItemComment, ItemEvidence, AnswerRevision):
        rows: Any = model._default_manager.filter(evaluation=evaluation, path__startswith=f"{container}[")
        paths = list(rows.order_by("path").values_list("path", flat=True).distinct())
        after = {
            str(old): new
            for new, old in renumbered({path: path for path in paths}, container, int(place.rstrip("]")))
        }
        # One by one: what goes goes with its files.
        for row in rows.exclude(path__in=after):
            row.delete()
        for old in sorted(after, key=_by_number):
            if after[old] != old:
                rows.filter(path=old).update(path=after[old])


def _by_number(path: str) -> list[tuple[int, str]]:
    """Sort the cases by their numbers, so that each moves to a place that is free by then."""
    return [
        (int(number) if number.isdigit() else 0, name)
        for name, _bracket, number in (part.rstrip("]").partition("[") for part in path.split("/"))
    ]
