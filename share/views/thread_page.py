"""The page of a conversation, and the addresses that lead to one of its posts."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView

from portal.core.visitor_cache import public_page
from share.models import Post, Thread
from share.moderation.waiting import waits_because
from share.permissions.threads import (
    can_change_thread,
    can_close_thread,
    can_support,
    can_tell_outcome,
    can_write_in_thread,
)
from share.routing.shown import question_for, routing_shown
from share.services.reading import thread_follow, thread_read
from share.services.thread_notices import notices_of_thread_read
from share.threads.about import unseen_things_left_out
from share.threads.drawing import anchor_of
from share.threads.moved import moved_post
from share.threads.page import ThreadPage, posts_of, readable_threads, thread_page
from share.threads.paging import END, cursor_of_post
from share.threads.similar import similar_threads
from share.threads.structured import thread_data
from share.threads.writing_out import posts_written, reader_of
from share.views.composing import person_of

_CURSOR = "cursor"


class ThreadDetailView(TemplateView):
    """One page of a conversation: what came of it first, then fifty posts.

    Visitors share it. Whoever is signed in gets a page of her own, made of posts that are kept as her level reads
    them: she finds at once what was written a moment ago, and what is new to her.
    """

    template_name = "share/thread_detail.html"
    is_public_page = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it, and note that it was read."""
        thread = get_object_or_404(readable_threads(request.user), pk=kwargs["pk"])
        if kwargs["slug"] != thread.slug:
            query = request.META.get("QUERY_STRING", "")
            return redirect(f"{thread.get_absolute_url()}{'?' if query else ''}{query}")
        unseen_things_left_out(request.user, [thread])
        page = thread_page(request.user, thread, request.GET.get(_CURSOR, ""))
        if request.method == "GET" and page.reads_up_to is not None:
            reader = person_of(request)
            thread_read(thread=thread, user=reader, up_to=page.reads_up_to)
            notices_of_thread_read(user=reader, thread=thread)
        return self.render_to_response(self.get_context_data(thread=thread, page=page, **kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put the posts together for whoever reads."""
        thread: Thread = kwargs["thread"]
        page: ThreadPage = kwargs["page"]
        user = self.request.user
        token = get_token(self.request) if user.is_authenticated else ""
        is_public = thread.visibility == Thread.Visibility.PUBLIC and thread.hidden_at is None
        return super().get_context_data(
            posts=posts_written(page, reader_of(user, page, token)),
            write=can_write_in_thread(user, thread),
            support=can_support(user, thread),
            end=END,
            similar=similar_threads(user, thread) if page.is_first else [],
            structured=thread_data(thread, page, self.request.build_absolute_uri) if is_public else "",
            **(_own_part(user, thread) if user.is_authenticated else {}),
            **kwargs,
        )


@require_safe
@public_page
def post_address(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Lead to a post on the page that it stands on now, wherever it was moved."""
    thread = get_object_or_404(readable_threads(request.user), pk=pk)
    posts = posts_of(request.user, thread)
    post = posts.filter(number=number).first()
    if post is None:
        moved = moved_post(pk, number)
        if moved is None:
            raise Http404
        return redirect(moved.get_absolute_url())
    return redirect(_place_of(thread, post, cursor_of_post(posts, post)))


@login_required
@require_safe
def first_unread(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the first post that came since the reader's last visit; to the newest page where nothing did."""
    thread = get_object_or_404(readable_threads(request.user), pk=pk)
    posts = posts_of(request.user, thread)
    row = thread.readers.filter(user=request.user).first()
    post = posts.filter(number__gt=row.read_number if row else 0).order_by("number").first()
    if post is None:
        return redirect(f"{thread.get_absolute_url()}?{urlencode({_CURSOR: END})}")
    return redirect(_place_of(thread, post, cursor_of_post(posts, post)))


@login_required
@require_POST
def thread_follow_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow a conversation, follow it no more, or silence it."""
    thread = get_object_or_404(readable_threads(request.user), pk=pk)
    wanted = request.POST.get("value", "")
    if wanted not in ("follow", "stop", "mute"):
        raise Http404
    thread_follow(
        thread=thread, user=person_of(request), is_following=wanted == "follow", is_muted=wanted == "mute"
    )
    return redirect(f"{thread.get_absolute_url()}#{_FOLLOWING}")


@login_required
@require_POST
def thread_read_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Take everything that is in a conversation for read."""
    thread = get_object_or_404(readable_threads(request.user), pk=pk)
    thread_read(thread=thread, user=person_of(request))
    return redirect(thread.get_absolute_url())


_FOLLOWING = "seguir"


def _own_part(user: Any, thread: Thread) -> dict[str, Any]:
    """Return what whoever asked does with her conversation, and what a question means to whom it was put."""
    return {
        "lead": can_change_thread(user, thread),
        "outcome": can_tell_outcome(user, thread),
        "close": can_close_thread(user, thread),
        "routed": routing_shown(user, thread) if thread.routed_at else [],
        "question_for_you": question_for(user, thread) if thread.routed_at else None,
        "waits_because": waits_because(user, thread) if getattr(thread, "has_held", False) else "",
    }


def _place_of(thread: Thread, post: Post, cursor: str) -> str:
    query = f"?{urlencode({_CURSOR: cursor})}" if cursor else ""
    url = reverse("share:thread-detail", args=[thread.pk, thread.slug])
    return f"{url}{query}#{anchor_of(post.number)}"
