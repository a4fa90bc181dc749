"""Did you mean: the words of the catalogue that are nearest to those that a reader misspelt."""

import re
from collections.abc import Callable, Iterable

from django.db.models import Q
from django.db.models.functions import Left, Length, Right
from rapidfuzz.distance import OSA

from portal.catalog.models import Word
from portal.catalog.search_text import MAX_LENGTH
from portal.places.names import normalise_name

# A word that is wanted: shorter ones are not worth a guess, and what follows a minus is not wanted.
_WANTED = re.compile(r"(?<![\w-])[^\W\d_]{4,30}(?!\w)")
# Nobody misspells more words than that in one search.
_MOST_WORDS = 6
_MOST_CANDIDATES = 2000
# Two slips only where enough letters are left to recognise the word by.
_LONG = 7
_LETTERS_OF_END = 3


def suggested_text(text: str, finds_more: Callable[[str], bool]) -> str:
    """Return a search with its misspelt words put right; empty when there is nothing better to search for.

    Args:
        text: what a reader typed.
        finds_more: says whether another text finds more than hers, among what she may read and asked for.
    """
    text = text[:MAX_LENGTH]
    asked = {word: normalise_name(word) for word in _WANTED.findall(text)[:_MOST_WORDS]}
    unknown = _unknown(asked.values())
    nearest = {plain: _nearest(plain, candidates) for plain, candidates in _candidates(unknown).items()}
    better = {word: nearest[plain] for word, plain in asked.items() if nearest.get(plain)}
    if not better:
        return ""
    suggestion = _WANTED.sub(lambda found: better.get(found.group(), found.group()), text)
    return suggestion if finds_more(suggestion) else ""


def _unknown(words: Iterable[str]) -> list[str]:
    """Return those words that nothing is written with."""
    asked = list(dict.fromkeys(words))
    known = set(Word.objects.filter(plain__in=asked).values_list("plain", flat=True)) if asked else set()
    return [word for word in asked if word not in known and word.isalpha()]


def _candidates(unknown: list[str]) -> dict[str, list[tuple[str, str, int]]]:
    """Return, for each word, the most frequent ones of about its length that begin or end alike, in one query."""
    if not unknown:
        return {}
    words = Word.objects.alias(length=Length("plain"), beginning=Left("plain", 1), end=Right("plain", 3))
    alike = Q()
    for word in unknown:
        about = Q(length__range=(len(word) - _slips(word), len(word) + _slips(word)))
        alike |= about & (Q(beginning=word[0]) | Q(end=word[-_LETTERS_OF_END:]))
    rows = words.filter(alike).order_by("-entries").values_list("plain", "word", "entries")
    found = list(rows[: _MOST_CANDIDATES * len(unknown)])
    return dict.fromkeys(unknown, found)


def _nearest(plain: str, candidates: list[tuple[str, str, int]]) -> str:
    """Return the word that is the fewest slips away, the most frequent of equals; empty when none is near."""
    most = _slips(plain)
    distances = (
        (OSA.distance(plain, candidate, score_cutoff=most), -entries, word)
        for candidate, word, entries in candidates
    )
    near = [found for found in distances if found[0] <= most]
    return min(near)[2] if near else ""


def _slips(word: str) -> int:
    """Return how many slips (a letter too many, too few, another one, two swapped) are forgiven in a word."""
    return 2 if len(word) >= _LONG else 1
