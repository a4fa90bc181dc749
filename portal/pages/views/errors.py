"""Pages for what went wrong: what happened, why, and what to do."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be understood, or is too large to be read."""
    is_too_large = isinstance(exception, RequestDataTooBig)
    context = {"is_too_large": is_too_large}
    return render(request, "portal/errors/400.html", context, status=413 if is_too_large else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that is not allowed, with the reason that the permission gave."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return render(request, "portal/errors/403.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address where nothing is."""
    return render(request, "portal/errors/404.html", status=404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer who asked for the same too often."""
    return render(request, "portal/errors/429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of ours, without touching database or session."""
    return render(request, "portal/errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose protection had expired."""
    explanation = _(
        "El formulario venció antes de que lo enviaras. Volvé atrás, recargá la página y probá otra vez."
    )
    return render(request, "portal/errors/403.html", {"reason": explanation}, status=403)
