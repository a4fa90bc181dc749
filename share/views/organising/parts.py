"""Adding to an encounter one thing at a time, and taking it out: sessions, speakers, questions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from portal.accounts.colleagues import Colleague, colleagues_found, colleagues_shown
from portal.accounts.models import User
from share.forms.events import PeopleSearchForm, QuestionForm, SessionForm, SpeakerForm
from share.models import RegistrationQuestion, Session, Speaker
from share.services.events import (
    question_remove,
    question_save,
    session_remove,
    session_save,
    speaker_remove,
    speaker_save,
)
from share.views.organising.access import OrganiserMixin, person

REMOVE = "quitar"


class PartView(OrganiserMixin, FormView):
    """A page about one part of an event: a new one, or one that is there."""

    template_name = "share/event_part.html"
    model: type[models.Model]
    title: str | Promise
    title_of_new: str | Promise
    anchor: str
    part: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the part among those of the event."""
        if request.user.is_authenticated and "part" in kwargs:
            rows: Any = self.model._default_manager
            self.part = get_object_or_404(rows.select_related("event"), pk=kwargs["part"], event=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say of which event it is."""
        return {**super().get_form_kwargs(), "event": self.event, "part": self.part}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name what is written."""
        title = self.title if self.part else self.title_of_new
        return super().get_context_data(part=self.part, title=title, anchor=self.anchor, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save it, or take it out."""
        if self.part is None or request.POST.get("accion") != REMOVE:
            return super().post(request, *args, **kwargs)
        self.part_remove(person(request))
        messages.success(request, _("Listo, lo quitamos."))
        return self.back()

    def form_valid(self, form: Any) -> HttpResponse:
        """Save it."""
        self.part_save(person(self.request), form.part_fields())
        messages.success(self.request, _("Guardado."))
        return self.back()

    def part_save(self, actor: User, fields: dict[str, Any]) -> None:
        """Write it."""
        raise NotImplementedError

    def part_remove(self, actor: User) -> None:
        """Take it out."""
        raise NotImplementedError

    def back(self) -> HttpResponse:
        """Lead to its place on the desk."""
        answer = redirect("share:event-manage", self.event.pk)
        answer["Location"] += f"#{self.anchor}"
        return answer


class SessionView(PartView):
    """A session of the agenda."""

    form_class = SessionForm
    model = Session
    title = gettext_lazy("Cambiar la actividad")
    title_of_new = gettext_lazy("Sumar una actividad al programa")
    anchor = "programa"

    def part_save(self, actor: User, fields: dict[str, Any]) -> None:
        """Write it."""
        session_save(event=self.event, actor=actor, session=self.part, **fields)

    def part_remove(self, actor: User) -> None:
        """Take it out."""
        session_remove(session=self.part, actor=actor)


class QuestionView(PartView):
    """A question to those who register."""

    form_class = QuestionForm
    model = RegistrationQuestion
    title = gettext_lazy("Cambiar la pregunta")
    title_of_new = gettext_lazy("Sumar una pregunta a la inscripción")
    anchor = "preguntas"

    def part_save(self, actor: User, fields: dict[str, Any]) -> None:
        """Write it."""
        question_save(event=self.event, actor=actor, question=self.part, **fields)

    def part_remove(self, actor: User) -> None:
        """Take it out."""
        question_remove(question=self.part, actor=actor)


class SpeakerView(PartView):
    """Somebody who speaks: a name, or a colleague whom the reader may know."""

    form_class = SpeakerForm
    model = Speaker
    template_name = "share/event_speaker.html"
    title = gettext_lazy("Cambiar a quien expone")
    title_of_new = gettext_lazy("Sumar a quien expone")
    anchor = "exponen"

    def get_initial(self) -> dict[str, Any]:
        """Write a colleague's name where she was chosen."""
        chosen = self.chosen()
        return {"name": chosen.name, "role": _role(chosen)} if chosen and not self.part else {}

    def chosen(self) -> Colleague | None:
        """Return the colleague who was chosen from those that the reader may know."""
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        if "persona" in given:
            return colleague_of(person(self.request), given["persona"])
        if self.part and self.part.user_id:
            return colleagues_shown(person(self.request), [self.part.user_id]).get(self.part.user_id)
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look for colleagues by the words that were typed."""
        search = PeopleSearchForm(self.request.GET if "q" in self.request.GET else None)
        words = search.cleaned_data["q"] if search.is_valid() else ""
        found = colleagues_found(person(self.request), words) if words else []
        return super().get_context_data(
            chosen=self.chosen(), search=search, words=words, found=found, **kwargs
        )

    def part_save(self, actor: User, fields: dict[str, Any]) -> None:
        """Write it, with the account of the colleague who was chosen."""
        chosen = self.chosen()
        kept = self.part.user_id if self.part and "persona" not in self.request.POST else None
        user = chosen.user_id if chosen else kept
        speaker_save(event=self.event, actor=actor, speaker=self.part, user_id=user, **fields)

    def part_remove(self, actor: User) -> None:
        """Take her out."""
        speaker_remove(speaker=self.part, actor=actor)


def _role(colleague: Colleague) -> str:
    return ", ".join(filter(None, (colleague.position, colleague.municipality)))


def colleague_of(reader: User, key: str) -> Colleague | None:
    """Return a colleague by the key that leaves the house, where the reader may know her."""
    try:
        public_id = UUID(key)
    except ValueError:
        return None
    user_id = User.objects.filter(public_id=public_id).values_list("pk", flat=True).first()
    return colleagues_shown(reader, [user_id]).get(user_id) if user_id else None
