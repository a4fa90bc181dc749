"""Invented conversations, marked as such, between the invented people."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.affiliation import affiliation
from portal.accounts.models import User
from portal.catalog.models import Entry
from portal.catalog.services import entry_withdraw
from portal.core.markdown import markdown_html
from portal.topics.labels import area_labels, topic_labels
from share.models import Post, Thread
from share.querysets.threads import KIND
from share.samples.talks import TALKS, Talk
from share.services.posts import post_append
from share.services.reading import thread_take_part
from share.threads.entries import thread_entry_write


@transaction.atomic
def threads_create() -> str:
    """Let the invented people ask and answer, once; nothing where they did so before, or are not there."""
    people = list(
        User.objects.samples()
        .filter(is_active=True, memberships__status="active")
        .distinct()
        .order_by("pk")[:24]
    )
    if not people or Thread.objects.filter(is_sample=True, title=TALKS[0].title).exists():
        return ""
    for talk in TALKS:
        _write(talk, people)
    return _("%(number)d conversaciones de muestra en Intercambiar.") % {"number": len(TALKS)}


@transaction.atomic
def threads_remove() -> int:
    """Take away the invented conversations in which nobody real wrote; returns how many."""
    real = Post.objects.filter(author__is_sample=False).values("thread_id")
    rows = Thread.objects.filter(is_sample=True, title__in=[talk.title for talk in TALKS]).exclude(
        pk__in=real
    )
    keys = list(rows.values_list("pk", flat=True))
    entry_withdraw(kind=KIND, object_ids=keys)
    Thread.objects.filter(pk__in=keys).delete()
    return len(keys)


def _write(talk: Talk, people: list[User]) -> None:
    began = timezone.now() - timedelta(days=talk.days)
    author = people[talk.by % len(people)]
    areas, topics = area_labels(), topic_labels()
    thread = Thread.objects.create(
        kind=talk.kind,
        title=talk.title,
        visibility=talk.visibility,
        author=author,
        municipality_id=min(affiliation(author), default=None),
        areas=[slug for slug in talk.areas if slug in areas],
        topics=[slug for slug in talk.topics if slug in topics],
        last_post_at=began,
        last_post_by=author,
        outcome=talk.outcome,
        outcome_html=markdown_html(talk.outcome),
        is_pinned=talk.is_pinned,
        closed_at=timezone.now() if talk.is_closed else None,
        is_sample=True,
        **_about(talk),
    )
    _say(talk, thread, people, began)
    thread.refresh_from_db()
    thread_entry_write(thread)


def _say(talk: Talk, thread: Thread, people: list[User], began: datetime) -> None:
    """Write the posts, some hours apart."""
    author = people[talk.by % len(people)]
    post_append(thread=thread, author=author, text=talk.text)
    thread_take_part(thread_id=thread.pk, user_id=author.pk, number=1)
    answer: Post | None = None
    for said in talk.said:
        parent = answer if said.is_comment else None
        post = post_append(thread=thread, author=people[said.by % len(people)], text=said.text, parent=parent)
        answer = answer if said.is_comment else post
        if said.is_accepted:
            Post.objects.filter(pk=post.pk).update(accepted_at=timezone.now(), accepted_by=thread.author)
    hours = min(20, talk.days * 24 // (len(talk.said) + 1))
    for post in Post.objects.filter(thread=thread):
        Post.objects.filter(pk=post.pk).update(created_at=began + timedelta(hours=hours * (post.number - 1)))
    last = began + timedelta(hours=hours * len(talk.said))
    Thread.objects.filter(pk=thread.pk).update(created_at=began, last_post_at=last)


def _about(talk: Talk) -> dict[str, object]:
    """Name an invented thing of the catalogue; nothing where there is none."""
    if not talk.about:
        return {}
    things = Entry.objects.filter(kind=talk.about, visibility="public", areas__overlap=list(talk.areas))
    entry = things.order_by("-is_sample", "pk").first()
    if entry is None:
        return {}
    return {
        "about_kind": entry.kind,
        "about_id": entry.object_id,
        "about_title": entry.title,
        "about_url": entry.url,
    }
