"""What a person does about her own memberships."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import FormView

from portal.accounts.forms.memberships import EndForm, MembershipRequestForm, WorkForm
from portal.accounts.models import Membership
from portal.accounts.permissions import can_end_membership
from portal.accounts.services import (
    MembershipConflict,
    membership_end,
    membership_request,
    membership_update,
)
from portal.accounts.views.access import MembershipFormMixin, reader
from portal.core.decision import ALLOWED, Decision, denied


class MembershipRequestView(LoginRequiredMixin, FormView):
    """Asks to join a municipality."""

    form_class = MembershipRequestForm
    template_name = "accounts/membership_request.html"
    success_url = reverse_lazy("accounts:profile")

    def get_initial(self) -> dict[str, Any]:
        """Begin with the municipality whose page led here."""
        return {"municipality": self.request.GET.get("municipio", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who asks."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: MembershipRequestForm) -> HttpResponse:
        """Record the request and say what comes next."""
        membership = membership_request(user=reader(self.request), **form.cleaned_data)
        messages.success(self.request, _what_comes_next(membership))
        return super().form_valid(form)


class MembershipUpdateView(MembershipFormMixin, FormView):
    """Changes one's position and areas in a municipality."""

    form_class = WorkForm
    template_name = "accounts/membership_form.html"
    success_url = reverse_lazy("accounts:profile")

    def decide(self) -> Decision:
        """Allow the person herself, while she works there or waits to."""
        if self.membership.user_id == self.request.user.pk and self.membership.is_open:
            return ALLOWED
        return denied(_("El cargo y las áreas los cambia cada persona, mientras figura en el municipio."))

    def get_initial(self) -> dict[str, Any]:
        """Begin with what is known."""
        return {"position": self.membership.position, "areas": list(self.membership.areas.all())}

    def form_valid(self, form: WorkForm) -> HttpResponse:
        """Keep what she wrote, or say that the membership ended while she wrote."""
        try:
            membership_update(membership=self.membership, **form.cleaned_data)
        except MembershipConflict as conflict:
            messages.warning(self.request, str(conflict))
        else:
            messages.success(self.request, _("Guardamos tu cargo y tus áreas."))
        return super().form_valid(form)


class MembershipEndView(MembershipFormMixin, FormView):
    """Ends a membership, one's own or a member's, after asking once."""

    form_class = EndForm
    template_name = "accounts/membership_end.html"

    def decide(self) -> Decision:
        """Ask whether the reader may; what has ended already is told below, not refused."""
        return (
            ALLOWED if self._has_ended_already() else can_end_membership(self.request.user, self.membership)
        )

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask, unless it has ended."""
        return self._return() if self._has_ended_already() else super().get(*args, **kwargs)

    def form_valid(self, form: EndForm) -> HttpResponse:
        """End it."""
        if not self._has_ended_already():
            membership_end(membership=self.membership, actor=reader(self.request), **form.cleaned_data)
        return self._return()

    def _has_ended_already(self) -> bool:
        return not self.membership.is_open

    def _return(self) -> HttpResponse:
        municipality = self.membership.municipality.name
        if self.membership.user_id == self.request.user.pk:
            messages.success(
                self.request, _("Ya no figurás en %(municipality)s.") % {"municipality": municipality}
            )
            return redirect("accounts:profile")
        texts = {"name": self.membership.user, "municipality": municipality}
        messages.success(self.request, _("%(name)s ya no figura en %(municipality)s.") % texts)
        return redirect(f"{reverse('accounts:membership-requests')}?estado=active")


def _what_comes_next(membership: Membership) -> str:
    municipality = {"municipality": membership.municipality.name}
    if membership.is_active:
        return _("Listo: ya figurás en %(municipality)s, porque tu correo es del municipio.") % municipality
    return (
        _("Enviamos tu pedido para sumarte a %(municipality)s. Te avisamos cuando lo aprueben.")
        % municipality
    )
