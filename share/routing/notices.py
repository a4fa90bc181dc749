"""What the e-mail of a question that is put to somebody says below its sentence."""

from django.conf import settings
from django.utils.translation import gettext as _

from portal.notices.models import Notification
from portal.safety.blocks import kept_apart_from
from share.models import Post, RoutedQuestion, Thread
from share.routing.declining import decline_url
from share.routing.reasons import said_to_her

_EXTRACT = 1200


def question_email_body(notice: Notification) -> str:
    """Return the question, why it came to her, and how to say that she would rather not; nothing once it is over."""
    key = notice.fact.removeprefix("routed:")
    rows = RoutedQuestion.objects.select_related("thread").filter(user_id=notice.user_id)
    routed = rows.filter(pk=int(key)).first() if key.isdecimal() else None
    if routed is None or routed.status != RoutedQuestion.Status.ASKED:
        return ""
    thread = Thread.objects.visible_to(notice.user).filter(pk=routed.thread_id).first()
    if thread is None or thread.author_id in kept_apart_from(notice.user):
        return ""
    text = (
        Post.objects.filter(thread=thread, number=1, status="visible").values_list("text", flat=True).first()
    )
    told = [_shortened(text or ""), said_to_her(routed.reasons)]
    told.append(
        _(
            "No hace falta que contestes. Si preferís que no, decilo acá y se la acercamos a otra persona: %(url)s"
        )
        % {"url": settings.SITE_URL.rstrip("/") + decline_url(routed)}
    )
    return "\n\n".join(filter(None, told))


def _shortened(text: str) -> str:
    return text if len(text) <= _EXTRACT else f"{text[:_EXTRACT].rsplit(' ', 1)[0]}…"
