"""Who is in a conversation, and what one can do about it beside writing."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from connect.forms.messages import AddPeopleForm, RenameForm
from connect.messaging.conversation_page import opened
from connect.models import Participant
from connect.services.participants import (
    conversation_leave,
    conversation_mute,
    conversation_rename,
    participants_add,
)
from connect.views.conversation_starting import own_connections
from connect.views.conversations import own_participant
from connect.views.message_sending import add_errors, person_of
from portal.accounts.models import User
from portal.safety.services import LimitReached


class ConversationPeopleView(LoginRequiredMixin, View):
    """The people of a conversation; in a group one adds to them here."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show them."""
        participant = own_participant(request, public_id)
        return self._page(request, participant)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Add some of her connections."""
        participant = own_participant(request, public_id)
        form = AddPeopleForm(request.POST, people=_addable(request, participant))
        if form.is_valid() and self._add(participant, form):
            messages.success(request, _("Listo: ya participan y ven lo que se escriba desde ahora."))
            return redirect("connect:conversation-people", public_id=public_id)
        return self._page(request, participant, form)

    def _add(self, participant: Participant, form: AddPeopleForm) -> bool:
        keys = [person.user_id for person in form.cleaned_data["people"]]
        people = list(User.objects.filter(pk__in=keys))
        try:
            participants_add(conversation=participant.conversation, user=participant.user, people=people)
        except (PermissionDenied, LimitReached) as error:
            form.add_error("people", str(error))
        except ValidationError as error:
            add_errors(form, error)
        return form.is_valid()

    def _page(
        self, request: HttpRequest, participant: Participant, form: AddPeopleForm | None = None
    ) -> HttpResponse:
        found = opened(participant)
        conversation = participant.conversation
        adds = conversation.is_group and found.may_add
        context = {
            "found": found,
            "conversation": conversation,
            "rename_form": RenameForm(initial={"subject": conversation.subject}),
            "form": form or (AddPeopleForm(people=_addable(request, participant)) if adds else None),
        }
        return render(request, "connect/conversation_people.html", context)


@require_POST
@login_required
def rename_conversation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a group another name."""
    participant = own_participant(request, public_id)
    form = RenameForm(request.POST)
    if form.is_valid():
        conversation_rename(
            conversation=participant.conversation,
            user=person_of(request),
            subject=form.cleaned_data["subject"],
        )
        messages.success(request, _("Guardamos el nombre del grupo."))
    else:
        messages.error(request, _("El nombre es demasiado largo: hasta 200 letras. Probá con uno más corto."))
    return redirect("connect:conversation-people", public_id=public_id)


@require_POST
@login_required
def mute_conversation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Get no more notices of a conversation, or get them again."""
    participant = own_participant(request, public_id)
    is_muted = request.POST.get("silenciar") == "1"
    conversation_mute(participant=participant, is_muted=is_muted)
    messages.success(
        request,
        _("No te avisamos más de esta conversación; los mensajes siguen llegando acá.")
        if is_muted
        else _("Te avisamos otra vez cuando alguien escriba en esta conversación."),
    )
    return redirect("connect:conversation-people", public_id=public_id)


@require_POST
@login_required
def leave_conversation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Leave a group."""
    participant = own_participant(request, public_id)
    conversation_leave(conversation=participant.conversation, user=person_of(request))
    messages.success(request, _("Dejaste el grupo. Lo que leíste hasta ahora sigue entre tus mensajes."))
    return redirect("connect:conversation-list")


def _addable(request: HttpRequest, participant: Participant) -> list:
    present = participant.conversation.participants.present().values_list("user_id", flat=True)
    return own_connections(request.user, but=frozenset(present))
