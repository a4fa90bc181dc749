"""Solutions in the library that may be the one that somebody has just begun to write."""

from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from rapidfuzz import fuzz

from inspire.querysets import KIND
from portal.catalog.models import Entry
from portal.catalog.querysets import CatalogQuery
from portal.catalog.rare_words import rarest_words, relaxed_questions
from portal.places.names import normalise_name

MOST_SHOWN = 4
LIKELY = 62.0
SAME_TOWN = 12.0
SAME_COUNTRY = 4.0
_MOST_COMPARED = 100
# A hint beside a form is not worth more of the database's time.
_MOST_MILLISECONDS = 300


@dataclass(frozen=True)
class LikelyDuplicate:
    """A published solution, and how much its title is like the new one, of 100."""

    entry: Entry
    likeness: float


def likely_duplicates(
    title: str, *, country: str = "", municipality_id: int | None = None, besides: int | None = None
) -> list[LikelyDuplicate]:
    """Return the few published solutions whose titles are most like a new one, the likeliest first.

    Titles that share the rarest words are compared letter by letter; a solution of the same place is likelier.

    Args:
        country: its ISO code, where it is known.
        municipality_id: where that is known.
        besides: a solution that is not asked about, because the new text changes it.
    """
    words = rarest_words(title)
    if not words:
        return []
    wanted = normalise_name(title)
    found = [
        LikelyDuplicate(entry, _likeness(wanted, entry, country, municipality_id))
        for entry in _candidates(words)
        if entry.object_id != besides
    ]
    likely = sorted((one for one in found if one.likeness >= LIKELY), key=lambda one: -one.likeness)
    return likely[:MOST_SHOWN]


def _candidates(words: list[tuple[str, int]]) -> list[Entry]:
    """Return entries that share the rarest words, those that share all of them first, as far as there is time."""
    found: dict[int, Entry] = {}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {_MOST_MILLISECONDS}")
            for text in relaxed_questions(words):
                found |= {entry.pk: entry for entry in _holding(text)}
            cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
    except OperationalError:
        return list(found.values())
    return list(found.values())


def _holding(text: str) -> QuerySet[Entry]:
    return (
        Entry.objects.of_kind(KIND)
        .filter(visibility=Entry.Visibility.PUBLIC, search=CatalogQuery(text))
        .only("object_id", "url", "title", "translations", "country", "municipality", "place_name", "kind")
        .select_related("country")[:_MOST_COMPARED]
    )


def _likeness(wanted: str, entry: Entry, country: str, municipality_id: int | None) -> float:
    titles = [entry.title, *(str(texts.get("title") or "") for texts in entry.translations.values())]
    likeness = max(
        max(fuzz.token_sort_ratio(wanted, plain), 0.92 * fuzz.token_set_ratio(wanted, plain))
        for plain in map(normalise_name, filter(None, titles))
    )
    if municipality_id is not None and entry.municipality_id == municipality_id:
        return likeness + SAME_TOWN
    return likeness + (SAME_COUNTRY if country and entry.country_id == country else 0.0)
