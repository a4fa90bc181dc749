"""Writing to somebody for the first time: to a person, to a few, or about something."""

from typing import Any
from uuid import UUID

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from connect.audience import connected_to
from connect.forms.messages import ChoosePersonForm, GroupForm, MessageForm
from connect.messaging.asking import Askable, askable_people
from connect.messaging.contacting import can_contact, contact_decisions
from connect.models import Conversation
from connect.people.finding import shown_people, shown_person
from connect.people.shown import ShownPerson
from connect.services.conversations import Written, conversation_start, pair_of
from connect.views.message_sending import person_of, sent, typed
from portal.accounts.models import User
from portal.catalog.models import Entry

# Of a person with more connections than this, those she met last.
MOST_OFFERED = 200


class MessagePersonView(LoginRequiredMixin, View):
    """A first message to one person; who wrote to her before is led to their conversation."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show the form, or why she cannot be written to."""
        person = shown_person(request.user, public_id)
        before = Conversation.objects.filter(
            pair=pair_of(person_of(request).pk, person.user_id), about_kind="", last_message_id__gt=0
        ).first()
        return redirect(before) if before else self._page(request, person, MessageForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Send it."""
        person = shown_person(request.user, public_id)
        form = MessageForm(**typed(request))
        message = sent(form, lambda written: _start(request, [person], written))
        return redirect(message.conversation) if message else self._page(request, person, form)

    def _page(self, request: HttpRequest, person: ShownPerson, form: MessageForm) -> HttpResponse:
        decision = can_contact(request.user, person.user_id)
        context = {"person": person, "form": form, "decision": decision}
        return render(request, "connect/message_new.html", context)


class ConversationCreateView(LoginRequiredMixin, View):
    """A first message to one or several of a person's connections."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show those whom she may write to."""
        return self._page(request, GroupForm(people=own_connections(request.user)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        form = GroupForm(**typed(request), people=own_connections(request.user))
        message = sent(
            form,
            lambda written: _start(
                request, form.cleaned_data["people"], written, subject=form.cleaned_data["subject"]
            ),
        )
        return redirect(message.conversation) if message else self._page(request, form)

    def _page(self, request: HttpRequest, form: GroupForm) -> HttpResponse:
        return render(request, "connect/conversation_new.html", {"form": form})


class EntryAskView(LoginRequiredMixin, View):
    """A question about a thing of the catalogue to whoever is behind it."""

    def get(self, request: HttpRequest, kind: str, object_id: int) -> HttpResponse:
        """Show the thing, who can be asked about it, and the form."""
        askable = askable_people(request.user, _entry(request, kind, object_id))
        return self._page(request, askable, ChoosePersonForm(people=askable.people))

    def post(self, request: HttpRequest, kind: str, object_id: int) -> HttpResponse:
        """Send it, with the thing."""
        askable = askable_people(request.user, _entry(request, kind, object_id))
        form = ChoosePersonForm(**typed(request), people=askable.people)
        message = sent(form, lambda written: _start(request, [form.chosen], written, about=askable.entry))
        return redirect(message.conversation) if message else self._page(request, askable, form)

    def _page(self, request: HttpRequest, askable: Askable, form: ChoosePersonForm) -> HttpResponse:
        context = {"askable": askable, "entry": askable.entry, "form": form}
        return render(request, "connect/entry_ask.html", context)


def own_connections(reader: Any, *, but: frozenset[int] = frozenset()) -> list[ShownPerson]:
    """Return a person's connections whom she may write to, by name.

    Args:
        but: those who are in the group already.
    """
    keys = sorted(connected_to(reader) - but, reverse=True)[:MOST_OFFERED]
    shown = shown_people(reader, keys)
    decisions = contact_decisions(reader, keys, shown=shown)
    found = [person for key, person in shown.items() if decisions[key]]
    return sorted(found, key=lambda person: person.name.casefold())


def _start(request: HttpRequest, people: list[ShownPerson], written: Written, **about: Any) -> Any:
    accounts = User.objects.filter(pk__in=[person.user_id for person in people])
    return conversation_start(starter=person_of(request), people=list(accounts), written=written, **about)


def _entry(request: HttpRequest, kind: str, object_id: int) -> Entry:
    """Return the thing, for whom it is to be found.

    Raises:
        Http404: there is none, or not for this reader; a person is not asked about, but written to.
    """
    if kind == "person":
        raise Http404
    visible = Entry.objects.visible_to(request.user).defer("body", "search").select_related("municipality")
    return get_object_or_404(visible, kind=kind, object_id=object_id)
