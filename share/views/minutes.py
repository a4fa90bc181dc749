"""Minutes: read and printed by whoever sees the event, written by whoever looks after it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from django.views.generic.edit import FormMixin

from portal.core.decision import Decision
from share.events.clock import clock_of
from share.events.decisions import decided, open_from_before
from share.forms.minutes import MinutesForm
from share.models import Minutes
from share.permissions.minutes import can_read_minutes, can_write_minutes
from share.services.minutes import MinutesConflict, minutes_publish, minutes_save, minutes_version
from share.views.event_access import OrganiserPage, person, seen_event


class MinutesView(TemplateView):
    """What was said and decided, to read and to print."""

    template_name = "share/event_minutes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Load them with their decisions, and say why they cannot be read where they cannot."""
        event = seen_event(self.request, kwargs["pk"])
        reader = self.request.user
        minutes = Minutes.objects.filter(event=event).select_related("event").first()
        decision = can_read_minutes(reader, minutes) if minutes else None
        agreements = minutes.agreements.select_related("minutes__event") if minutes and decision else ()
        rows = decided(reader, agreements)
        writing = can_write_minutes(reader, event)
        mine = {
            row.agreement.pk
            for row in rows
            if writing or row.agreement.responsible_user_id == (reader.pk or 0)
        }
        return super().get_context_data(
            event=event,
            clock=clock_of(event),
            minutes=minutes if decision else None,
            agreements=rows,
            mine=mine,
            before=open_from_before(reader, event),
            writing=writing,
            **kwargs,
        )


class MinutesEditView(FormMixin, OrganiserPage):
    """Writes minutes: a draft until they are published, and with their history after that."""

    form_class = MinutesForm
    template_name = "share/event_minutes_edit.html"

    def decide(self) -> Decision:
        """Ask whether the reader writes these minutes."""
        return can_write_minutes(self.request.user, self.event)

    def get_initial(self) -> dict[str, Any]:
        """Begin with what is written."""
        minutes = self._minutes()
        return {"text": minutes.text if minutes else "", "seen": minutes_version(minutes)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the decisions beside the text, and what the series left to be done."""
        minutes = self._minutes()
        agreements = minutes.agreements.all() if minutes else ()
        return super().get_context_data(
            minutes=minutes,
            agreements=decided(self.request.user, agreements),
            before=open_from_before(self.request.user, self.event),
            revisions=minutes.revisions.select_related("replaced_by")[:20] if minutes else (),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, and publish where that is asked."""
        form = self.get_form()
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        """Save; what somebody else saved meanwhile is shown below what was typed here."""
        try:
            minutes_save(event=self.event, actor=person(self.request), **form.cleaned_data)
            if "publicar" in self.request.POST:
                minutes_publish(event=self.event, actor=person(self.request))
        except MinutesConflict as conflict:
            return self._conflict(form, str(conflict))
        return self._onward()

    def _onward(self) -> HttpResponse:
        """Go where the button said; a decision is written once what was typed here is saved."""
        asked, pk = self.request.POST, self.event.pk
        if "decision" in asked:
            return redirect("share:agreement-add", pk)
        if asked.get("editar", "").isdecimal():
            return redirect("share:agreement-edit", pk, int(asked["editar"][:18]))
        if "publicar" in asked:
            messages.success(self.request, _("El acta está publicada. Les avisamos a quienes estuvieron."))
            return redirect("share:event-minutes", pk)
        messages.success(self.request, _("Guardamos el acta."))
        return redirect("share:event-minutes-edit", pk)

    def _conflict(self, form: forms.BaseForm, text: str) -> HttpResponse:
        """Keep what was typed, and let the next attempt know what is saved now."""
        minutes = self._minutes()
        form.add_error("text", text)
        typed = self.request.POST.copy()
        typed["seen"] = minutes_version(minutes)
        form.data = typed
        context = self.get_context_data(form=form, saved_meanwhile=minutes.text if minutes else "")
        return self.render_to_response(context)

    def _minutes(self) -> Minutes | None:
        return Minutes.objects.filter(event=self.event).first()
