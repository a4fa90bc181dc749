"""Who looks after an encounter: adding a colleague, taking somebody out, stepping back oneself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from portal.accounts.colleagues import colleagues_found
from portal.accounts.models import User
from share.forms.events import PeopleSearchForm
from share.models import EventOrganiser
from share.organising.desk import organisers_of
from share.permissions.events import is_organiser
from share.services.events import LastOrganiser, organiser_add, organiser_remove
from share.views.organising.access import OrganiserMixin, person
from share.views.organising.parts import colleague_of


class OrganisersView(OrganiserMixin, TemplateView):
    """Those who look after an event."""

    template_name = "share/event_organisers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look for colleagues by the words that were typed."""
        reader = person(self.request)
        search = PeopleSearchForm(self.request.GET if "q" in self.request.GET else None)
        words = search.cleaned_data["q"] if search.is_valid() else ""
        organisers = organisers_of(reader, self.event)
        keys = {one.key for one in organisers}
        found = [one for one in colleagues_found(reader, words) if one.user_id not in keys] if words else []
        return super().get_context_data(
            organisers=organisers, search=search, words=words, found=found, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Add somebody, or take somebody out."""
        actor = person(request)
        if "sumar" in request.POST:
            self._add(actor, request.POST["sumar"])
        elif request.POST.get("quitar", "").isdecimal():
            self._remove(actor, request.POST["quitar"])
        if is_organiser(actor, self.event):
            return redirect("share:event-organisers", self.event.pk)
        return redirect("share:event-list")

    def _add(self, actor: User, key: str) -> None:
        chosen = colleague_of(actor, key)
        if chosen is None:
            messages.error(self.request, _("No encontramos a esa persona: buscala de nuevo."))
            return
        user = User.objects.get(pk=chosen.user_id)
        organiser_add(event=self.event, user=user, actor=actor)
        messages.success(self.request, _("Listo. Ahora también lo organiza: se lo avisamos."))

    def _remove(self, actor: User, key: str) -> None:
        rows = EventOrganiser.objects.select_related("user")
        user = get_object_or_404(rows, event=self.event, user_id=key[:18]).user
        try:
            organiser_remove(event=self.event, user=user, actor=actor)
        except LastOrganiser as refused:
            messages.error(self.request, str(refused))
        else:
            messages.success(self.request, _("Listo, ya no figura entre quienes organizan."))
