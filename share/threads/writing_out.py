"""A page of posts put together for one reader: what is kept, with what is new to her and what she can do."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level
from share.models import Post
from share.permissions.moderation import can_moderate_threads
from share.permissions.threads import can_change_thread, can_write_in_thread
from share.threads.drawing import DrawnPost
from share.threads.page import ThreadPage

# Comments of one answer that are seen before somebody asks for the rest, which are at least a few.
_COMMENTS_SHOWN = 4
_FEWEST_FOLDED = 2


# Stands in an address for the key of a post, which is filled in.
_NUMBER = 987654321987


@dataclass(frozen=True)
class Kit:
    """The buttons below posts with places for what each is about, and the sentence that says so."""

    thank: str
    thanked: str
    accept: str
    unaccept: str
    comment: str
    quote: str
    edit: str
    report: str
    care: str
    about: str


@dataclass(frozen=True)
class Reader:
    """What a person may do with the posts of one conversation, asked once for all of them."""

    id: int | None
    kit: Kit
    is_member: bool
    may_write: bool
    may_accept: bool
    may_moderate: bool


def reader_of(user: Any, page: ThreadPage, token: str) -> Reader:
    """Return what a person may do in a conversation.

    Args:
        token: of her forms.
    """
    thread = page.thread
    return Reader(
        id=user.pk,
        kit=_kit(page, token),
        is_member=reading_level(user) in MEMBERS_LEVELS,
        may_write=bool(can_write_in_thread(user, thread)),
        may_accept=thread.is_question and bool(can_change_thread(user, thread)),
        may_moderate=bool(can_moderate_threads(user)),
    )


def posts_written(page: ThreadPage, reader: Reader) -> SafeString:
    """Write the posts of a page: each answer with its comments, many comments folded."""
    parts: list[str] = []
    for _branch, branch in groupby(page.posts, key=lambda post: post.branch):
        posts = list(branch)
        heads = [post for post in posts if not post.is_comment]
        parts += [_post(page, post, reader) for post in heads]
        comments = [post for post in posts if post.is_comment]
        if comments:
            parts.append(f'<div class="comments">{"".join(_comments(page, comments, reader))}</div>')
    return mark_safe("".join(parts))  # noqa: S308 put together of escaped parts and cleaned texts


def _comments(page: ThreadPage, comments: list[DrawnPost], reader: Reader) -> Iterator[str]:
    """Write comments; those beyond the first stay folded unless one of them is new to the reader."""
    written = [_post(page, post, reader) for post in comments]
    left = len(comments) - _COMMENTS_SHOWN
    if left < _FEWEST_FOLDED:
        yield from written
        return
    yield from written[:_COMMENTS_SHOWN]
    is_open = " open" if any(page.is_new(post) for post in comments[_COMMENTS_SHOWN:]) else ""
    label = ngettext("Ver %(number)s comentario más", "Ver %(number)s comentarios más", left) % {
        "number": left
    }
    yield f'<details class="comments__more"{is_open}><summary>{label}</summary>'
    yield from written[_COMMENTS_SHOWN:]
    yield "</details>"


def _post(page: ThreadPage, post: DrawnPost, reader: Reader) -> str:
    new = f' <span class="badge badge--info post__new">{_("Nueva")}</span>' if page.is_new(post) else ""
    text = post.text
    note = _note(page, post)
    if note:
        head, text = text.split("</header>", 1)
        # Her own, which waits, she reads at once.
        is_open = " open" if post.author_id == reader.id and post.author_id is not None else ""
        folded = f'<details class="post__folded"{is_open}><summary>{note}</summary>{text}</details>'
        text = f"{head}</header>{folded}"
    return f"{post.head}{new}{text}{_actions(page, post, reader)}</article>"


def _note(page: ThreadPage, post: DrawnPost) -> str:
    """Say why a post is folded; nothing where it is not."""
    if post.author_id in page.folded:
        return _("Escribió alguien a quien bloqueaste. Mostrar.")
    if post.status == Post.Status.HIDDEN:
        return _("El equipo la ocultó: la ve solamente el equipo. Mostrar.")
    if post.status == Post.Status.HELD:
        return _("Espera que el equipo la mire; mientras tanto no la ve nadie más. Mostrar.")
    return ""


def _actions(page: ThreadPage, post: DrawnPost, reader: Reader) -> str:
    is_own = post.author_id is not None and post.author_id == reader.id
    is_shown = reader.is_member and post.status == Post.Status.VISIBLE
    is_waiting = is_own and post.status == Post.Status.HELD
    if not (is_shown or is_waiting or reader.may_moderate):
        return ""
    about = _about(post, reader)
    filled = {"id": post.id, "number": post.number, "branch": post.branch, "about": about}
    care = reader.kit.care % filled if reader.may_moderate else ""
    if not is_shown:
        edit = reader.kit.edit % filled if is_waiting else ""
        return f'<footer class="post__actions">{edit}{care}</footer>'
    number, is_hers = page.thanks.get(post.id, (0, False))
    filled["count"] = f' <span class="post__count">{number}</span>' if number else ""
    kit = reader.kit
    parts = [_thanked(number) if is_own else (kit.thanked if is_hers else kit.thank) % filled]
    if reader.may_accept and post.is_answer:
        parts.append((kit.unaccept if post.is_accepted else kit.accept) % filled)
    if reader.may_write:
        parts += [kit.comment % filled if post.number > 1 else "", kit.quote % filled]
    parts.append((kit.edit if is_own else kit.report) % filled + care)
    return f'<footer class="post__actions">{"".join(parts)}</footer>'


def _thanked(number: int) -> str:
    """Say how many thank for one's own post."""
    if not number:
        return ""
    said = ngettext("%(number)s agradecimiento", "%(number)s agradecimientos", number) % {"number": number}
    return f'<span class="small soft">{said}</span>'


def _about(post: DrawnPost, reader: Reader) -> str:
    """Say, for who hears the page, which post a button is about."""
    about = reader.kit.about % {"number": post.number, "who": post.signature}
    return f'<span class="visually-hidden"> {escape(about)}</span>'


def _kit(page: ThreadPage, token: str) -> Kit:
    """Write the buttons of a conversation once; a page has two hundred of them."""
    thanks, accept = _address("share:post-thanks"), _address("share:answer-accept")
    create = escape(reverse("share:post-create", args=[page.thread.pk]))
    return Kit(
        thank=_button(token, thanks, "1", _("Agradecer"), ' aria-pressed="false"', "%(count)s"),
        thanked=_button(token, thanks, "0", _("Agradecer"), ' aria-pressed="true"', "%(count)s"),
        accept=_button(token, accept, "1", _("Aceptar la respuesta")),
        unaccept=_button(token, accept, "0", _("Ya no la acepto")),
        comment=_link(f"{create}?comenta=%(branch)s", _("Comentar")),
        quote=_link(f"{create}?cita=%(number)s", _("Citar")),
        edit=_link(_address("share:post-edit"), _("Cambiar")),
        report=_link(_address("safety:report", "post"), _("Denunciar")),
        care=_link(_address("share:post-moderate"), _("Cuidar")),
        about=_("el mensaje %(number)s, de %(who)s"),
    )


def _address(name: str, *before: str) -> str:
    """Return an address with a place for a post's key."""
    return escape(reverse(name, args=[*before, _NUMBER])).replace(str(_NUMBER), "%(id)s")


def _button(token: str, url: str, value: str, label: str, state: str = "", after: str = "") -> str:
    return (
        f'<form method="post" action="{url}"><input type="hidden" name="csrfmiddlewaretoken" value="{token}">'
        f'<input type="hidden" name="value" value="{value}">'
        f'<button class="button button--quiet" type="submit"{state}>'
        f"<span>{escape(label)}</span>%(about)s{after}</button></form>"
    )


def _link(url: str, label: str) -> str:
    return f'<a class="button button--quiet" href="{url}">{escape(label)}%(about)s</a>'
