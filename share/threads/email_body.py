"""What an e-mail says of a post below its sentence."""

from django.utils.translation import gettext as _

from portal.notices.models import Notification
from portal.safety.blocks import kept_apart_from
from share.models import Post, Thread
from share.services.thread_notices import posts_in
from share.threads.entries import plain

_LONGEST = 1_200


def post_email_body(notice: Notification) -> str:
    """Return what somebody wrote, as long as the receiver may read it; nothing of what was taken away meanwhile."""
    found = Post.objects.select_related("thread").filter(pk__in=posts_in([notice.fact]))
    post = found.filter(thread__in=Thread.objects.visible_to(notice.user).shown()).first()
    if post is None or not post.is_visible or post.author_id in kept_apart_from(notice.user):
        return ""
    text = plain(post.html)
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST].rsplit(' ', 1)[0]}…"
    return "\n\n".join([text, _("Para responder entrá a la conversación: este correo no recibe respuestas.")])
