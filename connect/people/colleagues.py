"""People for the pages of other apps: whom a reader may know, and whom she finds by name."""

from collections.abc import Collection
from typing import Any

from connect.directory.reading import findable_by
from connect.people.finding import shown_people
from connect.people.shown import ShownPerson
from portal.accounts.colleagues import Colleague, ColleagueSource

# Read for the best few, so that ranking a common name costs no more than these.
_LOOKED_AT = 200


def known_colleagues(reader: Any, user_ids: Collection[int]) -> dict[int, Colleague]:
    """Return those of these people whom a reader may know, by key."""
    return {key: _colleague(person) for key, person in shown_people(reader, user_ids).items()}


def colleagues_by_words(reader: Any, words: str, limit: int) -> list[Colleague]:
    """Return the first people of the directory, as this reader finds it, whose row has all of these words.

    The last one may be the beginning of a name: whom one mentions is looked for while one types.
    """
    found = findable_by(reader).beginning(words).values_list("user_id", "sort_name")[:_LOOKED_AT]
    keys = [key for key, _name in sorted(found, key=lambda row: row[1])[:limit]]
    people = known_colleagues(reader, keys)
    return [people[key] for key in keys if key in people]


def _colleague(person: ShownPerson) -> Colleague:
    return Colleague(
        user_id=person.user_id,
        public_id=person.public_id,
        name=person.name,
        url=person.url,
        municipality=person.municipality,
        position=person.position,
        photo_url=person.photo.src if person.photo else "",
        initials=person.initials,
        is_staff=person.is_staff_badge,
        is_sample=person.is_sample,
    )


COLLEAGUES = ColleagueSource(id="connect", shown=known_colleagues, found=colleagues_by_words)
