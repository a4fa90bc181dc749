"""What is there already of what somebody is about to ask: questions like hers, and things that may be the answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz import fuzz

from portal.catalog.kinds import entry_kinds, things_visible_to
from portal.catalog.models import Entry
from portal.catalog.querysets import CatalogQuery, EntryQuerySet
from portal.catalog.rare_words import Question, rarest_words, weighed_questions
from portal.places.names import normalise_name
from share.models import Thread

KIND = "thread"
# Of a title, as much as a title may hold.
MAX_TITLE = 200
MOST_THREADS = 4
MOST_THINGS = 4
_MOST_COMPARED = 60
# Of words that so many things hold, the first few are found at once.
_SO_MANY = 20_000
# Words are compared by their beginning: "compostera" and "composteras" are one.
_STEM = 6
_MOST_NAMED = 3
_ACCEPTED, _ANSWERED = 30.0, 15.0


@dataclass(frozen=True)
class Offer:
    """Something that may spare a question.

    Args:
        kind: what it is, as people call it ("Solución").
        why: what it has in common with the question, or what came of it.
    """

    title: str
    url: str
    kind: str
    place: str
    why: str


@dataclass(frozen=True)
class Offers:
    """What may spare a question: conversations, and other things."""

    threads: tuple[Offer, ...] = ()
    things: tuple[Offer, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.threads or self.things)


def offers_for(reader: Any, title: str) -> Offers:
    """Return what there is like a question, by its title alone; three queries, bounded whatever was typed.

    Conversations with an accepted answer come first. Everything is what this reader may find.
    """
    words = rarest_words(title[:MAX_TITLE])
    if not words:
        return Offers()
    wanted = normalise_name(title[:MAX_TITLE])
    known = [word for word, _entries in words]
    found = [
        (entry, shared)
        for entry in _candidates(reader, words)
        if (shared := _shared(known, entry, len(words)))
    ]
    threads = _threads_of(entry for entry, _shared_words in found)
    ranked = sorted(found, key=lambda pair: (-_likeness(wanted, pair[0], pair[1], threads), pair[0].pk))
    # A conversation that was taken away since is not offered.
    asked = [pair for pair in ranked if pair[0].kind == KIND and pair[0].object_id in threads]
    others = [pair for pair in ranked if pair[0].kind != KIND]
    return Offers(
        tuple(_of_thread(entry, threads[entry.object_id]) for entry, _words in asked[:MOST_THREADS]),
        tuple(_of_thing(entry, shared) for entry, shared in others[:MOST_THINGS]),
    )


def _candidates(reader: Any, words: list[tuple[str, int]]) -> list[Entry]:
    """Return what shares the rarest words, in one query: some that share all, two of them, or one that is rare."""
    kinds = things_visible_to(reader)
    questions = weighed_questions(words)
    some = [_holding(kinds, question) for question in questions]
    asked = [_holding(kinds.of_kind(KIND), question) for question in questions]
    keys = some[0].union(*some[1:], *asked)
    found = Entry.objects.filter(pk__in=keys).only(
        "kind", "object_id", "url", "title", "summary", "translations", "language", "place_name"
    )
    return list(found)


def _holding(entries: EntryQuerySet, question: Question) -> Any:
    found: Any = entries.filter(search=CatalogQuery(question.text)).order_by()
    if question.expected < _SO_MANY:
        # An order that no index has makes the database look for the words, instead of reading all that there is.
        found = found.order_by(F("id") + 0)
    return found.values("pk")[:_MOST_COMPARED]


def _shared(words: Sequence[str], entry: Entry, asked: int) -> list[str]:
    """Return which words an entry's title says, or its title and summary where these say two of several."""
    told = {word[:_STEM] for word in normalise_name(_texts(entry, "title")).split()}
    shared = [word for word in words if word[:_STEM] in told]
    if len(shared) >= min(2, asked):
        return shared
    told |= {word[:_STEM] for word in normalise_name(entry.summary[:1000]).split()}
    wider = [word for word in words if word[:_STEM] in told]
    return wider if len(wider) >= min(2, asked) else []


def _texts(entry: Entry, name: str) -> str:
    others = (str(texts.get(name) or "") for texts in entry.translations.values())
    return " ".join([getattr(entry, name), *others])


def _threads_of(entries: Iterable[Entry]) -> dict[int, Thread]:
    keys = [entry.object_id for entry in entries if entry.kind == KIND]
    rows = Thread.objects.shown().filter(pk__in=keys).only("kind", "answers", "accepted", "replies")
    return {thread.pk: thread for thread in rows} if keys else {}


def _likeness(wanted: str, entry: Entry, shared: Sequence[str], threads: Mapping[int, Thread]) -> float:
    likeness = max(
        fuzz.token_sort_ratio(wanted, normalise_name(entry.title)),
        0.92 * fuzz.token_set_ratio(wanted, normalise_name(entry.title)),
    ) + 10.0 * len(shared)
    thread = threads.get(entry.object_id) if entry.kind == KIND else None
    if thread is None:
        return likeness
    return likeness + (_ACCEPTED if thread.accepted else _ANSWERED if thread.answers else 0.0)


def _of_thread(entry: Entry, thread: Thread) -> Offer:
    kind = _("Pregunta") if thread.is_question else _("Conversación")
    return Offer(entry.shown_title, entry.url, kind, entry.place_name, _state(thread))


def _state(thread: Thread) -> str:
    if thread.accepted:
        return _("Tiene una respuesta aceptada.")
    if thread.is_question and thread.answers:
        said = ngettext("Tiene %(number)d respuesta.", "Tiene %(number)d respuestas.", thread.answers)
        return said % {"number": thread.answers}
    if thread.is_question:
        return _("Todavía sin respuesta: podés sumarte con «a mí también».")
    said = ngettext("Tiene %(number)d mensaje.", "Tiene %(number)d mensajes.", thread.replies + 1)
    return said % {"number": thread.replies + 1}


def _of_thing(entry: Entry, shared: Sequence[str]) -> Offer:
    kind = str(entry_kinds.get(entry.kind).label) if entry.kind in entry_kinds else ""
    why = _("Dice: %(words)s.") % {"words": get_text_list(list(shared[:_MOST_NAMED]), _("y"))}
    return Offer(entry.shown_title, entry.url, kind, entry.place_name, why)
