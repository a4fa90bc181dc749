"""Decisions: written down, put right, and followed up."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic.edit import FormMixin

from portal.accounts.colleagues import Colleague, colleagues_found, colleagues_shown
from portal.accounts.models import User
from portal.core.decision import Decision
from share.forms.minutes import AgreementForm
from share.models import Agreement
from share.permissions.minutes import can_update_agreement, can_write_minutes
from share.services.agreements import (
    AgreementConflict,
    Wording,
    agreement_add,
    agreement_change,
    agreement_remove,
    agreement_set_status,
)
from share.views.event_access import OrganiserPage, person, seen_event

STEPS = {
    "hecho": Agreement.Status.DONE,
    "pendiente": Agreement.Status.OPEN,
    "dejado": Agreement.Status.DROPPED,
}


class AgreementFormView(FormMixin, OrganiserPage):
    """Writes down a decision, or puts one right; finding a colleague saves nothing."""

    form_class = AgreementForm
    template_name = "share/agreement_form.html"

    def decide(self) -> Decision:
        """Ask whether the reader writes the minutes that it stands in."""
        return can_write_minutes(self.request.user, self.event)

    @property
    def agreement(self) -> Agreement | None:
        """What is put right; none where one is written down."""
        if "agreement_pk" not in self.kwargs:
            return None
        rows = Agreement.objects.select_related("minutes__event", "responsible_user")
        return get_object_or_404(rows, pk=self.kwargs["agreement_pk"], minutes__event=self.event)

    def get_initial(self) -> dict[str, Any]:
        """Begin with how it reads."""
        row = self.agreement
        if row is None:
            return {}
        return {
            "text": row.text,
            "responsible": row.responsible,
            "responsible_user": str(row.responsible_user_id or ""),
            "due_on": row.due_on,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer whoever has it now and whoever was looked for."""
        return {**super().get_form_kwargs(), "colleagues": self._choices()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which one it is."""
        return super().get_context_data(agreement=self.agreement, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find a colleague, take it away, or save."""
        row = self.agreement
        if "quitar" in request.POST and row is not None:
            agreement_remove(agreement=row, actor=person(request))
            messages.success(request, _("Quitamos esa decisión."))
            return redirect("share:event-minutes-edit", self.event.pk)
        form = self.get_form()
        if "buscar" in request.POST:
            return self._with_found(form)
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        """Save it."""
        wording = _wording(form.cleaned_data)
        row = self.agreement
        try:
            if row is None:
                agreement_add(event=self.event, wording=wording, actor=person(self.request))
            else:
                agreement_change(agreement=row, wording=wording, actor=person(self.request))
        except AgreementConflict as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("Guardamos la decisión."))
        return redirect("share:event-minutes-edit", self.event.pk)

    def _with_found(self, form: forms.BaseForm) -> HttpResponse:
        """Show the form as it was typed, with those who were found; nothing is complained about yet."""
        words = self.request.POST.get("responsible", "").strip()
        nobody = bool(words) and "responsible_user" not in form.fields
        unbound = AgreementForm(initial=self.request.POST.dict(), colleagues=self._choices())
        return self.render_to_response(
            self.get_context_data(form=unbound, nobody_found=nobody, looked_for=words)
        )

    def _choices(self) -> list[tuple[str, str]]:
        """Return those who can be chosen: whom words find, and whoever has it or was chosen before."""
        reader = self.request.user
        row = self.agreement
        keys = [row.responsible_user_id] if row and row.responsible_user_id else []
        chosen = self.request.POST.get("responsible_user", "")
        keys += [int(chosen)] if chosen.isdecimal() and len(chosen) < 19 else []
        known = colleagues_shown(reader, keys) if keys else {}
        words = self.request.POST.get("responsible", "").strip()[:100]
        found = {one.user_id: one for one in colleagues_found(reader, words)} if len(words) > 1 else {}
        offered = [(str(key), _said(one)) for key, one in {**known, **found}.items()]
        has_hidden = row and row.responsible_user_id and row.responsible_user_id not in known
        if row and has_hidden:
            # Whoever wrote it down knew her; who puts it right may leave it with her.
            offered.insert(0, (str(row.responsible_user_id), _("Quien figura ahora")))
        return offered


class AgreementStatusView(LoginRequiredMixin, View):
    """Says what became of a decision."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note it, and go back to where she was."""
        rows = Agreement.objects.select_related("minutes__event")
        row = get_object_or_404(rows, pk=pk)
        seen_event(request, row.minutes.event_id)
        can_update_agreement(request.user, row).require()
        status = STEPS.get(request.POST.get("estado", ""))
        if status is not None:
            agreement_set_status(agreement=row, status=status, actor=person(request))
            texts = {
                Agreement.Status.DONE: _("Anotamos que está hecho. ¡Gracias!"),
                Agreement.Status.OPEN: _("Vuelve a figurar como pendiente."),
                Agreement.Status.DROPPED: _("Anotamos que se dejó de lado."),
            }
            messages.success(request, texts[status])
        return redirect(_way_back(request) or reverse("share:event-minutes", args=[row.minutes.event_id]))


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if is_ours else ""


def _wording(data: dict[str, Any]) -> Wording:
    """Read the form; a colleague who was chosen stands for whatever was typed to find her."""
    chosen = data.get("responsible_user", "")
    user = User.objects.filter(pk=int(chosen), is_active=True).first() if chosen else None
    return Wording(
        text=data["text"],
        responsible="" if user else data["responsible"],
        responsible_user=user,
        due_on=data["due_on"],
    )


def _said(one: Colleague) -> str:
    return " · ".join(filter(None, (one.name, one.position, one.municipality)))
