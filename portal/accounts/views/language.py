"""A person's language and clock."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.messages.views import SuccessMessageMixin
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from portal.accounts.forms.language import LanguageAndTimeForm
from portal.accounts.views.access import reader


class LanguageAndTimeView(LoginRequiredMixin, SuccessMessageMixin, FormView):
    """Chooses the language of notices, and the time zone."""

    form_class = LanguageAndTimeForm
    template_name = "accounts/language_and_time.html"
    success_url = reverse_lazy("accounts:profile")
    success_message = _("Guardamos tu idioma y tu zona horaria.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Bind the form to the person."""
        return {**super().get_form_kwargs(), "user": reader(self.request)}

    def form_valid(self, form: LanguageAndTimeForm) -> HttpResponse:
        """Keep the choice."""
        form.save()
        return super().form_valid(form)
