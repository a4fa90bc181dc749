"""A person's data: what is kept and why, a copy of it, and its erasure."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe
from django.views.generic import FormView, TemplateView

from portal.accounts.forms.account import EraseForm
from portal.accounts.permissions import can_erase_account
from portal.accounts.personal_data import personal_models
from portal.accounts.services import account_archive, account_erase
from portal.accounts.services.own_data import last_municipality
from portal.accounts.views.access import reader


class MyDataView(LoginRequiredMixin, TemplateView):
    """Says what the portal keeps about its reader, for what and until when."""

    template_name = "accounts/my_data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """List what every app declares."""
        return super().get_context_data(personal_models=list(personal_models), **kwargs)


@require_safe
@login_required
@never_cache
def account_download(request: HttpRequest) -> FileResponse:
    """Hand out a copy of everything about the reader as a file, piece by piece."""
    response = FileResponse(
        account_archive(user=reader(request)),
        as_attachment=True,
        filename=f"mis-datos-{timezone.localdate().isoformat()}.zip",
        content_type="application/zip",
    )
    # It is compressed already; the middleware would take away its length.
    response.headers["Content-Encoding"] = "identity"
    return response


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class AccountEraseView(LoginRequiredMixin, FormView):
    """Erases the reader's account after she confirms with her password."""

    form_class = EraseForm
    template_name = "accounts/account_erase.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose password to ask for."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say beforehand what stays, and when the account cannot be erased."""
        user = reader(self.request)
        decision = can_erase_account(user, user)
        return super().get_context_data(decision=decision, former_of=last_municipality(user), **kwargs)

    def form_valid(self, form: EraseForm) -> HttpResponse:
        """Erase, sign out and say so."""
        user = reader(self.request)
        can_erase_account(user, user).require()
        account_erase(user=user, actor=user)
        logout(self.request)
        messages.success(self.request, _("Borramos tu cuenta y tus datos. Gracias por haber sido parte."))
        return redirect(settings.LOGIN_REDIRECT_URL)
