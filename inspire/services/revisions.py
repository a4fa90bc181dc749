"""Keeping each state of a solution's content."""

from collections.abc import Iterable

from django.db import connection

from inspire.models import SolutionRevision
from portal.accounts.models import User

_KEEP = """
    INSERT INTO inspire_solutionrevision (solution_id, number, content, made_by_id, made_at, reason)
    SELECT id, coalesce((SELECT max(number) FROM inspire_solutionrevision WHERE solution_id = solution.id), 0) + 1,
        inspire_solution_content(id), %(made_by)s, {made_at}, %(reason)s
    FROM inspire_solution AS solution WHERE id = ANY (%(ids)s) {condition}
"""
_KEEP_NEW = _KEEP.format(made_at="now()", condition="")
_KEEP_FIRST = _KEEP.format(
    made_at="solution.updated_at",
    condition="AND NOT EXISTS (SELECT 1 FROM inspire_solutionrevision WHERE solution_id = solution.id)",
)


def revisions_keep(*, solution_ids: Iterable[int], actor: User | None, reason: str = "") -> int:
    """Keep the present content of solutions as a new revision each; call it after they were changed."""
    return _run(_KEEP_NEW, solution_ids, actor, reason)


def first_revisions_keep(*, solution_ids: Iterable[int]) -> int:
    """Keep the present content of solutions that have no revision yet; call it before they are changed."""
    return _run(_KEEP_FIRST, solution_ids, None, "")


def _run(statement: str, solution_ids: Iterable[int], actor: User | None, reason: str) -> int:
    length = SolutionRevision._meta.get_field("reason").max_length
    values = {
        "made_by": actor.pk if actor else None,
        "reason": reason[:length],
        "ids": list(solution_ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
