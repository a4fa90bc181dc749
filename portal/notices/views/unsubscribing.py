"""Stopping e-mails from an e-mail, without signing in, and taking it back."""

from typing import Any

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.models import User
from portal.notices.emails import DIGESTS, read_unsubscribe_token
from portal.notices.kinds import kind_label
from portal.notices.services import can_be_stopped, email_stop
from portal.notices.services.shortcuts import email_modes_of, email_modes_restore
from portal.notices.undoing import read_undo_token, undo_token

TEMPLATE = "notices/unsubscribe.html"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the e-mails of one kind, or all digests, for whoever holds one of them, without signing in (RFC 8058).

    Mail programs send the POST by themselves, without a cookie, so the signed token stands for the CSRF token.
    A GET only asks, because programs that look for viruses follow links.
    """
    user, stops = _read_token(token)
    context = _context(token, stops)
    if request.method == "POST":
        before = email_modes_of(user=user)
        email_stop(user=user, stops=stops)
        after = email_modes_of(user=user)
        stopped = {kind: mode for kind, mode in before.items() if after[kind] != mode}
        context |= {"is_done": True, "undo": undo_token(user, stopped) if stopped else ""}
    return render(request, TEMPLATE, context)


@csrf_exempt
@require_POST
def resubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Take back what was stopped from an e-mail; the two signed tokens stand for the CSRF token."""
    user, stops = _read_token(token)
    try:
        modes = read_undo_token(request.POST.get("undo", ""), user)
    except BadSignature:
        raise Http404(_("Este botón ya no sirve. Entrá a tus preferencias y elegí ahí.")) from None
    email_modes_restore(user=user, modes=modes)
    return render(request, TEMPLATE, {**_context(token, stops), "is_undone": True})


def _context(token: str, stops: str) -> dict[str, Any]:
    is_digest = stops == DIGESTS
    return {"token": token, "is_digest": is_digest, "kind_label": "" if is_digest else kind_label(stops)}


def _read_token(token: str) -> tuple[User, str]:
    try:
        public_id, stops = read_unsubscribe_token(token)
    except BadSignature:
        raise Http404(
            _("El enlace está incompleto. Copialo entero del correo o entrá a tus preferencias.")
        ) from None
    if not can_be_stopped(stops):
        raise Http404(_("Estos avisos ya no se envían por correo."))
    return get_object_or_404(User, public_id=public_id, is_active=True), stops
