"""Beginning a conversation, and putting its title and topics right."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from portal.catalog.models import Entry
from share.forms.writing import OutcomeForm, ThreadEditForm, ThreadForm
from share.models import Thread
from share.permissions.threads import can_change_thread, can_start_thread, can_tell_outcome
from share.services.thread_drafts import MOST_AREAS, MOST_TOPICS, ThreadDraft
from share.services.threads import outcome_tell, thread_create, thread_edit
from share.threads.about import discussed_entry
from share.views.composing import asked, asks_for_something, kept_open, person_of, sent
from share.views.post_writing import HELD

ABOUT = "sobre"
_PRESET = ("title", "kind", "visibility")


@method_decorator(never_cache, name="dispatch")
class ThreadCreateView(LoginRequiredMixin, View):
    """A new question or conversation, about a thing of the catalogue where the address names one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        about = self._about(request)
        initial: dict[str, Any] = {"language": get_language()}
        initial |= {name: request.GET[name][:200] for name in _PRESET if name in request.GET}
        if about is not None:
            initial |= {"areas": about.areas[:MOST_AREAS], "topics": about.topics[:MOST_TOPICS]}
        return self._page(request, ThreadForm(author=request.user, initial=initial), about)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begin it, or answer what the form asks for."""
        about = self._about(request)
        form = ThreadForm(author=request.user, data=request.POST, files=request.FILES)
        if asks_for_something(request):
            again = partial(ThreadForm, author=request.user)
            return self._page(request, kept_open(request, form, again), about)
        thread = sent(
            form,
            lambda given: thread_create(
                author=person_of(request),
                draft=_draft(given, about),
                files=given["files"],
                client_key=given.get("client_key"),
                is_by_machine=form.is_by_machine,
            ),
        )
        if thread is None:
            return self._page(request, form, about)
        if thread.hidden_at is not None:
            messages.info(request, _(HELD))
            return redirect(thread)
        messages.success(request, _("Ya está publicada. Te avisamos cuando alguien escriba."))
        return redirect(thread)

    def _page(self, request: HttpRequest, form: ThreadForm, about: Entry | None) -> HttpResponse:
        context = {
            "form": form,
            "about": about,
            "is_about_gone": about is None and bool(self._asked_about(request)),
            "decision": can_start_thread(request.user),
            "asked": asked(request),
        }
        return render(request, "share/thread_form.html", context)

    def _about(self, request: HttpRequest) -> Entry | None:
        return discussed_entry(request.user, self._asked_about(request))

    def _asked_about(self, request: HttpRequest) -> str:
        return request.GET.get(ABOUT, "")


@method_decorator(never_cache, name="dispatch")
class ThreadEditView(LoginRequiredMixin, View):
    """How a conversation is called, and where it is found."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        thread = _led(request, pk)
        initial = {"title": thread.title, "areas": thread.areas, "topics": thread.topics}
        return self._page(request, thread, ThreadEditForm(initial=initial))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep it."""
        thread = _led(request, pk)
        form = ThreadEditForm(data=request.POST)
        edited = sent(form, lambda given: thread_edit(thread=thread, editor=person_of(request), **given))
        return self._page(request, thread, form) if edited is None else redirect(edited)

    def _page(self, request: HttpRequest, thread: Thread, form: ThreadEditForm) -> HttpResponse:
        decision = can_change_thread(request.user, thread)
        return render(
            request, "share/thread_edit.html", {"thread": thread, "form": form, "decision": decision}
        )


@method_decorator(never_cache, name="dispatch")
class OutcomeView(LoginRequiredMixin, View):
    """What came of a conversation, told by whoever began it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        thread = _led(request, pk)
        return self._page(request, thread, OutcomeForm(initial={"outcome": thread.outcome}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep it."""
        thread = _led(request, pk)
        form = OutcomeForm(data=request.POST)
        told = sent(
            form, lambda given: outcome_tell(thread=thread, by=person_of(request), text=given["outcome"])
        )
        return self._page(request, thread, form) if told is None else redirect(told)

    def _page(self, request: HttpRequest, thread: Thread, form: OutcomeForm) -> HttpResponse:
        decision = can_tell_outcome(request.user, thread)
        return render(
            request, "share/thread_outcome.html", {"thread": thread, "form": form, "decision": decision}
        )


def _led(request: HttpRequest, pk: int) -> Thread:
    return get_object_or_404(Thread.objects.visible_to(request.user), pk=pk)


def _draft(given: dict[str, Any], about: Entry | None) -> ThreadDraft:
    named = ("title", "text", "kind", "areas", "topics", "language", "visibility", "municipality")
    return ThreadDraft(about=about, **{name: given[name] for name in named})
