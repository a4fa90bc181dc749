"""Looking everything over, and signing it off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from evaluate.answering.page_node import PageNode
from evaluate.answering.section_navigation import Navigation, navigation_of
from evaluate.answering.section_page import section_nodes
from evaluate.models import Evaluation
from evaluate.permissions import can_answer_evaluation, can_submit_evaluation
from evaluate.services.states import open_sections
from evaluate.services.submission import NotReady, Review, evaluation_review, evaluation_submit
from evaluate.services.team import Holding, Team, leaders, team_of
from evaluate.tasks import score_evaluation
from evaluate.views.access import held_evaluation, seen_evaluation
from portal.core.jobs import queue_on_commit

SHOWN_LEADERS = 3


class EvaluationReview(LoginRequiredMixin, View):
    """What is missing or wrong and who has it, and the signature for those who may give it."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show how far it has come."""
        found = seen_evaluation(request, public_id)
        if not found.is_draft:
            return redirect("evaluate:evaluation-result", public_id=public_id)
        can_answer_evaluation(request.user, found).require()
        return self._page(request, found, evaluation_review(evaluation=found, user=request.user))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Sign it; with the queue away the answers are in all the same, and the score comes later."""
        if not seen_evaluation(request, public_id).is_draft:
            messages.info(
                request, _("Esta autoevaluación ya está firmada: quizás la firmó otra persona recién.")
            )
            return redirect("evaluate:evaluation-result", public_id=public_id)
        try:
            with transaction.atomic():
                found = held_evaluation(request, public_id)
                can_submit_evaluation(request.user, found).require()
                run = evaluation_submit(evaluation=found, user=request.user)
                if run is not None:
                    queue_on_commit(score_evaluation, run.pk)
        except NotReady as problem:
            messages.error(
                request, _("Todavía no: faltan respuestas o hay algo para corregir. Abajo está qué.")
            )
            return self._page(request, found, problem.review)
        messages.success(request, _signed_message(found))
        return redirect("evaluate:evaluation-result", public_id=public_id)

    def _page(self, request: HttpRequest, found: Evaluation, review: Review) -> HttpResponse:
        team = team_of(found)
        decision = can_submit_evaluation(request.user, found)
        navigation = navigation_of(review.state, team=team)
        context = {
            "evaluation": found,
            "version": found.version,
            "review": review,
            "navigation": navigation,
            "todo": _todo(review, team),
            "decision": decision,
            "leaders": [] if decision or team is None else list(leaders(found)[:SHOWN_LEADERS]),
            "pending": _pending(navigation),
        }
        return render(request, "evaluate/evaluation_review.html", context)


def _pending(navigation: Navigation) -> list[Holding]:
    """Sections asked now that somebody has and did not mark as ready, which does not keep anybody from signing."""
    return [each for link in navigation.links for each in link.holders if not each.is_ready]


def _signed_message(found: Evaluation) -> str:
    if found.is_personal:
        return _("Terminaste tu autoevaluación. ¡Gracias por el trabajo!")
    return _("Firmaste la autoevaluación de %(municipality)s. ¡Gracias por el trabajo!") % {
        "municipality": found.municipality
    }


def _todo(review: Review, team: Team | None) -> list[dict[str, Any]]:
    """Group what is missing or wrong by section, each with the node to link to."""
    wanted = {*review.missing, *review.invalid}
    groups = []
    links = {link.key: link for link in navigation_of(review.state, team=team).links}
    for section in open_sections(review.state):
        nodes: list[PageNode] = [
            node
            for top in section_nodes(review.state, section)
            for node in top.everything()
            if node.kind == "question" and node.path in wanted
        ]
        if nodes:
            groups.append({"link": links[section.key], "nodes": nodes})
    return groups
