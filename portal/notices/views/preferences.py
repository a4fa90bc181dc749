"""How a person wants her notices."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from portal.accounts.views.access import reader
from portal.notices.forms.hours import HoursForm
from portal.notices.forms.preferences import PreferencesForm
from portal.notices.services.shortcuts import emails_gather, emails_only_important, preferences_reset

SHORTCUTS = {
    "resumen": (emails_gather, gettext_lazy("Listo: todos los correos van juntos en un resumen por día.")),
    "importante": (
        emails_only_important,
        gettext_lazy("Listo: por correo te llega solo lo importante. El resto lo ves en el portal."),
    ),
    "habitual": (
        preferences_reset,
        gettext_lazy("Listo: volviste a la forma habitual de recibir los avisos."),
    ),
}


class PreferencesView(LoginRequiredMixin, TemplateView):
    """Lets a person choose how each kind of notice reaches her, and when."""

    template_name = "notices/preferences.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what holds, or what was typed where something was refused."""
        user = reader(self.request)
        return super().get_context_data(
            **{"form": PreferencesForm(user=user), "hours": HoursForm(user=user), **kwargs}
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep both parts or neither, and say so."""
        user = reader(request)
        form, hours = PreferencesForm(request.POST, user=user), HoursForm(request.POST, user=user)
        if not (form.is_valid() & hours.is_valid()):
            return self.render_to_response(self.get_context_data(form=form, hours=hours))
        with transaction.atomic():
            form.save()
            hours.save()
        messages.success(request, _("Guardamos cómo querés recibir los avisos."))
        return redirect("notices:preferences")


@require_POST
@login_required
def preferences_shortcut(request: HttpRequest) -> HttpResponse:
    """Change many preferences with one button."""
    shortcut = SHORTCUTS.get(request.POST.get("atajo", ""))
    if shortcut is None:
        messages.error(
            request, _("No entendimos qué atajo querías y no cambiamos nada. Tocá uno de los botones.")
        )
    else:
        change, said = shortcut
        change(user=reader(request))
        messages.success(request, said)
    return redirect("notices:preferences")
