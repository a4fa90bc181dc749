"""Stopping e-mails from an e-mail, without signing in, and taking it back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.models import User
from portal.notices.emails import DIGESTS, read_unsubscribe_token
from portal.notices.kinds import kind_label
from portal.notices.services import can_be_stopped, email_stop
from portal.notices.services.shortcuts import email_modes_of, email_modes_restore
from portal.notices.undoing import read_undo_token, undo_token

TEMPLATE = "notices/unsubscribe.html"
INCOMPLETE = gettext_lazy("El enlace está incompleto. Copialo entero del correo o entrá a tus preferencias.")
View = Callable[[HttpRequest, str], HttpResponse]


class LinkRefused(Exception):
    """A link of an e-mail cannot be used; the message says why and what to do."""


def _saying_what_is_wrong(view: View) -> View:
    """Answer a link that cannot be used with a page that says so, instead of one that only says "not found"."""

    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        try:
            return view(request, token)
        except LinkRefused as refusal:
            return render(request, TEMPLATE, {"problem": str(refusal)}, status=404)

    return answer


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@_saying_what_is_wrong
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
@_saying_what_is_wrong
def resubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Take back what was stopped from an e-mail; the two signed tokens stand for the CSRF token."""
    user, stops = _read_token(token)
    try:
        modes = read_undo_token(request.POST.get("undo", ""), user)
    except BadSignature:
        raise LinkRefused(_("Este botón ya no sirve. Entrá a tus preferencias y elegí ahí.")) from None
    email_modes_restore(user=user, modes=modes)
    return render(request, TEMPLATE, {**_context(token, stops), "is_undone": True})


def _context(token: str, stops: str) -> dict[str, Any]:
    is_digest = stops == DIGESTS
    return {"token": token, "is_digest": is_digest, "kind_label": "" if is_digest else kind_label(stops)}


def _read_token(token: str) -> tuple[User, str]:
    try:
        public_id, stops = read_unsubscribe_token(token)
    except BadSignature:
        raise LinkRefused(str(INCOMPLETE)) from None
    if not can_be_stopped(stops):
        raise LinkRefused(_("Estos avisos ya no se envían por correo."))
    # Whose account is suspended is not written to now, and will have been heard when it is open again.
    user = User.objects.filter(public_id=public_id, erased_at__isnull=True).first()
    if user is None:
        raise LinkRefused(str(INCOMPLETE))
    return user, stops
