"""Candidates for a question: who is likely to know, from different municipalities, each with the reason."""

from dataclasses import dataclass

from share.models import Thread
from share.routing.asking import who_may_be_asked
from share.routing.evidence import Evidence, evidence_for, towns_like
from share.routing.reasons import weighed

# A colleague of the next desk can be asked without the portal.
_SAME_TOWN = 0.3


@dataclass(frozen=True)
class Candidate:
    """Somebody who is likely to know.

    Args:
        codes: why, for `share.routing.reasons`.
    """

    user_id: int
    municipality_id: int
    score: float
    codes: tuple[str, ...]


def candidates_for(thread: Thread, *, limit: int) -> list[Candidate]:
    """Return whom to ask, the likeliest first, of as many municipalities as possible; the same for the same rows.

    The number of queries does not depend on how many people there are: ten at most, and three more once an hour for
    the municipalities like the one that asks.
    """
    likeness = towns_like(thread.municipality_id)
    signs: dict[int, list[Evidence]] = {}
    for sign in evidence_for(thread, list(likeness)):
        signs.setdefault(sign.user_id, []).append(sign)
    works_in = who_may_be_asked(thread, signs.keys())
    found = [
        _candidate(thread, user_id, town, signs[user_id], likeness.get(town, 0.0))
        for user_id, town in works_in.items()
    ]
    return _spread(sorted(found, key=lambda one: (-one.score, one.user_id)), limit)


def _candidate(thread: Thread, user_id: int, town: int, signs: list[Evidence], likeness: float) -> Candidate:
    judged = weighed(signs, likeness)
    share = _SAME_TOWN if town == thread.municipality_id else 1.0
    return Candidate(user_id, town, judged.score * share, judged.codes)


def _spread(ranked: list[Candidate], limit: int) -> list[Candidate]:
    """Take one of each municipality before a second one of any."""
    firsts: dict[int, Candidate] = {}
    for one in ranked:
        firsts.setdefault(one.municipality_id, one)
    chosen = list(firsts.values())
    taken = {one.user_id for one in chosen}
    return [*chosen, *(one for one in ranked if one.user_id not in taken)][:limit]
