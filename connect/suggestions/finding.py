"""People like one: whom a person may want to know, each with the reason in words.

Candidates come from small sets that the database finds by an index, whatever the size of the network; they are
weighed here. Everything is read from the directory's rows of the reader's audience, so that no reason tells what the
reader may not see.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from connect.audience import connected_to
from connect.directory.reading import audience_of
from connect.models import Profile
from connect.people.finding import shown_people
from connect.people.shown import ShownPerson
from connect.suggestions.candidates import Candidate, Wanted, candidates
from connect.suggestions.reasons import (
    Reason,
    common_reason,
    helps_reason,
    place_reason,
    seeks_reason,
)
from connect.suggestions.towns import SimilarTown, towns_like
from portal.accounts.affiliation import affiliation
from portal.accounts.models import Membership
from portal.safety.blocks import kept_apart_from

# More reasons than that nobody reads.
MOST_REASONS = 2
# Of a circle so large the newest say enough.
MOST_KNOWN = 200


@dataclass(frozen=True)
class Suggestion:
    """A person whom the reader may want to know.

    Args:
        person: as the reader may see her.
        reasons: sentences, the weightiest first.
    """

    person: ShownPerson
    reasons: tuple[str, ...]

    @property
    def reason(self) -> str:
        """All reasons as one text."""
        return " ".join(self.reasons)


@dataclass(frozen=True)
class _Reader:
    """What is known of the person for whom somebody is looked for."""

    offers: frozenset[str] = frozenset()
    seeks: frozenset[str] = frozenset()
    areas: tuple[str, ...] = ()
    towns: dict[int, SimilarTown] = field(default_factory=dict)


def suggestions_for(reader: Any, *, limit: int = 12) -> list[Suggestion]:
    """Return people whom a person may want to know, the likeliest first, each with up to two reasons.

    Never herself, nor anybody whom she is connected with, has asked, was asked by or said no to, nor who is kept
    apart from her. Nobody for a visitor. The number of queries does not depend on how many people there are: at most
    twelve, and some more once an hour, when the towns like hers are looked up.

    Args:
        limit: how many at most.
    """
    if not reader.is_authenticated:
        return []
    audience = audience_of(reader)
    mine = _read(reader, audience)
    wanted = Wanted(
        reader_id=reader.pk,
        audience=audience,
        offers=tuple(mine.offers),
        seeks=tuple(mine.seeks),
        areas=mine.areas,
        towns=tuple(mine.towns),
        known=tuple(sorted(connected_to(reader), reverse=True)[:MOST_KNOWN]),
        apart=tuple(kept_apart_from(reader)),
    )
    weighed = [(_reasons(mine, one), one) for one in candidates(wanted)]
    best = sorted(
        (pair for pair in weighed if pair[0]),
        key=lambda pair: (
            -sum(reason.points for reason in pair[0]),
            -pair[1].active_on.toordinal(),
            pair[1].user_id,
        ),
    )[:limit]
    return _shown(reader, best)


def _read(reader: Any, audience: str) -> _Reader:
    profile = Profile.objects.filter(user_id=reader.pk).only("offer_topics", "seek_topics", "areas").first()
    towns: dict[int, SimilarTown] = {}
    for municipality_id in list(affiliation(reader))[:1]:
        towns = towns_like(municipality_id, audience=audience)
    if profile is None:
        return _Reader(areas=_areas_of_work(reader), towns=towns)
    areas = tuple(profile.areas) or _areas_of_work(reader)
    return _Reader(frozenset(profile.offer_topics), frozenset(profile.seek_topics), areas, towns)


def _areas_of_work(reader: Any) -> tuple[str, ...]:
    """Return the areas she works in, for whoever has not told any in her profile."""
    works = Membership.objects.active().filter(user_id=reader.pk)
    return tuple(dict.fromkeys(works.exclude(areas=None).values_list("areas__slug", flat=True)))


def _reasons(mine: _Reader, one: Candidate) -> list[Reason]:
    """Return why somebody may be worth knowing, the weightiest first."""
    found = [
        helps_reason([topic for topic in one.offer_topics if topic in mine.seeks]),
        seeks_reason([topic for topic in one.seek_topics if topic in mine.offers]),
        place_reason(
            [area for area in mine.areas if f"area:{area}" in one.facet_keys],
            mine.towns.get(one.municipality_id or 0),
            one.municipality_name,
        ),
        common_reason(one.common),
    ]
    return sorted((reason for reason in found if reason is not None), key=lambda reason: -reason.points)


def _shown(reader: Any, best: Sequence[tuple[list[Reason], Candidate]]) -> list[Suggestion]:
    """Put the reasons into words, for which the names of common connections are read together with the people."""
    keys = {one.user_id for _reasons_of, one in best}
    keys |= {reason.common[0] for reasons, _one in best for reason in reasons if reason.common}
    people = shown_people(reader, keys)
    found = []
    for reasons, one in best:
        words = [text for reason in reasons if (text := reason.said(people))][:MOST_REASONS]
        # Whoever left between the two questions is not shown, and nobody is without a reason.
        if one.user_id in people and words:
            found.append(Suggestion(people[one.user_id], tuple(words)))
    return found
