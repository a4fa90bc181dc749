"""Pages on which the team looks after a conversation, and after one thing that was written in it."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from portal.accounts.models import User
from portal.catalog.models import Entry
from share.forms import moderation as asked
from share.models import Post, Thread, ThreadChange
from share.moderation.words import held_because
from share.permissions.moderation import can_moderate_threads
from share.routing.shown import routing_shown
from share.services import moderation
from share.services.moderation.taking import state_seen

_SHOWN_CHANGES = 30
Step = Callable[..., Any]
_THREAD_STEPS: dict[str, Step] = {
    asked.HIDE: moderation.thread_hide,
    asked.SHOW: moderation.thread_show,
    asked.LOCK: moderation.thread_lock,
    asked.OPEN: moderation.thread_reopen,
}
_PINNING: dict[str, Step] = {asked.PIN: moderation.thread_pin, asked.UNPIN: moderation.thread_unpin}
_POST_STEPS: dict[str, Step] = {
    asked.HIDE: moderation.post_hide,
    asked.SHOW: moderation.post_show,
    asked.REJECT: moderation.post_reject,
}


class ModerationView(LoginRequiredMixin, View):
    """Shows what can be done, and does what was sent; whoever does not look after conversations is turned away."""

    template_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask the rule before anything is read."""
        if request.user.is_authenticated:
            can_moderate_threads(request.user).require()
        return super().dispatch(request, *args, **kwargs)

    def try_step(self, step: Callable[[], Any], done: str, back: str) -> HttpResponse:
        """Take a step, and say what became of it."""
        try:
            step()
        except moderation.ModerationConflict as conflict:
            messages.warning(self.request, str(conflict))
        else:
            messages.success(self.request, done)
        return redirect(back)

    @property
    def moderator(self) -> User:
        """The person behind the request."""
        return cast(User, self.request.user)


class ThreadModerationView(ModerationView):
    """A conversation: hide it, lock it, slow it down, put it where it belongs; its history; whom it was put to."""

    template_name = "share/thread_moderate.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it as it is now."""
        return self._page(_thread(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what one of the forms says."""
        thread = _thread(pk)
        which = request.POST.get("form", "")
        if which not in ("step", "slow", "move"):
            return self._page(thread)
        form = self._forms(thread, sent=which)[which]
        if not form.is_valid():
            return self._page(thread, **{which: form})
        back = reverse("share:thread-moderate", args=[pk])
        return self.try_step(_thread_step(thread, self.moderator, which, form), _("Listo."), back)

    def _forms(self, thread: Thread, sent: str = "") -> dict[str, forms.Form]:
        data = {name: self.request.POST if name == sent else None for name in ("step", "slow", "move")}
        seen = {"seen": state_seen(thread)}
        about = Entry.objects.filter(kind=thread.about_kind, object_id=thread.about_id or 0).first()
        place = {"kind": thread.kind, "areas": thread.areas, "topics": thread.topics}
        place["about"] = about.url if about else ""
        return {
            "step": asked.StepForm(
                data["step"], steps=asked.thread_steps(thread), initial=seen, prefix="paso"
            ),
            "slow": asked.SlowForm(
                data["slow"], initial={**seen, "seconds": thread.slow_mode_seconds}, prefix="espera"
            ),
            "move": asked.MoveForm(data["move"], thread=thread, initial={**seen, **place}, prefix="lugar"),
        }

    def _page(self, thread: Thread, **sent: forms.Form) -> HttpResponse:
        changes = ThreadChange.objects.filter(thread=thread).select_related("by")
        context = {
            "thread": thread,
            "forms": {**self._forms(thread), **sent},
            "changes": [_told(change) for change in changes[:_SHOWN_CHANGES]],
            "routed": routing_shown(self.moderator, thread),
            "waiting": list(thread.posts.filter(status=Post.Status.HELD).order_by("number")[:_SHOWN_CHANGES]),
        }
        return render(self.request, self.template_name, context, status=400 if sent else 200)


class PostModerationView(ModerationView):
    """One thing that was written: hide it or show it, let in what waits, or give it a conversation of its own."""

    template_name = "share/post_moderate.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it as it is now."""
        return self._page(_post(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what one of the forms says."""
        post = _post(pk)
        which = request.POST.get("form", "")
        form = self._forms(post, sent=which).get(which)
        if form is None:
            return self._page(post)
        if not form.is_valid():
            return self._page(post, **{which: form})
        if which == "split":
            return self._split(post, form)
        back = reverse("share:post-moderate", args=[pk])
        return self.try_step(_post_step(post, self.moderator, form), _("Listo."), back)

    def _split(self, post: Post, form: forms.Form) -> HttpResponse:
        given = form.cleaned_data
        try:
            new = moderation.answer_split(
                answer=post,
                actor=self.moderator,
                title=given["title"],
                kind=given["kind"],
                reason=given["reason"],
                seen=given["seen"],
            )
        except moderation.ModerationConflict as conflict:
            messages.warning(self.request, str(conflict))
            return redirect("share:post-moderate", post.pk)
        messages.success(self.request, _("Listo: ahora es una conversación propia."))
        return redirect(new)

    def _forms(self, post: Post, sent: str = "") -> dict[str, forms.Form]:
        data = {name: self.request.POST if name == sent else None for name in ("step", "split")}
        seen = {"seen": state_seen(post.thread)}
        found: dict[str, forms.Form] = {}
        steps = asked.post_steps(post)
        if steps:
            found["step"] = asked.StepForm(data["step"], steps=steps, initial=seen, prefix="paso")
        if post.is_answer and post.is_visible:
            found["split"] = asked.SplitForm(data["split"], initial=seen, prefix="aparte")
        return found

    def _page(self, post: Post, **sent: forms.Form) -> HttpResponse:
        changes = ThreadChange.objects.filter(thread=post.thread, number=post.number).select_related("by")
        context = {
            "post": post,
            "thread": post.thread,
            "forms": {**self._forms(post), **sent},
            "changes": [_told(change) for change in changes[:_SHOWN_CHANGES]],
        }
        return render(self.request, self.template_name, context, status=400 if sent else 200)


def _thread(pk: int) -> Thread:
    return get_object_or_404(Thread.objects.select_related("author", "municipality"), pk=pk)


def _post(pk: int) -> Post:
    return get_object_or_404(Post.objects.select_related("thread", "author", "municipality"), pk=pk)


def _thread_step(thread: Thread, actor: User, which: str, form: forms.Form) -> Callable[[], Any]:
    given = form.cleaned_data
    step = partial(_known_step(which, given), thread=thread, actor=actor, seen=given["seen"])
    if which == "slow":
        return partial(step, seconds=given["seconds"])
    if which == "move":
        return partial(step, place=cast(asked.MoveForm, form).place(), reason=given["reason"])
    return step if given["step"] in _PINNING else partial(step, reason=given["reason"])


def _known_step(which: str, given: dict[str, Any]) -> Step:
    if which == "step":
        return {**_THREAD_STEPS, **_PINNING}[given["step"]]
    return moderation.thread_slow if which == "slow" else moderation.thread_move


def _post_step(post: Post, actor: User, form: forms.Form) -> Callable[[], Any]:
    given = form.cleaned_data
    if given["step"] == asked.APPROVE:
        return partial(moderation.post_approve, post=post, actor=actor, seen=given["seen"])
    step = _POST_STEPS[given["step"]]
    return partial(step, post=post, actor=actor, reason=given["reason"], seen=given["seen"])


def _told(change: ThreadChange) -> dict[str, Any]:
    """Put a step of the history into words; why something waits is kept as a code."""
    is_held = change.kind == ThreadChange.Kind.HELD
    return {"change": change, "reason": held_because(change.reason) if is_held else change.reason}
