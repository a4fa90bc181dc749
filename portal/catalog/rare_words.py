"""Which words of a title tell what it is about, and what to ask the catalogue with them."""

from dataclasses import dataclass
from itertools import combinations

from portal.catalog.models import Word
from portal.places.names import normalise_name

# Short words are in every title, and nobody writes a title of more than a dozen long ones.
_SHORTEST_WORD = 4
_MOST_WORDS = 12
_RAREST = 4
# What questions are asked with, and what every language's search leaves out: they tell nothing of a title's subject.
_SAY_NOTHING = frozenset({
    "como", "donde", "cuando", "cuanto", "cuantos", "cual", "cuales", "quien", "quienes", "para", "porque",
    "desde", "hasta", "entre", "sobre", "contra", "segun", "tiene", "tienen", "alguien", "algun", "alguna",
    "algunos", "algunas", "hacen", "hacer", "hacemos", "esta", "estan", "este", "estos", "estas", "nuestro",
    "nuestra", "ustedes", "todos", "todas", "otros", "otras", "puede", "pueden", "podemos", "queremos",
    "what", "where", "when", "which", "from", "with", "that", "this", "onde", "quando", "quem", "qual",
    "fazer", "nosso", "nossa", "voces",
    "hizo", "hicieron", "hicimos", "haciendo", "usan", "usamos", "usaron", "empezaron", "empezamos", "saben",
    "conocen", "necesito", "necesitamos", "quiero", "gracias", "municipio", "municipios", "municipal", "municipales",
})  # fmt: skip
# A word that so few things hold needs no second one.
_RARE_ENOUGH = 300


def rarest_words(title: str) -> list[tuple[str, int]]:
    """Return the words of a title that fewest things of the catalogue are written with, each with how many those are.

    One query, whatever was typed.
    """
    words = [word for word in normalise_name(title).split() if _tells(word)]
    asked = list(dict.fromkeys(words))[:_MOST_WORDS]
    known = dict(Word.objects.filter(plain__in=asked).values_list("plain", "entries")) if asked else {}
    # A word that the lexicon does not know, because it is new or written otherwise, comes after those it knows.
    ranked = sorted(asked, key=lambda word: (word not in known, known.get(word, 0), -len(word)))
    return [(word, known.get(word, 0)) for word in ranked[:_RAREST]]


@dataclass(frozen=True)
class Question:
    """What to ask the catalogue.

    Args:
        text: as somebody would type it into a search box.
        expected: how many entries hold it at most, as far as the lexicon knows.
    """

    text: str
    expected: int


def weighed_questions(words: list[tuple[str, int]]) -> list[Question]:
    """Return the questions of `relaxed_questions`, each with how much it may find."""
    known = dict(words)
    return [Question(text, _expected(text, known)) for text in relaxed_questions(words)]


def _expected(text: str, known: dict[str, int]) -> int:
    parts = (part.split() for part in text.split(" or "))
    return sum(min(known.get(word, 0) for word in part) for part in parts)


def relaxed_questions(words: list[tuple[str, int]]) -> list[str]:
    """Return what to search for: all the words, two of them, and one where it is rare.

    The first finds what is most alike. A rare word may share its stem with a frequent one, and then its question alone
    would be answered with anything.
    """
    texts = [word for word, _entries in words]
    rare = [word for word, entries in words if 0 < entries <= _RARE_ENOUGH]
    pairs = [f"{one} {other}" for one, other in combinations(texts, 2)] if len(texts) > 2 else []
    return list(filter(None, [" ".join(texts), " or ".join(pairs), " or ".join(rare)]))


def _tells(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and word.isalpha() and word not in _SAY_NOTHING
