"""Who follows when an official leaves: the list of what waits, and the decision about each."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from connect.forms.successions import SuccessionForm
from connect.models import Succession
from connect.permissions.towns import can_decide_succession, can_see_successions
from connect.services.successions import SuccessorGone, succession_decide
from portal.accounts.handovers import handovers
from portal.accounts.models import User
from portal.core.paging import Keyset

STATES = {"abiertos": gettext_lazy("Falta decidir"), "decididos": gettext_lazy("Decididos")}
PAGE = Keyset(("-id",), size=20)


@dataclass(frozen=True)
class Left:
    """How many things of a kind somebody looked after."""

    label: str | Promise
    count: int


def left_behind(counts: dict[str, int]) -> list[Left]:
    """Put the numbers of things by handover into words, in the order of the handovers."""
    return [Left(each.label, counts[each.id]) for each in handovers if counts.get(each.id)]


class SuccessionListView(LoginRequiredMixin, TemplateView):
    """What waits to be passed on in the municipalities that the reader coordinates, and what was decided."""

    template_name = "connect/succession_list.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let coordinators and staff in."""
        if request.user.is_authenticated:
            can_see_successions(request.user).require()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Find a page of them, and count both lists."""
        found = Succession.objects.visible_to(self.request.user)
        lists = {"abiertos": found.open(), "decididos": found.exclude(status=Succession.Status.OPEN)}
        state = self.request.GET.get("estado", "")
        state = state if state in lists else "abiertos"
        page = PAGE.page(lists[state].with_people(), self.request.GET.get("cursor", ""))
        return super().get_context_data(
            state=state,
            tabs=[(name, STATES[name], rows.count()) for name, rows in lists.items()],
            page=page,
            **kwargs,
        )


class SuccessionDetailView(LoginRequiredMixin, FormView):
    """What an official left, and to whom it passes."""

    form_class = SuccessionForm
    template_name = "connect/succession_detail.html"
    succession: Succession

    def dispatch(self, request: HttpRequest, public_id: UUID, **kwargs: Any) -> HttpResponseBase:
        """Ask for a sign-in, then find it among those that the reader may see."""
        if request.user.is_authenticated:
            can_see_successions(request.user).require()
            rows = Succession.objects.visible_to(request.user).with_people()
            self.succession = get_object_or_404(rows, public_id=public_id)
        return super().dispatch(request, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose colleagues to choose from."""
        return {**super().get_form_kwargs(), "succession": self.succession}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what there is, or what was decided."""
        return super().get_context_data(
            succession=self.succession,
            left=left_behind({name: len(keys) for name, keys in self.succession.held.items()}),
            steps=[
                (change, left_behind(change.passed))
                for change in self.succession.changes.select_related("actor")
            ],
            decision=can_decide_succession(self.request.user, self.succession),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Decide, unless somebody did already: then show what was decided."""
        if not self.succession.is_open:
            messages.info(request, _("Este traspaso ya se había decidido: acá ves cómo quedó."))
            return redirect(self.succession)
        can_decide_succession(request.user, self.succession).require()
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: SuccessionForm) -> HttpResponse:
        """Pass everything on at once, or say that the colleague left meanwhile."""
        try:
            succession_decide(
                succession=self.succession, actor=cast(User, self.request.user), successor=form.chosen
            )
        except SuccessorGone as problem:
            form.add_error("successor", str(problem))
            return self.form_invalid(form)
        messages.success(self.request, _("Listo. Todo lo que se hizo sigue siendo del municipio."))
        return redirect(self.succession)
