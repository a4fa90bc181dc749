"""Registering, answering what is asked, and answering for a place that became free."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from portal.accounts.models import User
from portal.core.htmx import wants_fragment
from portal.safety.services import LimitReached, allowance_take
from share.forms.registrations import AnswersForm
from share.models import Event, Registration, RegistrationQuestion, Seats
from share.registrations.box import registration_box
from share.services.registrations import (
    WISHES_LIMIT,
    RegistrationConflict,
    answers_change,
    offer_accept,
    offer_decline,
    registration_set,
)

Status = Registration.Status
# What a button says, and what it means.
WISHES = {"ir": Status.GOING, "interes": Status.INTERESTED, "no-ir": Status.NOT_GOING}


class RegisterView(LoginRequiredMixin, View):
    """Registers the reader, in one click where nothing has to be answered, or takes her wish back."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what is asked, with what she answered before."""
        return self._page(self._form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says; what cannot be is said, with what was written kept."""
        wish = WISHES.get(request.POST.get("quiero", "ir"), Status.GOING)
        answers = None
        if wish == Status.GOING and (self._says_answers or self._must_answer):
            form = self._form(request.POST)
            if not form.is_valid():
                return self._page(form, status=422 if wants_fragment(request) else 200)
            answers = form.answers
        try:
            with transaction.atomic():
                allowance_take(user=self.reader, limit=WISHES_LIMIT)
                found = registration_set(event=self.event, user=self.reader, wanted=wish, answers=answers)
        except (RegistrationConflict, LimitReached) as refused:
            messages.warning(request, str(refused))
            return answered(request, self.event)
        except Seats.DoesNotExist as gone:
            raise Http404 from gone
        messages.success(request, _told(found))
        return answered(request, self.event)

    @cached_property
    def event(self) -> Event:
        """The event, if she may see it."""
        return seen_event(self.request, self.kwargs["pk"])

    @cached_property
    def reader(self) -> User:
        """Who is behind the request."""
        return cast(User, self.request.user)

    @cached_property
    def mine(self) -> Registration | None:
        """What she said before."""
        return Registration.objects.of(self.reader).filter(event=self.event).first()

    @cached_property
    def questions(self) -> list[RegistrationQuestion]:
        """What the organisers ask."""
        return list(RegistrationQuestion.objects.filter(event=self.event))

    @property
    def _says_answers(self) -> bool:
        return "con-respuestas" in self.request.POST

    @property
    def _must_answer(self) -> bool:
        """Whether something has to be answered that she has not answered yet."""
        known = self.mine.answers if self.mine else {}
        return any(each.is_required and str(each.pk) not in known for each in self.questions)

    def _form(self, data: Any = None) -> AnswersForm:
        return AnswersForm(data, questions=self.questions, registration=self.mine)

    def _page(self, form: AnswersForm, status: int = 200) -> HttpResponse:
        context = {"event": self.event, "form": form, "box": registration_box(self.reader, self.event)}
        return render(self.request, "share/registration_form.html", context, status=status)


@require_POST
@login_required
def answers_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what the reader answered."""
    event, reader = seen_event(request, pk), cast(User, request.user)
    mine = get_object_or_404(Registration.objects.of(reader).select_related("event", "user"), event=event)
    questions = list(RegistrationQuestion.objects.filter(event=event))
    form = AnswersForm(request.POST, questions=questions, registration=mine)
    if not form.is_valid():
        context = {"event": event, "form": form, "box": registration_box(reader, event)}
        return render(request, "share/registration_form.html", context)
    try:
        answers_change(registration=mine, answers=form.answers)
        messages.success(request, _("Guardamos tus respuestas."))
    except RegistrationConflict as refused:
        messages.warning(request, str(refused))
    return redirect(event)


@require_POST
@login_required
def offer_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the place that is kept for the reader, or give it back."""
    event, reader = seen_event(request, pk), cast(User, request.user)
    if request.POST.get("accion") == "rechazar":
        offer_decline(event=event, user=reader)
        messages.success(request, _("Gracias por avisar: el lugar pasó a la próxima persona de la lista."))
        return answered(request, event)
    try:
        found = offer_accept(event=event, user=reader)
    except RegistrationConflict as refused:
        messages.warning(request, str(refused))
        return answered(request, event)
    if found.status == Status.GOING:
        messages.success(request, _told(found))
    else:
        messages.warning(
            request,
            _(
                "El lugar ya no está guardado para vos: pasó el tiempo y siguió con la próxima persona. Si todavía "
                "querés ir, volvé a anotarte."
            ),
        )
    return answered(request, event)


def seen_event(request: HttpRequest, pk: int) -> Event:
    """Return an event that the reader may see, with its places.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(Event.objects.visible_to(request.user).select_related("seats"), pk=pk)


def answered(request: HttpRequest, event: Event) -> HttpResponse:
    """Return the reader's box as it is now, or to the page that holds it."""
    if not wants_fragment(request):
        return redirect(event)
    context = {"box": registration_box(request.user, seen_event(request, event.pk)), "is_answer": True}
    return render(request, "share/_registration_box_answer.html", context)


def _told(found: Registration) -> str:
    """Say what came of it."""
    return {
        Status.GOING: _("Listo: tenés tu lugar. Te mandamos los datos por correo."),
        Status.WAITING: _(
            "No quedan lugares libres: quedaste en la lista de espera y te avisamos si te toca."
        ),
        Status.INTERESTED: _("Anotamos que te interesa: te lo recordamos cuando se acerque."),
    }.get(Status(found.status), _("Gracias por avisar: anotamos que no vas."))
