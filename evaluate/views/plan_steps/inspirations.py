"""What of the catalogue inspires a step of an improvement plan."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evaluate.plan.filters import MAX_ID_DIGITS
from evaluate.services.plans import inspiration_add, inspiration_remove
from evaluate.views.plan_steps.access import editable_step
from portal.catalog.kinds import things_visible_to
from portal.catalog.models import Entry


@login_required
@require_POST
def inspiration_view(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add a thing of the catalogue to what inspires a step, or take it away."""
    step = editable_step(request, public_id)
    if request.POST.get("accion") == "quitar":
        inspiration_remove(step=step, entry=_asked_entry(request, Entry.objects.visible_to(request.user)))
        messages.success(request, _("Quitaste la inspiración."))
        return redirect(f"{step.get_absolute_url()}#inspiraciones")
    try:
        inspiration_add(step=step, entry=_asked_entry(request, things_visible_to(request.user)))
        messages.success(request, _("Sumaste la inspiración."))
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return redirect(f"{step.get_absolute_url()}#inspiraciones")


def _asked_entry(request: HttpRequest, among: QuerySet[Entry]) -> Entry:
    key = request.POST.get("entrada", "")
    if not (key.isascii() and key.isdecimal()) or len(key) > MAX_ID_DIGITS:
        raise Http404
    return get_object_or_404(among, pk=int(key))
