"""Answering, commenting, and changing or taking away what one wrote."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views import View
from django.views.decorators.cache import never_cache

from share.forms.writing import PostEditForm, PostForm
from share.models import Post, Thread
from share.permissions.threads import (
    can_edit_post,
    can_remove_post,
    can_see_thread,
    can_write_in_thread,
)
from share.services.posts import post_create, post_edit, post_remove
from share.threads.references import people_named
from share.threads.texts import mention_keys, quote_of, text_with_names
from share.views.composing import asked, asks_for_something, kept_open, person_of, sent

HELD = gettext_noop(
    "Recibimos lo que escribiste. Antes de publicarlo lo mira alguien del equipo de la red: suele ser cosa de horas."
)


@method_decorator(never_cache, name="dispatch")
class PostCreateView(LoginRequiredMixin, View):
    """An answer or a comment, on a page of its own: to quote, to comment, or when something was wrong with it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form, with the quoted post's words in it."""
        thread = _thread(request, pk)
        initial: dict[str, Any] = {"comenta": _number(request.GET.get("comenta"))}
        quoted = self._post(request, thread, _number(request.GET.get("cita")))
        if quoted is not None:
            initial["text"] = quote_of(quoted.pk, quoted.number, _named(request, quoted.text))
            # What quotes a comment goes beside it.
            initial["comenta"] = initial["comenta"] or (quoted.branch if quoted.is_comment else None)
        return self._page(request, thread, PostForm(initial=initial))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send it, or answer what the form asks for."""
        thread = _thread(request, pk)
        form = PostForm(data=request.POST, files=request.FILES)
        if asks_for_something(request):
            return self._page(request, thread, kept_open(request, form, PostForm))
        post = sent(form, lambda given: self._create(request, thread, form, given))
        if post is None:
            return self._page(request, thread, form)
        if not post.is_visible:
            messages.info(request, _(HELD))
            return redirect(thread)
        return redirect(post)

    def _create(self, request: HttpRequest, thread: Thread, form: PostForm, given: dict[str, Any]) -> Post:
        return post_create(
            thread=thread,
            author=person_of(request),
            text=given["text"],
            parent=self._answer(thread, given.get("comenta")),
            files=given["files"],
            client_key=given.get("client_key"),
            is_by_machine=form.is_by_machine,
        )

    def _page(self, request: HttpRequest, thread: Thread, form: PostForm) -> HttpResponse:
        context = {
            "thread": thread,
            "form": form,
            "decision": can_write_in_thread(request.user, thread),
            "asked": asked(request),
            "commented": self._post(request, thread, _number(form["comenta"].value())),
        }
        return render(request, "share/post_form.html", context)

    def _post(self, request: HttpRequest, thread: Thread, number: int | None) -> Post | None:
        if number is None:
            return None
        posts = Post.objects.visible_to(request.user).filter(thread=thread, status=Post.Status.VISIBLE)
        return posts.filter(number=number).first()

    def _answer(self, thread: Thread, number: int | None) -> Post | None:
        """Return the post that is commented on; one that is gone is refused by the service, with its reason."""
        return Post.objects.filter(thread=thread, number=number).first() if number else None


@method_decorator(never_cache, name="dispatch")
class PostEditView(LoginRequiredMixin, View):
    """What somebody wrote, to put it right."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it as it was typed."""
        post = _own(request, pk)
        return self._page(
            request, post, PostEditForm(post=post, initial={"text": _named(request, post.text)})
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep it, or answer what the form asks for."""
        post = _own(request, pk)
        form = PostEditForm(post=post, data=request.POST, files=request.FILES)
        if asks_for_something(request):
            return self._page(request, post, kept_open(request, form, partial(PostEditForm, post=post)))
        edited = sent(
            form,
            lambda given: post_edit(
                post=post,
                editor=person_of(request),
                text=given["text"],
                files=given["files"],
                without=[int(key) for key in given.get("without", [])],
            ),
        )
        if edited is None:
            return self._page(request, post, form)
        if not edited.is_visible:
            messages.info(request, _(HELD))
        return redirect(edited if edited.is_visible else edited.thread)

    def _page(self, request: HttpRequest, post: Post, form: PostEditForm) -> HttpResponse:
        context = {
            "post": post,
            "thread": post.thread,
            "form": form,
            "decision": can_edit_post(request.user, post),
            "may_remove": can_remove_post(request.user, post),
            "asked": asked(request),
        }
        return render(request, "share/post_edit.html", context)


@method_decorator(never_cache, name="dispatch")
class PostRemoveView(LoginRequiredMixin, View):
    """Asks before somebody takes away what she wrote."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what goes and what stays."""
        post = _own(request, pk)
        return render(
            request,
            "share/post_remove.html",
            {"post": post, "thread": post.thread, "decision": can_remove_post(request.user, post)},
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it away."""
        removal = post_remove(post=_own(request, pk), by=person_of(request))
        messages.success(request, _("Quitamos lo que habías escrito."))
        if not can_see_thread(request.user, removal.post.thread):
            return redirect(reverse("share:thread-list"))
        return redirect(removal.post.thread)


def _thread(request: HttpRequest, pk: int) -> Thread:
    return get_object_or_404(Thread.objects.visible_to(request.user), pk=pk)


def _own(request: HttpRequest, pk: int) -> Post:
    """Return a post of the reader's own; of others' nobody learns here whether there is one."""
    posts = Post.objects.select_related("thread").filter(author_id=person_of(request).pk)
    return get_object_or_404(posts.exclude(status=Post.Status.REMOVED), pk=pk)


def _named(request: HttpRequest, text: str) -> str:
    """Return a kept text with the names that the writer may read."""
    people = people_named(request.user, mention_keys(text))
    return text_with_names(text, {key: one.name for key, one in people.items()})


def _number(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 10 else None
