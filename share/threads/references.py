"""People and posts that a text names by key, filled in as this reader may know them.

For all posts of a page at once: at most as many queries as for one, and none where nobody is named.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.accounts.colleagues import Colleague, colleagues_shown
from portal.accounts.models import User
from share.models import Post, Thread
from share.signatures import Signature, signatures
from share.threads.texts import PERSON

_place = re.compile(r'<span data-reference="([a-z]+):([A-Za-z0-9-]+)"></span>')
# As large as a key gets.
_LAST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Named:
    """What may be filled in for one reader.

    Args:
        people: whom the reader may know, by public key.
        posts: address, number and signature of the posts that she may read, by key.
        shown: whom she may know of everybody that was asked about, by account.
    """

    people: Mapping[UUID, Colleague] = field(default_factory=dict)
    posts: Mapping[int, tuple[str, int, Signature]] = field(default_factory=dict)
    shown: Mapping[int, Colleague] = field(default_factory=dict)


def filled_in(reader: Any, posts: Iterable[Post]) -> dict[int, SafeString]:
    """Return the HTML of posts by key, with everybody and everything that they name as this reader may know it."""
    rows = list(posts)
    named = named_in(reader, [post.html for post in rows])
    return {post.pk: html_filled(post.html, named) for post in rows}


def named_in(
    reader: Any, texts: Iterable[str], *, beside: Iterable[int | None] = (), apart: Collection[int] = ()
) -> Named:
    """Return what the HTML of some texts names, as this reader may know it; all people are asked about at once.

    Args:
        beside: further people whom the caller wants to name: who signs the texts.
        apart: people whom nothing leads to, because the reader blocked them.
    """
    people: set[UUID] = set()
    posts: set[int] = set()
    for html in texts:
        for scheme, key in _place.findall(html):
            if scheme == PERSON:
                people.update(_as_uuid(key))
            elif key.isdigit() and int(key) <= _LAST_KEY:
                posts.add(int(key))
    keys = _accounts_of(people)
    quoted = _quoted_posts(reader, posts)
    wanted = {*keys.values(), *(post.author_id for post in quoted), *beside} - {None}
    found = colleagues_shown(reader, [key for key in wanted if key]) if wanted else {}
    shown = {key: one for key, one in found.items() if key not in apart}
    return Named(
        people={public_id: shown[key] for public_id, key in keys.items() if key in shown},
        posts=_told_posts(reader, quoted, shown),
        shown=shown,
    )


def people_named(reader: Any, public_ids: Iterable[UUID]) -> dict[UUID, Colleague]:
    """Return those of these people whom a reader may know, by public key; two or three queries, or none."""
    keys = _accounts_of(set(public_ids))
    if not keys:
        return {}
    return {one.public_id: one for one in colleagues_shown(reader, list(keys.values())).values()}


def html_filled(html: str, named: Named) -> SafeString:
    """Return the HTML of one text with what it names filled in; nothing that was typed can be a place to fill."""
    if "data-reference" not in html:
        return mark_safe(html)  # noqa: S308 cleaned when it was written

    def fill(place: re.Match[str]) -> str:
        make: Callable[[str, Named], str] = _person if place[1] == PERSON else _quoted
        return make(place[2], named)

    return mark_safe(_place.sub(fill, html))  # noqa: S308 cleaned when written, and every part is escaped


def _person(key: str, named: Named) -> str:
    person = next((named.people[one] for one in _as_uuid(key) if one in named.people), None)
    if person is None:
        return format_html('<span class="mention">{}</span>', _("alguien de la red"))
    if not person.url:
        return format_html('<span class="mention">@{}</span>', person.name)
    return format_html('<a class="mention" href="{}">@{}</a>', person.url, person.name)


def _quoted(key: str, named: Named) -> str:
    found = named.posts.get(int(key)) if key.isdigit() else None
    if found is None:
        return format_html('<span class="quote-of">{}</span>', _("De un mensaje que ya no está:"))
    url, number, signature = found
    said = _("%(name)s escribió (#%(number)d):") % {"name": signature.name, "number": number}
    return format_html('<a class="quote-of" href="{}">{}</a>', url, said)


def _accounts_of(public_ids: Collection[UUID]) -> dict[UUID, int]:
    if not public_ids:
        return {}
    return dict(User.objects.filter(public_id__in=public_ids).values_list("public_id", "pk"))


def _quoted_posts(reader: Any, keys: set[int]) -> list[Post]:
    if not keys:
        return []
    readable = Thread.objects.visible_to(reader)
    posts = Post.objects.filter(pk__in=keys, status=Post.Status.VISIBLE, thread__in=readable)
    return list(posts.select_related("author", "municipality").defer("text", "html"))


def _told_posts(
    reader: Any, rows: list[Post], shown: Mapping[int, Colleague]
) -> dict[int, tuple[str, int, Signature]]:
    if not rows:
        return {}
    signed = signatures(
        reader,
        [(post.author_id, post.municipality_id) for post in rows],
        accounts={post.author.pk: post.author for post in rows if post.author},
        towns={post.municipality.pk: post.municipality.name for post in rows if post.municipality},
        shown=shown,
    )
    return {
        post.pk: (post.get_absolute_url(), post.number, signed[post.author_id, post.municipality_id])
        for post in rows
    }


def _as_uuid(key: str) -> list[UUID]:
    """Return the key that a text spells, or nothing."""
    try:
        return [UUID(key)]
    except ValueError:
        return []
