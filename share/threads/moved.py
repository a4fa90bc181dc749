"""Where a post is now that stood elsewhere once."""

from share.models import MovedPost, Post


def moved_post(thread_id: int, number: int) -> Post | None:
    """Return the post that had this number in this conversation, before it was moved; nothing where none had."""
    found = MovedPost.objects.select_related("post__thread").filter(thread_id=thread_id, number=number)
    row = found.first()
    return row.post if row is not None else None
