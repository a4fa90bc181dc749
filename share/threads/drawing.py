"""Posts as they are drawn for everybody of a level: written once, kept, and completed for each reader.

A page has fifty of them, so each is put together here and not by a template.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _

from portal.core.templatetags.portal import icon
from share.models import Post, Thread
from share.signatures import Signature, Signed, signatures
from share.threads.references import Named, html_filled, named_in


@dataclass(frozen=True)
class DrawnPost:
    """A post without what is about its reader, which goes between the parts.

    Args:
        head: what comes before the mark that it is new.
        text: from there on to what can be done with it.
        signature: who wrote it, in one line, for what only is heard.
    """

    id: int
    number: int
    branch: int
    author_id: int | None
    status: str
    head: str
    text: str
    signature: str
    is_answer: bool = False
    is_comment: bool = False
    is_accepted: bool = False


def draw_posts(
    reader: Any, thread: Thread, posts: Sequence[Post], *, named: Named, heads: Mapping[int, int]
) -> list[DrawnPost]:
    """Draw posts as a reader of this level reads them, in as many queries as drawing one.

    Args:
        posts: with their authors, municipalities and files.
        named: of `posts_named`.
        heads: of comments that stand on a page without their answer, the answer's number by the branch.
    """
    signed = signatures_of(reader, posts, named)
    drawn, branches = [], {post.number for post in posts if post.is_answer}
    for post in posts:
        signature = signed[post.author_id, post.municipality_id]
        begins = post.is_comment and post.branch not in branches
        branches.add(post.branch)
        head = _head(thread, post, signature, _of_answer(thread, post, heads) if begins else "")
        drawn.append(
            DrawnPost(
                id=post.pk,
                number=post.number,
                branch=post.branch,
                author_id=post.author_id,
                status=post.status,
                head=head,
                text=_text(post, html_filled(post.html, named) if post.text else _emptied()),
                signature=signature.text,
                is_answer=post.is_answer,
                is_comment=post.is_comment,
                is_accepted=post.accepted_at is not None,
            )
        )
    return drawn


def posts_named(reader: Any, posts: Collection[Post], *, apart: Collection[int] = ()) -> Named:
    """Return whom and what posts name and who signs them, as this reader may know it: see `named_in`."""
    authors = [post.author_id for post in posts]
    return named_in(reader, [post.html for post in posts], beside=authors, apart=apart)


def signatures_of(reader: Any, posts: Iterable[Post], named: Named) -> dict[Signed, Signature]:
    """Return how the authors of posts sign; the posts bring accounts and municipalities along."""
    rows = list(posts)
    return signatures(
        reader,
        [(post.author_id, post.municipality_id) for post in rows],
        accounts={post.author_id: post.author for post in rows if post.author_id and post.author},
        towns={post.municipality.pk: post.municipality.name for post in rows if post.municipality},
        shown=named.shown,
    )


def time_written(moment: datetime) -> str:
    """Write a moment on the reader's clock, and for programs."""
    local = timezone.localtime(moment)
    shown = f"{date_format(local, 'SHORT_DATE_FORMAT')}, {local:%H:%M}"
    return f'<time datetime="{local.isoformat(timespec="seconds")}">{shown}</time>'


def anchor_of(number: int) -> str:
    """Return what the page calls a post."""
    return f"mensaje-{number}"


def _head(thread: Thread, post: Post, signature: Signature, before: str) -> str:
    anchor = anchor_of(post.number)
    sort = "opening" if post.is_opening else "comment" if post.is_comment else "answer"
    accepted = " post--accepted" if post.accepted_at else ""
    edited = ""
    if post.edited_at:
        url = reverse("share:post-history", args=[post.pk])
        edited = f' · <a class="link-quiet" href="{url}">{_("editado")}</a>'
    return (
        f'{before}<article class="post post--{sort}{accepted}" id="{anchor}" tabindex="-1"'
        f' data-number="{post.number}" aria-labelledby="{anchor}-firma">'
        f'<header class="post__head">{_photo(signature)}'
        f'<div class="post__who" id="{anchor}-firma"><p class="post__signature">{_signed(signature)}</p>'
        f'<p class="post__when small soft"><a class="link-quiet" href="{_permanent(thread, post)}">'
        f"{time_written(post.created_at)}</a>{edited}</p></div>"
        f"{_accepted_mark() if post.accepted_at else ''}"
    )


def _text(post: Post, html: str) -> str:
    return f'</header><div class="prose post__text">{html}</div>{_files(post)}'


def _emptied() -> str:
    return f'<p class="soft">{_("Quien escribió este mensaje lo quitó.")}</p>'


def _signed(signature: Signature) -> str:
    name = escape(signature.name)
    written = f'<a href="{escape(signature.url)}">{name}</a>' if signature.url else f"<strong>{name}</strong>"
    if signature.is_sample:
        written += f' <span class="badge badge--sample">{_("Muestra")}</span>'
    if signature.is_staff and signature.is_named:
        written += f' <span class="badge">{_("Equipo de la red")}</span>'
    if signature.municipality:
        written += f' <span class="soft">· {escape(signature.municipality)}</span>'
    return written


def _photo(signature: Signature) -> str:
    if signature.photo_url:
        return (
            '<span class="person-photo person-photo--small">'
            f'<img src="{escape(signature.photo_url)}" alt="" loading="lazy"></span>'
        )
    initials = signature.initials or "".join(word[:1] for word in signature.name.split()[:2]).upper()
    return f'<span class="person-photo person-photo--small" aria-hidden="true">{escape(initials)}</span>'


def _accepted_mark() -> str:
    return (
        f'<p class="badge badge--ok post__accepted">{icon("check")}<span>{_("Respuesta aceptada")}</span></p>'
    )


def _files(post: Post) -> str:
    files = list(post.files.all())
    if not files:
        return ""
    lines = "".join(
        f'<li>{icon("document")} <a href="{escape(each.file.get_absolute_url())}">{escape(each.file.name)}</a>'
        f' <span class="soft small">{filesizeformat(each.file.size)}</span></li>'
        for each in files
    )
    return f'<ul class="post__files">{lines}</ul>'


def _of_answer(thread: Thread, post: Post, heads: Mapping[int, int]) -> str:
    """Say above comments that begin a page which answer they are about."""
    if post.branch not in heads:
        return f'<p class="post-of small soft">{_("Comentarios a una respuesta que ya no está")}</p>'
    url = reverse("share:post", args=[thread.pk, heads[post.branch]])
    return f'<p class="post-of small"><a href="{url}">{_("Ver la respuesta que se comenta")}</a></p>'


def _permanent(thread: Thread, post: Post) -> str:
    return reverse("share:post", args=[thread.pk, post.number])
