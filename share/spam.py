"""Simple means against spam: what looks like it waits until somebody of the team has looked; nothing is thrown away.

A first question of somebody new, with a link to her municipality's page, is what the network lives on. So nothing
is judged by its words, and each rule names something that people who ask or answer hardly ever do.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils import timezone
from rapidfuzz import fuzz

from portal.accounts.models import User
from portal.safety.services.allowances import is_new
from share.models import Post

VISIBLE, HELD = Post.Status.VISIBLE, Post.Status.HELD
# Why something waits: each is said in words in `share.moderation.words`.
LINKS_OF_THE_NEW, MANY_LINKS, REPEATED, BY_A_MACHINE = "links-new", "many-links", "repeated", "machine"

# Links to elsewhere that somebody new writes in one post, and somebody whom the network knows.
MOST_LINKS_NEW = 1
MOST_LINKS = 12
# Public administrations, schools and universities: nobody sells anything there.
_PUBLIC_HOST = re.compile(r"(?:^|\.)(?:gob|gov|gub|edu|mil|leg|jus|tur)(?:\.[a-z]{2})?$")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"']{1,500}", re.IGNORECASE)
_QUOTED_LINE = re.compile(r"^\s{0,3}>.*$", re.MULTILINE)
_NO_LETTER = re.compile(r"[^\w]+")

# Of a text the beginning is compared; what is shorter than a sentence is said by everybody.
_COMPARED = 1_000
_SHORTEST = 60
_ALIKE = 92.0
_LATELY = timedelta(days=1)
_LAST_OF_HERS = 20
_LAST_OF_ALL = 200
# So many times a day somebody may say the same herself: asking in a second conversation is no spam.
_OWN_REPEATS = 2


@dataclass(frozen=True)
class Verdict:
    """Whether what was written is shown at once.

    Args:
        status: "visible" or "held", as `Post.status`.
        reason: the code of why it waits; empty where it does not.
    """

    status: str
    reason: str = ""

    @property
    def is_held(self) -> bool:
        """Whether it waits until somebody has looked at it."""
        return self.status == HELD


_SHOWN = Verdict(VISIBLE)


def post_verdict(
    *, author: User, text: str, title: str = "", is_by_machine: bool = False, besides: int | None = None
) -> Verdict:
    """Judge what somebody is about to write; at most four quick questions to the database, whatever was written.

    Args:
        text: as it was typed.
        title: of a new conversation.
        is_by_machine: the form was filled in as no person does (`share.forms.guarded`).
        besides: key of the post that is being changed.
    """
    if author.is_staff:
        return _SHOWN
    if is_by_machine:
        return Verdict(HELD, BY_A_MACHINE)
    is_unknown = is_new(author)
    links = len(links_elsewhere(f"{title}\n{text}"))
    if links > MOST_LINKS:
        return Verdict(HELD, MANY_LINKS)
    if is_unknown and links > MOST_LINKS_NEW:
        return Verdict(HELD, LINKS_OF_THE_NEW)
    if _is_repeated(author, text, besides, is_unknown=is_unknown):
        return Verdict(HELD, REPEATED)
    return _SHOWN


def links_elsewhere(text: str) -> set[str]:
    """Return the hosts and paths that a text leads to, without the portal itself and public administrations."""
    found = set()
    for address in _ADDRESS.findall(text):
        host = _host(address)
        if host and host != _host(settings.SITE_URL) and not _PUBLIC_HOST.search(host):
            found.add(address.rstrip(".,;:!?"))
    return found


def compared_text(text: str) -> str:
    """Return what of a text is compared: without what it quotes, small letters, no accents or signs."""
    own = _QUOTED_LINE.sub(" ", text[: 4 * _COMPARED])
    plain = unicodedata.normalize("NFKD", own)
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _NO_LETTER.sub(" ", letters).strip().lower()[:_COMPARED]


def _host(address: str) -> str:
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        return (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_repeated(author: User, text: str, besides: int | None, *, is_unknown: bool) -> bool:
    """Say whether the same is being written again and again, by her or by several accounts at once."""
    wanted = compared_text(text)
    if len(wanted) < _SHORTEST:
        return False
    most = 0 if is_unknown else _OWN_REPEATS - 1
    posts = Post.objects.exclude(pk=besides) if besides else Post.objects.all()
    return any(
        _alike(wanted, _said_lately(some)) > most
        for some in (
            posts.filter(author=author).order_by("-id")[:_LAST_OF_HERS],
            posts.exclude(author=author).order_by("-id")[:_LAST_OF_ALL],
        )
    )


def _said_lately(posts: QuerySet[Post]) -> list[str]:
    """Return how the posts of the last day begin; the newest are read by their keys, whatever their number."""
    since = timezone.now() - _LATELY
    beginnings = posts.values_list("created_at", Left("text", 2 * _COMPARED))
    return [text for at, text in beginnings if at > since]


def _alike(wanted: str, texts: Iterable[str]) -> int:
    """Count how many texts are nearly the same."""
    return sum(
        fuzz.ratio(wanted, other, score_cutoff=_ALIKE) > 0 for other in map(compared_text, texts) if other
    )
