"""Whether a municipality's result is public."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from evaluate.models import Evaluation
from evaluate.permissions import can_lead_evaluation, can_publish_result, can_withdraw_result
from evaluate.result.building import public_result_of
from evaluate.services.publishing import result_publish, result_withdraw
from evaluate.views.access import seen_evaluation


class ResultPublish(LoginRequiredMixin, View):
    """Exactly what everybody would read, and the switch."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show what is public, or would be."""
        found = seen_evaluation(request, public_id)
        can_lead_evaluation(request.user, found).require()
        run = found.runs.done().select_related("evaluation__version").order_by("-pk").first()
        context = {
            "evaluation": found,
            "version": found.version,
            "decision": can_publish_result(request.user, found),
            "result": public_result_of(found, run) if run else None,
        }
        return render(request, "evaluate/result_publish.html", context)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Publish or take back; doing so twice changes nothing."""
        wants_public = request.POST.get("publico") == "si"
        with transaction.atomic():
            found = _held(request, public_id)
            can_lead_evaluation(request.user, found).require()
            if found.is_published != wants_public:
                _switch(request, found, wants_public)
        return redirect("evaluate:result-publish", public_id=public_id)


def _switch(request: HttpRequest, found: Evaluation, wants_public: bool) -> None:
    if wants_public:
        can_publish_result(request.user, found).require()
        result_publish(evaluation=found, user=request.user)
        messages.success(request, _("El resultado es público. Podés retirarlo cuando quieras."))
        return
    can_withdraw_result(request.user, found).require()
    result_withdraw(evaluation=found, user=request.user)
    messages.success(request, _("El resultado ya no es público: lo ve solo tu equipo y el de la red."))


def _held(request: HttpRequest, public_id: UUID) -> Evaluation:
    evaluations = Evaluation.objects.visible_to(request.user).with_questionnaire()
    return get_object_or_404(evaluations.select_for_update(of=("self",)), public_id=public_id)
