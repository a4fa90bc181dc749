"""What belongs to a post: its files, and the people whom it mentions."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.files.checks import CheckedUpload
from portal.files.models import StoredFile
from portal.files.services import file_store
from portal.safety.blocks import kept_apart_from
from portal.safety.services import allowance_take
from share.models import Post, PostFile, PostMention
from share.threads.limits import MENTIONS_A_DAY
from share.threads.references import people_named
from share.threads.texts import mentioned_in

FILE_USE = "post-file"
MAX_FILES = 5
MAX_MENTIONS = 10
Uploads = Sequence[File | CheckedUpload]


def key_of(client_key: UUID | None, text: str, uploads: Uploads) -> UUID | None:
    """Return what makes a post one: its form and what was sent with it."""
    if client_key is None:
        return None
    return uuid5(client_key, "\n".join([text, *(upload.name or "" for upload in uploads)]))


def check_number(uploads: Uploads, *, besides: int = 0) -> None:
    """Go on when there are not too many files.

    Args:
        besides: how many the post has already.

    Raises:
        ValidationError: there are.
    """
    if uploads and len(uploads) + besides > MAX_FILES:
        raise ValidationError(
            {
                "files": _("Con un mensaje van hasta %(maximum)d archivos. Mandá los demás con otro mensaje.")
                % {"maximum": MAX_FILES}
            }
        )


def files_keep(*, post: Post, user: User, uploads: Uploads) -> None:
    """Keep what was sent with a post, after what it has."""
    if not uploads:
        return
    begin = PostFile.objects.filter(post=post).count()
    kept = [file_store(use=FILE_USE, upload=upload, user=user) for upload in uploads]
    PostFile.objects.bulk_create(
        PostFile(post=post, file=file, order=order) for order, file in enumerate(kept, begin)
    )


def files_remove(*, post: Post, keys: Sequence[int] | None = None) -> None:
    """Delete files of a post with their content: those with these keys, or all."""
    rows = PostFile.objects.filter(post=post)
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    StoredFile.objects.filter(pk__in=list(rows.values_list("file_id", flat=True))).delete()


def mentions_note(*, post: Post, author: User) -> None:
    """Note whom a post mentions, so that they are told: only whom its author may know, and nobody kept apart.

    Raises:
        ValidationError: it mentions more people than a text is for.
        LimitReached: she has mentioned as many as she may for now.
    """
    named = mentioned_in(post.html)
    if len(named) > MAX_MENTIONS:
        raise ValidationError(
            {
                "text": _(
                    "Mencionaste a %(number)d personas y entran %(maximum)d. Dejá a quienes más hagan falta."
                )
                % {"number": len(named), "maximum": MAX_MENTIONS}
            }
        )
    known = {one.user_id for one in people_named(author, named).values()}
    wanted = known - kept_apart_from(author) - {author.pk}
    before = set(PostMention.objects.filter(post=post).values_list("user_id", flat=True))
    PostMention.objects.filter(post=post, user_id__in=before - wanted).delete()
    for _person in sorted(wanted - before):
        allowance_take(user=author, limit=MENTIONS_A_DAY.id)
    PostMention.objects.bulk_create(
        [PostMention(post=post, user_id=key) for key in sorted(wanted - before)], ignore_conflicts=True
    )
