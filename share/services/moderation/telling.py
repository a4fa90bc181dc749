"""What people are told when the team does something to what they wrote."""

from django.urls import reverse
from django.utils.translation import gettext_noop

from portal.accounts.models import User
from portal.notices.services import notify
from portal.notices.texts import Text
from share.models import Post, Thread, ThreadChange
from share.moderation.words import held_because
from share.permissions.moderation import moderators

MODERATED = "conversation-moderated"
HELD = "posts-held"
_SHORT_TITLE = 80


def tell_author_of_post(*, post: Post, change: ThreadChange, msgid: str) -> None:
    """Tell whoever wrote a post what was done to it and why; the sentence says `%(title)s` and `%(reason)s`."""
    if post.author is not None and post.author_id != change.by_id:
        url = post.get_absolute_url() if post.is_visible else reverse("share:thread-list")
        _tell(post.author, post.thread, change, msgid, url)


def tell_author_of_thread(*, thread: Thread, change: ThreadChange, msgid: str) -> None:
    """Tell whoever began a conversation what was done to it and why."""
    if thread.author is not None and thread.author_id != change.by_id:
        url = thread.get_absolute_url() if thread.hidden_at is None else reverse("share:thread-list")
        _tell(thread.author, thread, change, msgid, url)


def tell_held(*, post: Post, code: str) -> None:
    """Tell an author that what she wrote waits, and the team that something does; of samples nobody is told."""
    if post.author is not None:
        notify(
            users=post.author,
            kind=MODERATED,
            text=Text(
                gettext_noop(
                    "Recibimos lo que escribiste en «%(title)s». Antes de publicarlo lo mira alguien del equipo, "
                    "porque %(reason)s. Suele ser cosa de horas y no tenés que hacer nada."
                ),
                title=short_title(post.thread),
                reason=held_because(code),
            ),
            url=post.get_absolute_url(),
            fact=f"post:{post.pk}:held",
        )
    if not post.thread.is_sample:
        notify(
            users=moderators(),
            kind=HELD,
            text=Text(
                gettext_noop("Hay un mensaje que espera que lo mires, en «%(title)s»."),
                title=short_title(post.thread),
            ),
            url=reverse("admin:share_post_changelist"),
            fact=f"post:{post.pk}:held",
            group="posts-held",
            grouped_text=Text.plural(
                "Hay %(number)s mensaje que espera que lo mires.",
                "Hay %(number)s mensajes que esperan que los mires.",
            ),
        )


def short_title(thread: Thread) -> str:
    """Return a title that leaves room for the rest of a sentence."""
    title = thread.title
    return title if len(title) <= _SHORT_TITLE else f"{title[: _SHORT_TITLE - 1].rstrip()}…"


def _tell(person: User, thread: Thread, change: ThreadChange, msgid: str, url: str) -> None:
    notify(
        users=person,
        kind=MODERATED,
        text=Text(msgid, title=short_title(thread), reason=change.reason),
        url=url,
        fact=f"thread-change:{change.pk}",
    )
