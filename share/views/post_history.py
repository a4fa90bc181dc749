"""What a post said before: its versions, with what went and what came."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from share.models import Post, Thread
from share.signatures import signatures
from share.threads.differences import Part, differences
from share.threads.page import level_reader
from share.threads.references import people_named
from share.threads.texts import mention_keys, text_shown

MOST_VERSIONS = 20


@dataclass(frozen=True)
class Version:
    """A version of a text, and what is other in it than in the one before.

    Args:
        at: when it was written.
        parts: of the first one, its whole text as it was.
    """

    at: datetime
    parts: list[Part]
    is_first: bool = False


@never_cache
@require_safe
def post_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the newest versions of a post to whoever may read it."""
    readable = Thread.objects.readable_by(request.user)
    posts = Post.objects.visible_to(request.user).exclude(status=Post.Status.REMOVED)
    post = get_object_or_404(posts.select_related("thread").filter(thread__in=readable), pk=pk)
    reader = level_reader(request.user)
    signed = (post.author_id, post.municipality_id)
    context = {
        "post": post,
        "thread": post.thread,
        "signature": signatures(reader, [signed])[signed],
        "versions": _versions(reader, post),
        "most": MOST_VERSIONS,
    }
    return render(request, "share/post_history.html", context)


def _versions(reader: Any, post: Post) -> list[Version]:
    """Return the newest versions first; three queries at most, however many there are."""
    replaced = list(post.revisions.order_by("-id")[: MOST_VERSIONS + 1])
    has_all = len(replaced) <= MOST_VERSIONS
    replaced.reverse()
    texts = [each.text for each in replaced] + [post.text]
    names = {
        key: one.name for key, one in people_named(reader, set().union(*map(mention_keys, texts))).items()
    }
    shown = [text_shown(text, names) for text in texts]
    # Each was written when the one before it was replaced.
    changed = [
        Version(each.replaced_at, differences(before, after))
        for each, (before, after) in zip(replaced, pairwise(shown), strict=True)
    ]
    first = [Version(post.created_at, [Part("same", shown[0])], is_first=True)] if has_all else []
    return [*reversed(changed), *first]
