"""A person's notices."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import FormView, TemplateView

from portal.accounts.models import User
from portal.core.paging import Keyset
from portal.notices.emails import read_unsubscribe_token
from portal.notices.forms import PreferencesForm
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import Notification
from portal.notices.services import email_turn_off, notice_open, notices_mark_read
from portal.notices.urls_of_ours import is_own_path

UNREAD_FIRST = Keyset(("is_read", "-id"), size=20)
UNREAD_ONLY = "sin-leer"


class NoticeListView(LoginRequiredMixin, TemplateView):
    """Shows a person her own notices, the unread ones first."""

    template_name = "notices/notice_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read one page, and say how many there are."""
        own = Notification.objects.visible_to(self.request.user)
        is_unread_only = self.request.GET.get("estado") == UNREAD_ONLY
        shown = own.unread() if is_unread_only else own
        return super().get_context_data(
            page=UNREAD_FIRST.page(shown.with_is_read(), self.request.GET.get("cursor", "")),
            total=own.count(),
            unread_total=own.unread().count(),
            is_unread_only=is_unread_only,
            **kwargs,
        )


class PreferencesView(LoginRequiredMixin, FormView):
    """Lets a person choose how each kind of notice reaches her."""

    template_name = "notices/preferences.html"
    form_class = PreferencesForm
    success_url = reverse_lazy("notices:preferences")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Bind the form to the person."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: PreferencesForm) -> HttpResponse:
        """Keep the choice and say so."""
        form.save()
        messages.success(self.request, _("Guardamos cómo querés recibir los avisos."))
        return super().form_valid(form)


@require_safe
@login_required
def open_notice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Mark a person's own notice as read and lead to what it tells of, which is always within the portal.

    It is a link, to be opened from an e-mail or in another tab; all that a forged visit could do is mark it as read.
    """
    notice = get_object_or_404(Notification, public_id=public_id, user=request.user)
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        notice_open(notice=notice)
    return redirect(notice.url if is_own_path(notice.url) else "notices:notice-list")


@require_POST
@login_required
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """Mark all of a person's notices as read."""
    number = notices_mark_read(user=request.user)  # type: ignore[arg-type]
    messages.success(
        request,
        ngettext("Marcamos %(number)d aviso como leído.", "Marcamos %(number)d avisos como leídos.", number)
        % {"number": number},
    )
    return redirect("notices:notice-list")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the e-mails of one kind for whoever holds one of them, without signing in (RFC 8058).

    Mail programs send the POST by themselves, without a cookie, so the signed token stands for the CSRF token.
    A GET only asks, because programs that look for viruses follow links.
    """
    user, kind = _read_token(token)
    if request.method == "POST":
        email_turn_off(user=user, kind=kind)
    return render(request, "notices/unsubscribe.html", {"kind": kind, "is_done": request.method == "POST"})


def _read_token(token: str) -> tuple[User, NoticeKind]:
    try:
        public_id, kind_id = read_unsubscribe_token(token)
    except BadSignature:
        raise Http404(
            _("El enlace está incompleto. Copialo entero del correo o entrá a tus preferencias.")
        ) from None
    if kind_id not in notice_kinds or not (kind := notice_kinds.get(kind_id)).is_optional:
        raise Http404(_("Estos avisos ya no se envían por correo."))
    return get_object_or_404(User, public_id=public_id, is_active=True), kind
