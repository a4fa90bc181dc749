"""Who may write in conversations and change what was written, each with the reason that the page shows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level
from portal.core.decision import ALLOWED, Decision, denied
from share.models import Post, Thread
from share.permissions.moderation import can_moderate_threads

SIGN_IN_FIRST = _("Para escribir ingresá con tu cuenta.")
MEMBERS_ONLY = _(
    "En las conversaciones escriben quienes trabajan en un municipio de la red. Sumate a tu municipio desde tu cuenta."
)
GONE = _("Esta conversación ya no está.")


def can_start_thread(user: Any) -> Decision:
    """Members of the network ask and discuss, and so does the network's team."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    return ALLOWED if reading_level(user) in MEMBERS_LEVELS else denied(MEMBERS_ONLY)


def can_see_thread(user: Any, thread: Thread) -> Decision:
    """What is public is read by everybody, the rest by members; what was taken away by the team alone."""
    if user.is_authenticated and user.is_staff:
        return ALLOWED
    if thread.hidden_at is not None:
        return denied(GONE)
    if thread.visibility == Thread.Visibility.PUBLIC or reading_level(user) in MEMBERS_LEVELS:
        return ALLOWED
    return denied(_("Esta conversación la leen quienes trabajan en un municipio de la red."))


def can_open_thread(user: Any, thread: Thread) -> Decision:
    """Whoever may read a conversation opens it; one that waits to be looked at is opened by whoever began it, too."""
    seen = can_see_thread(user, thread)
    if seen or thread.hidden_at is None or not user.is_authenticated or user.pk != thread.author_id:
        return seen
    waits = thread.posts.filter(number=1, status=Post.Status.HELD).exists()
    return ALLOWED if waits else seen


def can_see_post(user: Any, post: Post) -> Decision:
    """A post is read by whoever reads its conversation; one that waits by its author, and by the team."""
    seen = can_see_thread(user, post.thread)
    if not seen or post.is_visible or (user.is_authenticated and user.is_staff):
        return seen
    if post.status == Post.Status.HELD and user.is_authenticated and user.pk == post.author_id:
        return ALLOWED
    return denied(_("Este mensaje ya no está."))


def can_write_in_thread(user: Any, thread: Thread) -> Decision:
    """Members write in what is open; in what the team locked, whoever looks after conversations."""
    may_start = can_start_thread(user)
    if not may_start:
        return may_start
    if thread.hidden_at is not None:
        return denied(GONE)
    if thread.is_locked:
        if can_moderate_threads(user):
            return ALLOWED
        return denied(_("El equipo de la red cerró esta conversación: se puede leer y ya no se responde."))
    if thread.is_closed:
        return denied(
            _(
                "Esta conversación está cerrada: se puede leer y ya no se responde. Podés empezar otra y citarla."
            )
        )
    return ALLOWED


def can_edit_post(user: Any, post: Post) -> Decision:
    """Whoever wrote a post changes it as long as she may write and the team has not locked the conversation."""
    if not user.is_authenticated or user.pk != post.author_id:
        return denied(_("Un mensaje lo cambia quien lo escribió."))
    if post.status not in (Post.Status.VISIBLE, Post.Status.HELD):
        return denied(_("Este mensaje ya no está: no hay qué cambiar."))
    if post.thread.is_locked and not can_moderate_threads(user):
        return denied(_("El equipo de la red cerró esta conversación: lo escrito queda como está."))
    return can_start_thread(user)


def can_remove_post(user: Any, post: Post) -> Decision:
    """Whoever wrote a post takes it away, even when she works in no municipality any more."""
    if not user.is_authenticated or user.pk != post.author_id:
        return denied(_("Un mensaje lo quita quien lo escribió. Si creés que no debería estar, denuncialo."))
    if post.status not in (Post.Status.VISIBLE, Post.Status.HELD):
        return denied(_("Este mensaje ya no está."))
    return ALLOWED


def can_accept_answer(user: Any, post: Post) -> Decision:
    """Whoever asked says which answers helped, and so does whoever looks after conversations."""
    if not post.is_answer or not post.thread.is_question:
        return denied(_("Se aceptan respuestas a una pregunta."))
    if not post.is_visible:
        return denied(_("Esta respuesta ya no está: fijate en las demás."))
    return _may_lead(user, post.thread, _("La respuesta que sirvió la marca quien preguntó."))


def can_change_thread(user: Any, thread: Thread) -> Decision:
    """Whoever began a conversation puts its title and topics right, and so does whoever looks after conversations."""
    return _may_lead(user, thread, _("El título y los temas los cambia quien empezó la conversación."))


def can_close_thread(user: Any, thread: Thread) -> Decision:
    """Whoever began a conversation closes it and opens it again; what the team locked, the team opens."""
    return _may_lead(user, thread, _("Una conversación la cierra quien la empezó."))


def can_tell_outcome(user: Any, thread: Thread) -> Decision:
    """Whoever began a conversation tells what came of it, and so does whoever looks after conversations."""
    return _may_lead(user, thread, _("En qué quedó lo cuenta quien empezó la conversación."))


def can_thank(user: Any, post: Post) -> Decision:
    """Members thank for what others wrote."""
    may_start = can_start_thread(user)
    if not may_start:
        return may_start
    if user.pk == post.author_id:
        return denied(_("Lo que escribiste lo agradecen otras personas."))
    return can_see_post(user, post) if post.is_visible else denied(_("Este mensaje ya no está."))


def can_support(user: Any, thread: Thread) -> Decision:
    """Members who have the same question say so."""
    may_start = can_start_thread(user)
    if not may_start:
        return may_start
    if not thread.is_question:
        return denied(_("«A mí también» es para preguntas."))
    if user.pk == thread.author_id:
        return denied(_("Es tu pregunta: «a mí también» lo dicen otras personas."))
    return can_see_thread(user, thread)


def _may_lead(user: Any, thread: Thread, reason: Any) -> Decision:
    """Whoever began it, as long as she may write and it is not locked; and whoever looks after conversations."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if can_moderate_threads(user):
        return ALLOWED
    if user.pk != thread.author_id:
        return denied(reason)
    if thread.hidden_at is not None:
        return denied(GONE)
    if thread.is_locked:
        return denied(_("El equipo de la red cerró esta conversación: queda como está."))
    return can_start_thread(user)
