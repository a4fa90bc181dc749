"""A person's conversations: the list, one of them, and what is new in it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from django_htmx.http import reswap, retarget

from connect.forms.messages import MessageForm
from connect.messaging.conversation_list import (
    FOUND_NEWEST,
    conversation_rows,
    found_rows,
    messages_found,
    own_page,
)
from connect.messaging.conversation_page import ConversationPage, conversation_news, conversation_page
from connect.models import Participant
from connect.services.messages import message_send
from connect.services.participants import conversation_read
from connect.views.message_sending import person_of, sent, typed
from portal.catalog.search_text import MAX_LENGTH
from portal.core.htmx import wants_fragment

UNREAD_ONLY = "sin-leer"


class ConversationListView(LoginRequiredMixin, TemplateView):
    """A person's conversations, or the messages in which her words are found."""

    template_name = "connect/conversation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read one page."""
        text = self.request.GET.get("q", "").replace("\x00", "")[:MAX_LENGTH].strip()
        found = self._found(text) if text else self._conversations()
        return super().get_context_data(**found, text=text, **kwargs)

    def _conversations(self) -> dict[str, Any]:
        user = person_of(self.request)
        is_unread_only = self.request.GET.get("estado") == UNREAD_ONLY
        page = own_page(user, is_unread_only=is_unread_only, cursor=self.request.GET.get("cursor", ""))
        return {"page": page, "rows": conversation_rows(user, page.rows), "is_unread_only": is_unread_only}

    def _found(self, text: str) -> dict[str, Any]:
        user = person_of(self.request)
        page = FOUND_NEWEST.page(messages_found(user, text), self.request.GET.get("cursor", ""))
        return {"page": page, "found": found_rows(user, page.rows, text)}


class SignedInMixin(LoginRequiredMixin):
    """Asks for a sign-in on a page of its own: within another, it would take the place of a message."""

    request: HttpRequest

    def handle_no_permission(self) -> Any:
        """Lead to it, or answer htmx that nobody is signed in any more."""
        return HttpResponse(status=401) if wants_fragment(self.request) else super().handle_no_permission()


@method_decorator(never_cache, name="dispatch")
class ConversationDetailView(SignedInMixin, View):
    """One conversation, with the form to go on writing."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show its newest messages, or those before; whoever has them before her has read them."""
        participant = own_participant(request, public_id)
        cursor = request.GET.get("cursor", "")
        found = conversation_page(participant, cursor=cursor, until=_uuid(request.GET.get("hasta", "")))
        if not is_prefetch(request):
            _note_read(found)
        if wants_fragment(request) and cursor:
            return render(request, "connect/_messages_earlier.html", {"found": found, "page": found.page})
        return self._page(request, found, MessageForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Send a message; by htmx only what is new is answered."""
        participant = own_participant(request, public_id)
        form = MessageForm(**typed(request))
        message = sent(
            form,
            lambda written: message_send(
                conversation=participant.conversation,
                sender=person_of(request),
                text=written.text,
                client_key=written.client_key,
                uploads=written.uploads,
            ),
        )
        if wants_fragment(request):
            return self._fragment(request, participant, form, is_sent=message is not None)
        if message is not None:
            return redirect(f"{participant.conversation.get_absolute_url()}#ultimo")
        return self._page(request, conversation_page(participant), form)

    def _fragment(
        self, request: HttpRequest, participant: Participant, form: MessageForm, *, is_sent: bool
    ) -> HttpResponse:
        """Answer with what is new below an empty form, or with the form and why it was not sent."""
        context: dict[str, Any] = {"form": form, "conversation": participant.conversation}
        if not is_sent:
            answer = render(request, "connect/_message_form.html", context)
            return reswap(retarget(answer, "#message-form"), "outerHTML")
        news = conversation_news(participant, since=_uuid(request.POST.get("desde", "")))
        _note_read(news)
        return render(
            request, "connect/_messages_sent.html", context | {"found": news, "form": MessageForm()}
        )

    def _page(self, request: HttpRequest, found: ConversationPage, form: MessageForm) -> HttpResponse:
        context = {
            "found": found,
            "conversation": found.participant.conversation,
            "page": found.page,
            "form": form,
        }
        return render(request, "connect/conversation_detail.html", context)


@method_decorator(never_cache, name="dispatch")
class ConversationNewsView(SignedInMixin, View):
    """What came after the message that a page has last; nothing at all when nothing did."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Answer with it."""
        participant = own_participant(request, public_id)
        since = _uuid(request.GET.get("desde", ""))
        if not _has_news(participant, since):
            return HttpResponse(status=204)
        news = conversation_news(participant, since=since)
        if not news.shown:
            return HttpResponse(status=204)
        _note_read(news)
        return render(request, "connect/_messages_new.html", {"found": news})


def own_participant(request: HttpRequest, public_id: UUID) -> Participant:
    """Return the reader's part in a conversation.

    Raises:
        Http404: she has none, whoever she is: nobody learns whether there is such a conversation.
    """
    user = person_of(request)
    found = (
        Participant.objects.filter(conversation__public_id=public_id, user=user)
        .select_related("conversation__municipality")
        .first()
    )
    if found is None:
        raise Http404
    # Whoever asks is known already, with what was read of her in this request.
    found.user = user
    return found


def is_prefetch(request: HttpRequest) -> bool:
    """Say whether a browser only looks ahead: nobody reads yet."""
    return request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", "")


def _note_read(found: ConversationPage) -> None:
    if found.shown:
        conversation_read(participant=found.participant, message_id=found.shown[-1].message.pk)


def _has_news(participant: Participant, since: UUID | None) -> bool:
    """Say whether anything was said since; two index reads, because this is asked again and again."""
    if since is None:
        return participant.last_message_id > 0
    newest = participant.conversation.messages.filter(pk=participant.last_message_id)
    return participant.is_present and not newest.filter(public_id=since).exists()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
