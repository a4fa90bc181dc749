"""Solutions in the library that may be the one that somebody has just begun to write."""

from dataclasses import dataclass
from itertools import combinations

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from rapidfuzz import fuzz

from inspire.querysets import KIND
from portal.catalog.models import Entry, Word
from portal.catalog.querysets import CatalogQuery
from portal.places.names import normalise_name

MOST_SHOWN = 4
LIKELY = 62.0
SAME_TOWN = 12.0
SAME_COUNTRY = 4.0
# Short words are in every title, and nobody writes a title of more than a dozen long ones.
_SHORTEST_WORD = 4
_MOST_WORDS = 12
_RAREST = 4
# A word that so few things hold needs no second one.
_RARE_ENOUGH = 300
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


def rarest_words(title: str) -> list[tuple[str, int]]:
    """Return the words of a title that fewest things of the library are written with, each with how many those are."""
    words = [word for word in normalise_name(title).split() if len(word) >= _SHORTEST_WORD and word.isalpha()]
    asked = list(dict.fromkeys(words))[:_MOST_WORDS]
    known = dict(Word.objects.filter(plain__in=asked).values_list("plain", "entries")) if asked else {}
    # A word that the lexicon does not know, because it is new or written otherwise, comes after those it knows.
    ranked = sorted(asked, key=lambda word: (word not in known, known.get(word, 0), -len(word)))
    return [(word, known.get(word, 0)) for word in ranked[:_RAREST]]


def _candidates(words: list[tuple[str, int]]) -> list[Entry]:
    """Return entries that share the rarest words, those that share all of them first, as far as there is time."""
    found: dict[int, Entry] = {}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {_MOST_MILLISECONDS}")
            for text in _questions(words):
                found |= {entry.pk: entry for entry in _holding(text)}
            cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
    except OperationalError:
        return list(found.values())
    return list(found.values())


def _questions(words: list[tuple[str, int]]) -> list[str]:
    """Return what to search for: all the words, two of them, and one where it is rare.

    The first finds what is most alike. A rare word may share its stem with a frequent one, and then its question alone
    would be answered with anything.
    """
    texts = [word for word, _entries in words]
    rare = [word for word, entries in words if 0 < entries <= _RARE_ENOUGH]
    pairs = [f"{one} {other}" for one, other in combinations(texts, 2)] if len(texts) > 2 else []
    return list(filter(None, [" ".join(texts), " or ".join(pairs), " or ".join(rare)]))


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
