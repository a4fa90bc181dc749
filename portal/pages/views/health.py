"""Addresses that machines ask."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.pages.health import installation_faults


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether database, migrations, Redis and a worker are there; 503 when one is not."""
    faults = installation_faults()
    is_ready = not any(faults.values())
    parts = {name: fault or "ok" for name, fault in faults.items()}
    return JsonResponse({"ready": is_ready, "parts": parts}, status=200 if is_ready else 503)
