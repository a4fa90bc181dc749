"""How an encounter repeats from one of its days on, and ending that."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView

from share.forms.events import RuleForm
from share.forms.events.repeating import Repeat
from share.services.events import EventConflict
from share.services.series import RuleChanged, series_end, series_rule_change, series_start
from share.views.organising.access import OrganiserMixin, person

END = "terminar"


class EventRepeatingView(OrganiserMixin, FormView):
    """Says by which rule an event repeats from this day on."""

    form_class = RuleForm
    template_name = "share/event_repeating.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say from which event on."""
        return {**super().get_form_kwargs(), "event": self.event}

    def get_initial(self) -> dict[str, Any]:
        """Show the rule as it is."""
        series = self.event.series
        return {"repeat": Repeat.RULE, "repeat_rule": series.rule} if series else {"repeat": Repeat.WEEKLY}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Change the rule, or make no more."""
        if self.event.series and request.POST.get("accion") == END:
            series_end(series=self.event.series)
            messages.success(
                request, _("No se repite más. Los que ya estaban siguen: cancelá los que no se hagan.")
            )
            return redirect("share:event-manage", self.event.pk)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: RuleForm) -> HttpResponse:
        """Repeat by the new rule."""
        actor, rule = person(self.request), form.cleaned_data["rule"]
        if self.event.series_id:
            self._say(series_rule_change(event=self.event, actor=actor, rule=rule))
        else:
            try:
                series_start(event=self.event, actor=actor, rule=rule)
            except EventConflict as conflict:
                messages.info(self.request, str(conflict))
            else:
                messages.success(self.request, _("Listo: el encuentro se repite."))
        return redirect("share:event-manage", self.event.pk)

    def _say(self, changed: RuleChanged) -> None:
        said = ngettext("Listo: sumamos %(n)s encuentro.", "Listo: sumamos %(n)s encuentros.", changed.made)
        messages.success(self.request, said % {"n": changed.made})
        if changed.kept:
            days = ", ".join(date_format(one.start_date, "j \\d\\e F") for one in changed.kept)
            messages.warning(
                self.request,
                _(
                    "Quedan fuera de la regla, porque tienen inscripciones, materiales o cambios propios: %(days)s. "
                    "Movelos o cancelalos vos."
                )
                % {"days": days},
            )
