"""How the API tells of conversations."""

from typing import Any

from rest_framework import serializers

from share.models import Post, Thread
from share.signatures import Signature
from share.threads.export import states_of


class ThreadSerializer(serializers.Serializer):
    """A conversation in a list."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(Thread.Kind.choices)
    title = serializers.CharField()
    states = serializers.ListField(
        child=serializers.ChoiceField(["unanswered", "answered", "accepted", "closed", "outcome"])
    )
    language = serializers.CharField()
    visibility = serializers.ChoiceField(Thread.Visibility.choices)
    municipality = serializers.IntegerField(allow_null=True, help_text="Where its author worked then.")
    areas = serializers.ListField(child=serializers.SlugField())
    topics = serializers.ListField(child=serializers.SlugField())
    about = serializers.DictField(
        allow_null=True,
        help_text="The thing that it is about, where the reader finds it: kind, id, title and url of its page.",
    )
    outcome = serializers.CharField(help_text="What came of it, in Markdown; empty for none.")
    replies = serializers.IntegerField()
    answers = serializers.IntegerField()
    accepted = serializers.IntegerField()
    supporters = serializers.IntegerField()
    is_pinned = serializers.BooleanField()
    is_sample = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    last_post_at = serializers.DateTimeField()
    url = serializers.URLField(help_text="The page for people.")
    posts = serializers.URLField(help_text="The address of its posts in this API.")


class ThreadPageSerializer(serializers.Serializer):
    """A page of conversations."""

    count = serializers.IntegerField()
    count_is_least = serializers.BooleanField(help_text="Whether there are more than were counted.")
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = ThreadSerializer(many=True)


class PostSerializer(serializers.Serializer):
    """A post of a conversation, as its reader may read it."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    answers_to = serializers.IntegerField(
        allow_null=True, help_text="Of a comment, the number of its answer."
    )
    author = serializers.CharField(help_text="How whoever wrote it signs, for this reader.")
    municipality = serializers.CharField()
    text = serializers.CharField(
        help_text="Markdown; people and posts are named by keys. Empty if taken away."
    )
    html = serializers.CharField(help_text="Clean HTML, with the names that this reader may read.")
    status = serializers.ChoiceField(Post.Status.choices)
    is_accepted = serializers.BooleanField()
    thanks = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    url = serializers.URLField(help_text="The page for people.")


class PostPageSerializer(serializers.Serializer):
    """A page of posts, each answer followed by its comments."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = PostSerializer(many=True)


def told_thread(thread: Thread, absolute: Any, posts_url: str) -> dict[str, Any]:
    """Return what the API tells of a conversation.

    Args:
        absolute: makes a whole address of one within the portal.
    """
    about = None
    if thread.about_kind and thread.about_title:
        url = absolute(thread.about_url) if thread.about_url else ""
        about = {"kind": thread.about_kind, "id": thread.about_id, "title": thread.about_title, "url": url}
    told = {
        "states": states_of(thread),
        "municipality": thread.municipality_id,
        "about": about,
        "url": absolute(thread.get_absolute_url()),
        "posts": absolute(posts_url),
    }
    own = [str(name) for name in ThreadSerializer().fields if name not in told]
    return dict(ThreadSerializer({**{name: getattr(thread, name) for name in own}, **told}).data)


def told_post(post: Post, signature: Signature, html: str, absolute: Any) -> dict[str, Any]:
    """Return what the API tells of a post."""
    return dict(
        PostSerializer(
            {
                "id": post.pk,
                "number": post.number,
                "answers_to": post.branch if post.is_comment else None,
                "author": signature.name,
                "municipality": signature.municipality,
                "text": post.text,
                "html": html,
                "status": post.status,
                "is_accepted": post.accepted_at is not None,
                "thanks": post.thanks,
                "created_at": post.created_at,
                "edited_at": post.edited_at,
                "url": absolute(post.get_absolute_url()),
            }
        ).data
    )
