"""What coordinators and staff do about the members of municipalities."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView

from portal.accounts.forms.memberships import DeclineForm
from portal.accounts.models import Membership
from portal.accounts.permissions import (
    can_decide_membership,
    can_end_membership,
    can_make_coordinator,
    can_manage_members,
    can_see_membership_requests,
)
from portal.accounts.querysets import MembershipQuerySet
from portal.accounts.services import (
    MembershipConflict,
    membership_approve,
    membership_decline,
    membership_make_coordinator,
)
from portal.accounts.views.access import MembershipFormMixin, reader, visible_membership
from portal.core.decision import Decision
from portal.core.paging import Keyset

Status = Membership.Status
REQUESTS = reverse_lazy("accounts:membership-requests")


class MembershipRequestListView(LoginRequiredMixin, TemplateView):
    """Who waits to join the municipalities that the reader looks after, and who belongs to them."""

    template_name = "accounts/membership_requests.html"
    states = {Status.REQUESTED: gettext_lazy("Pendientes"), Status.ACTIVE: gettext_lazy("Integrantes")}
    keyset = Keyset(("-id",), size=20)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let coordinators and staff in."""
        if request.user.is_authenticated:
            can_see_membership_requests(request.user).require()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find the rows, and count both lists under the same search."""
        found = self._found()
        state = self.request.GET.get("estado", "")
        state = state if state in self.states else Status.REQUESTED
        page = self.keyset.page(found.filter(status=state).with_history(), self.request.GET.get("cursor", ""))
        tabs = [(name, label, found.filter(status=name).count()) for name, label in self.states.items()]
        return super().get_context_data(
            state=state,
            tabs=tabs,
            total=next(count for name, _label, count in tabs if name == state),
            page=page,
            rows=[self._row(membership) for membership in page.rows],
            **kwargs,
        )

    def _found(self) -> MembershipQuerySet:
        rows: MembershipQuerySet = Membership.objects.managed_by(self.request.user)
        return rows.matching(self.request.GET.get("q", "")[:200])

    def _row(self, membership: Membership) -> dict[str, Any]:
        user = self.request.user
        return {
            "membership": membership,
            "may_decide": can_decide_membership(user, membership),
            "may_make_coordinator": can_make_coordinator(user, membership),
            "may_end": membership.is_active and can_end_membership(user, membership),
        }


class MembershipDeclineView(MembershipFormMixin, FormView):
    """Declines a request, saying why."""

    form_class = DeclineForm
    template_name = "accounts/membership_decline.html"
    success_url = REQUESTS

    def decide(self) -> Decision:
        """Ask whether the reader looks after this municipality's members; a decided request is told below."""
        return can_manage_members(self.request.user, self.membership.municipality_id)

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for the reason, unless the request was decided already."""
        decision = can_decide_membership(self.request.user, self.membership)
        if not decision:
            messages.warning(self.request, str(decision.reason))
            return redirect(REQUESTS)
        return super().get(*args, **kwargs)

    def form_valid(self, form: DeclineForm) -> HttpResponse:
        """Decline it, or say that somebody was faster."""
        try:
            membership_decline(membership=self.membership, actor=reader(self.request), **form.cleaned_data)
        except MembershipConflict as conflict:
            messages.warning(self.request, str(conflict))
        else:
            text = _("Rechazaste el pedido de %(name)s. Le avisamos por qué.")
            messages.success(self.request, text % {"name": self.membership.user})
        return super().form_valid(form)


@require_POST
@login_required
def membership_approve_view(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Approve a request with one click; a second click finds it approved."""
    membership = visible_membership(request, public_id)
    can_manage_members(request.user, membership.municipality_id).require()
    try:
        membership_approve(membership=membership, actor=reader(request))
    except MembershipConflict as conflict:
        messages.warning(request, str(conflict))
    else:
        texts = {"name": membership.user, "municipality": membership.municipality.name}
        messages.success(request, _("%(name)s ya figura en %(municipality)s.") % texts)
    return redirect(REQUESTS)


@require_POST
@login_required
def membership_make_coordinator_view(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a member coordinate, with one click; a second click finds her coordinating."""
    membership = visible_membership(request, public_id)
    can_manage_members(request.user, membership.municipality_id).require()
    try:
        membership_make_coordinator(membership=membership, actor=reader(request))
    except MembershipConflict as conflict:
        messages.warning(request, str(conflict))
    else:
        texts = {"name": membership.user, "municipality": membership.municipality.name}
        messages.success(request, _("%(name)s ahora coordina %(municipality)s.") % texts)
    return redirect(f"{reverse('accounts:membership-requests')}?estado={Status.ACTIVE}")
