"""Saying which answers helped, thanking for what somebody wrote, and having the same question."""

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.core.events import announce, answer_accepted
from share.models import Post, PostThanks, Thread, ThreadSupport
from share.permissions.threads import can_accept_answer, can_support, can_thank
from share.services.posts import post_held
from share.services.thread_notices import thanks_tell
from share.threads.entries import thread_entry_write


@transaction.atomic
def answer_accept(*, post: Post, by: User, is_accepted: bool = True) -> Post:
    """Say that an answer helped, or take that back; several answers may help.

    Raises:
        PermissionDenied: she neither asked nor looks after conversations, or the answer is gone.
    """
    thread, held = post_held(post)
    can_accept_answer(by, held).require()
    if is_accepted == (held.accepted_at is not None):
        return held
    held.accepted_at = timezone.now() if is_accepted else None
    held.accepted_by = by if is_accepted else None
    held.save(update_fields=["accepted_at", "accepted_by"])
    thread_entry_write(thread)
    if is_accepted:
        announce(answer_accepted, post_id=held.pk)
    return held


@transaction.atomic
def thanks_set(*, post: Post, user: User, is_thanking: bool) -> int:
    """Thank for what somebody wrote, or take that back; returns how many thank now.

    Raises:
        PermissionDenied: it is her own, it is gone, or she is not of the network.
    """
    can_thank(user, post).require()
    if is_thanking:
        PostThanks.objects.bulk_create([PostThanks(post=post, user=user)], ignore_conflicts=True)
        thanks_tell(post=post, by=user)
    else:
        PostThanks.objects.filter(post=post, user=user).delete()
    return int(Post.objects.values_list("thanks", flat=True).get(pk=post.pk))


@transaction.atomic
def support_set(*, thread: Thread, user: User, is_supporting: bool) -> int:
    """Say that one has the same question, or not any more; returns how many have it now.

    Raises:
        PermissionDenied: it is her own, it is no question, or she is not of the network.
    """
    can_support(user, thread).require()
    if is_supporting:
        ThreadSupport.objects.bulk_create([ThreadSupport(thread=thread, user=user)], ignore_conflicts=True)
    else:
        ThreadSupport.objects.filter(thread=thread, user=user).delete()
    return int(Thread.objects.values_list("supporters", flat=True).get(pk=thread.pk))
