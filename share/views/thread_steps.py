"""One step in a conversation at the press of a button: accept, thank, have the same question, close, open again."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from share.models import Post, Thread
from share.permissions.threads import (
    can_accept_answer,
    can_close_thread,
    can_support,
    can_thank,
)
from share.services.appreciation import answer_accept, support_set, thanks_set
from share.services.threads import thread_close, thread_open
from share.views.composing import person_of

# Buttons send what is wanted, so that pressing one twice is pressing it once.
VALUE, YES = "value", "1"


@login_required
@require_POST
def accept_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an answer helped, or take that back."""
    post = _post(request, pk)
    may = can_accept_answer(request.user, post)
    if may:
        answer_accept(post=post, by=person_of(request), is_accepted=_is_wanted(request))
    return _back(request, post, str(may.reason))


@login_required
@require_POST
def thank(request: HttpRequest, pk: int) -> HttpResponse:
    """Thank for a post, or take that back."""
    post = _post(request, pk)
    may = can_thank(request.user, post)
    if may:
        thanks_set(post=post, user=person_of(request), is_thanking=_is_wanted(request))
    return _back(request, post, str(may.reason))


@login_required
@require_POST
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the same question, or not any more."""
    thread = _thread(request, pk)
    may = can_support(request.user, thread)
    if may:
        support_set(thread=thread, user=person_of(request), is_supporting=_is_wanted(request))
    return _back(request, thread, str(may.reason))


@login_required
@require_POST
def close_or_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a conversation, or open it again."""
    thread = _thread(request, pk)
    may = can_close_thread(request.user, thread)
    if not may:
        return _back(request, thread, str(may.reason))
    step: Callable[..., Thread] = thread_close if _is_wanted(request) else thread_open
    changed = step(thread=thread, by=person_of(request))
    said = (
        _("La cerraste: se puede leer y ya no se responde. ¿Contás en qué quedó?")
        if changed.is_closed
        else _("La abriste otra vez: ya se puede responder.")
    )
    messages.success(request, said)
    return redirect("share:thread-outcome", changed.pk) if changed.is_closed else redirect(changed)


def _is_wanted(request: HttpRequest) -> bool:
    return request.POST.get(VALUE, YES) == YES


def _back(request: HttpRequest, to: Post | Thread, refused: str) -> HttpResponse:
    """Go back to where the button stands, with why it did nothing where it did nothing."""
    if refused:
        messages.warning(request, refused)
    return redirect(to)


def _thread(request: HttpRequest, pk: int) -> Thread:
    return get_object_or_404(Thread.objects.visible_to(request.user), pk=pk)


def _post(request: HttpRequest, pk: int) -> Post:
    posts = Post.objects.visible_to(request.user).filter(thread__in=Thread.objects.visible_to(request.user))
    return get_object_or_404(posts.select_related("thread"), pk=pk)
