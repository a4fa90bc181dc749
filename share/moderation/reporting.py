"""Conversations, what is written in them, and encounters, as things that can be reported to the network's team."""

from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.decision import ALLOWED, Decision, denied
from portal.safety.reportables import Evidence
from share.models import Event, Post, Thread
from share.services.events.states import event_hide
from share.services.moderation.posts import post_hide
from share.services.moderation.taking import ModerationConflict
from share.services.moderation.threads import thread_hide


def may_report_thread(user: Any, thread_id: int) -> Decision:
    """Whoever reads a conversation that somebody else began may report it."""
    found = Thread.objects.visible_to(user).filter(pk=thread_id).exclude(author_id=user.pk)
    return ALLOWED if found.exists() else denied(_("No encontramos esa conversación."))


def may_report_post(user: Any, post_id: int) -> Decision:
    """Whoever reads what somebody else wrote may report it."""
    threads = Thread.objects.visible_to(user)
    found = Post.objects.visible_to(user).filter(pk=post_id, thread__in=threads).exclude(author_id=user.pk)
    return ALLOWED if found.exists() else denied(_("No encontramos ese mensaje."))


def may_report_event(user: Any, event_id: int) -> Decision:
    """Whoever reads about an encounter that somebody else announced may report it."""
    found = Event.objects.visible_to(user).filter(pk=event_id).exclude(created_by_id=user.pk)
    return ALLOWED if found.exists() else denied(_("No encontramos ese encuentro."))


def thread_evidence(thread_id: int) -> Evidence | None:
    """Copy a conversation's title and what opens it."""
    thread = Thread.objects.filter(pk=thread_id).first()
    if thread is None:
        return None
    opening = thread.posts.filter(number=1).values_list("text", flat=True).first()
    return Evidence(title=thread.title, text=opening or "", at=thread.created_at, author_id=thread.author_id)


def post_evidence(post_id: int) -> Evidence | None:
    """Copy what somebody wrote, with the names of its files; nothing of what she took away herself."""
    post = Post.objects.select_related("thread").filter(pk=post_id).exclude(status="removed").first()
    if post is None:
        return None
    told = [post.text]
    files = ", ".join(post.files.values_list("file__name", flat=True))
    if files:
        told.append(_("Archivos: %(names)s") % {"names": files})
    return Evidence(
        title=_("Mensaje %(number)d de «%(title)s»")
        % {"number": post.number, "title": post.thread.title[:120]},
        text="\n\n".join(told),
        at=post.edited_at or post.created_at,
        author_id=post.author_id,
    )


def event_evidence(event_id: int) -> Evidence | None:
    """Copy what an encounter's page says."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        return None
    text = "\n\n".join(filter(None, (event.summary, event.description, event.venue)))
    return Evidence(title=event.title, text=text, at=event.updated_at, author_id=event.created_by_id)


def hide_reported_thread(thread_id: int, actor: User) -> None:
    """Take a conversation away, as it was decided with a report."""
    thread = Thread.objects.filter(pk=thread_id).first()
    if thread is not None:
        _quietly(lambda: thread_hide(thread=thread, actor=actor, reason=_because(), is_report=True))


def hide_reported_post(post_id: int, actor: User) -> None:
    """Take a post away, as it was decided with a report; the opening one takes its conversation with it."""
    post = Post.objects.select_related("thread").filter(pk=post_id).first()
    if post is not None:
        _quietly(lambda: post_hide(post=post, actor=actor, reason=_because(), is_report=True))


def hide_reported_event(event_id: int, actor: User) -> None:
    """Take an encounter away, as it was decided with a report."""
    event = Event.objects.filter(pk=event_id).first()
    if event is not None:
        event_hide(event=event, actor=actor, reason=_because())


def thread_url(thread_id: int) -> str:
    """Return where it is read; the team reads what is hidden, too."""
    thread = Thread.objects.filter(pk=thread_id).first()
    return thread.get_absolute_url() if thread else ""


def post_url(post_id: int) -> str:
    """Return where it is read."""
    post = Post.objects.filter(pk=post_id).first()
    return post.get_absolute_url() if post else ""


def event_url(event_id: int) -> str:
    """Return where it is read."""
    event = Event.objects.filter(pk=event_id).first()
    return event.get_absolute_url() if event else ""


def _because() -> str:
    """Say to whoever wrote it why it is gone, and nothing of a report."""
    return _("no respeta las pautas de convivencia de la red.")


def _quietly(step: Any) -> None:
    """Take a step that may have been taken already: what is hidden stays hidden."""
    try:
        step()
    except ModerationConflict:
        return
