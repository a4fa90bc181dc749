"""The desk of those who organise an encounter, and its steps: publishing, cancelling, restoring, deleting, copying."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView

from portal.core.decision import Decision
from portal.core.paging import Keyset
from share.forms.events import CancelForm
from share.models import Event, EventChange
from share.organising.desk import desk_of
from share.organising.history import steps_of
from share.permissions.events import (
    can_cancel_event,
    can_change_event,
    can_create_event,
    can_delete_event,
    can_publish_event,
    can_restore_event,
)
from share.services.events import EventConflict, event_cancel, event_delete, event_publish, event_restore
from share.services.events.copying import event_duplicate
from share.services.events.notices import concerned_count
from share.services.series import following_cancel
from share.views.organising.access import OrganiserMixin, organised_event, person

HISTORY = Keyset(("-id",), size=30)


class EventManageView(OrganiserMixin, TemplateView):
    """What is to be done about an event: now, and next."""

    template_name = "share/event_manage.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather its parts."""
        return super().get_context_data(desk=desk_of(person(self.request), self.event), **kwargs)


class EventHistoryView(OrganiserMixin, TemplateView):
    """Who did what, and when."""

    template_name = "share/event_history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read a page of it."""
        rows = EventChange.objects.filter(event=self.event)
        page = HISTORY.page(rows, self.request.GET.get("cursor", ""))
        steps = steps_of(person(self.request), list(page.rows))
        return super().get_context_data(page=page, steps=steps, **kwargs)


@require_POST
@login_required
def event_publish_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Announce a draft."""
    event = organised_event(request, pk)
    if event.published_at is None:
        can_publish_event(request.user, event).require()
        try:
            event_publish(event=event, actor=person(request))
        except EventConflict as conflict:
            messages.info(request, str(conflict))
        else:
            messages.success(request, _published_words(event.series_id, event.ends_at))
    return redirect("share:event-manage", pk)


def _published_words(series_id: int | None, ends_at: Any) -> str:
    if ends_at < timezone.now():
        return _("Publicado. Como ya pasó, no se avisa a nadie ni se abre la inscripción.")
    if series_id:
        return _("Publicado, con los que siguen: cada uno tiene su inscripción.")
    return _("Publicado. Ya lo encuentra quien lo busque, y la red puede inscribirse.")


class EventCancelView(OrganiserMixin, FormView):
    """Asks why an event does not take place, says how many people will be told, and tells them."""

    form_class = CancelForm
    template_name = "share/event_cancel.html"

    def decide(self) -> Decision:
        """It has to be announced."""
        return can_cancel_event(self.request.user, self.event)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask about those that follow where there are any."""
        return {**super().get_form_kwargs(), "repeats": bool(self.event.series_id)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Count whom it concerns."""
        later: list[Event] = []
        if self.event.series:
            later = list(
                self.event.series.events.filter(
                    occurrence_on__gt=self.event.occurrence_on or self.event.start_date, status="published"
                ).only("pk")
            )
        return super().get_context_data(
            concerned=concerned_count([self.event]),
            later=len(later),
            concerned_with_later=concerned_count([self.event, *later]) if later else 0,
            **kwargs,
        )

    def form_valid(self, form: CancelForm) -> HttpResponse:
        """Cancel; whoever else did first is not overruled."""
        reason, actor = form.cleaned_data["reason"], person(self.request)
        try:
            if form.cleaned_data.get("scope") == "following":
                number = len(following_cancel(event=self.event, actor=actor, reason=reason))
            else:
                event_cancel(event=self.event, actor=actor, reason=reason)
                number = 1
        except EventConflict as conflict:
            messages.info(self.request, str(conflict))
        else:
            said = ngettext(
                "Cancelado. Avisamos a quienes iban a ir.",
                "Cancelamos %(number)s encuentros. Avisamos a quienes iban a ir.",
                number,
            )
            messages.success(self.request, said % {"number": number})
        return redirect("share:event-manage", self.event.pk)


@require_POST
@login_required
def event_restore_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a cancellation back."""
    event = organised_event(request, pk)
    if event.is_cancelled:
        can_restore_event(request.user, event).require()
        try:
            event_restore(event=event, actor=person(request))
        except EventConflict as conflict:
            messages.info(request, str(conflict))
        else:
            messages.success(request, _("El encuentro se hace. Avisamos a quienes iban a ir."))
    return redirect("share:event-manage", pk)


class EventDeleteView(OrganiserMixin, TemplateView):
    """Asks before a draft is deleted."""

    template_name = "share/event_delete.html"

    def decide(self) -> Decision:
        """Nobody was told of it."""
        return can_delete_event(self.request.user, self.event)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Delete it."""
        event_delete(event=self.event)
        messages.success(request, _("Borramos el borrador."))
        return redirect("share:event-list")


@require_POST
@login_required
def event_duplicate_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin another event like this one."""
    event = organised_event(request, pk)
    can_create_event(request.user).require()
    can_change_event(request.user, event).require()
    made = event_duplicate(event=event, actor=person(request))
    messages.success(
        request,
        _("Es una copia, en borrador: elegí el día y revisá lo demás. Las inscripciones no se copian."),
    )
    return redirect("share:event-edit", made.pk)
