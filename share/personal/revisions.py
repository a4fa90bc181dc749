"""Earlier versions of what a person wrote, and the files that went with it: her copy, and their erasure."""

from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.files.models import StoredFile
from share.models import PostFile, PostRevision


def export_revisions(user: User) -> dict[str, Any]:
    """Return what she wrote before she changed it, and the files that she sent with what she wrote."""
    revisions = PostRevision.objects.filter(post__author=user).order_by("pk")
    files = PostFile.objects.filter(post__author=user).select_related("file", "post__thread").order_by("pk")
    return {
        "earlier_versions": [
            {"conversation": title, "text": text, "at": timezone.localtime(at).isoformat(timespec="seconds")}
            for title, text, at in revisions.values_list("post__thread__title", "text", "replaced_at")
        ],
        "files": [
            {
                "conversation": each.post.thread.title,
                "name": each.file.name,
                "address": each.file.get_absolute_url(),
            }
            for each in files
        ],
    }


def erase_revisions(user: User) -> None:
    """Take every earlier version of her texts away, with her files; of what others wrote, her name alone.

    What her posts say now, and what stays of them, is for whoever erases the posts.
    """
    PostRevision.objects.filter(post__author=user).delete()
    PostRevision.objects.filter(replaced_by=user).update(replaced_by=None)
    files = PostFile.objects.filter(post__author=user).values_list("file_id", flat=True)
    StoredFile.objects.filter(pk__in=list(files)).delete()
