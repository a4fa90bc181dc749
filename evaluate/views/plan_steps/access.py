"""Which steps of improvement plans a reader may change."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from evaluate.models import PlanStep
from evaluate.permissions import can_edit_plan_step


def editable_step(request: HttpRequest, public_id: UUID) -> PlanStep:
    """Return a step to change, where the reader may.

    Raises:
        Http404: it does not exist, or it is somebody else's.
        PermissionDenied: the reader may only look.
    """
    steps = PlanStep.objects.visible_to(request.user).select_related("questionnaire", "municipality")
    step = get_object_or_404(steps, public_id=public_id)
    can_edit_plan_step(request.user, step).require()
    return step
