"""What a suspended person answers; she cannot sign in, so the address itself proves that it is she."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from portal.safety.closing import suspension_of
from portal.safety.forms.suspensions import AppealForm
from portal.safety.models import Suspension
from portal.safety.services import suspension_appeal


@method_decorator(never_cache, name="dispatch")
class AppealView(FormView):
    """Passes her answer to the team."""

    form_class = AppealForm
    template_name = "safety/appeal_form.html"
    suspension: Suspension

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the suspension that the address is about."""
        found = suspension_of(kwargs["token"])
        if found is None:
            return render(request, "safety/appeal_expired.html", status=404)
        self.suspension = found
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page what she answers to."""
        return super().get_context_data(suspension=self.suspension, **kwargs)

    def form_valid(self, form: AppealForm) -> HttpResponse:
        """Keep her answer, the first one."""
        suspension_appeal(suspension=self.suspension, text=form.cleaned_data["text"])
        return render(self.request, "safety/appeal_sent.html")
