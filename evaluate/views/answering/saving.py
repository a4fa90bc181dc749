"""Saving one answer, as the page does by itself."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from evaluate.answering.held import Standing, standing_of
from evaluate.answering.page_node import PageNode
from evaluate.answering.posted import posted_given
from evaluate.answering.repeat_lists import changed_lists
from evaluate.answering.section_changes import (
    ChangedParts,
    changed_parts,
    conflict_parts,
    left_parts,
    node_at,
    refused_parts,
)
from evaluate.answering.section_page import section_nodes
from evaluate.engine.definition import Section
from evaluate.engine.state import FormState
from evaluate.items.conflicts import Conflict, conflicts_among
from evaluate.models import Evaluation
from evaluate.services.answering import Given, SavedAnswer, answer_save
from evaluate.services.states import evaluation_state, open_sections
from evaluate.views.access import saved_evaluation
from evaluate.views.answering import page

# Asks for the question as it is kept, with what somebody else answered.
LEAVE = "dejar"
# Says that the answer waited on the device while there was no connection.
FROM_OUTBOX = "guardada"


@dataclass(frozen=True)
class Outcome:
    """What became of one answer that was sent."""

    word: str
    given: Given | None = None
    saved: SavedAnswer | None = None
    refused: tuple[str, ...] = ()
    conflict: Conflict | None = None

    def parts(self, nodes: list[PageNode], path: str) -> ChangedParts:
        """Choose the parts of the page to send."""
        if self.saved is not None and self.given is not None:
            is_back = self.given.value is None and self.given.reason is None
            _wait_for_reason(nodes, path, self.given)
            return changed_parts(nodes, path, self.saved, is_brought_back=is_back)
        if self.conflict is not None:
            return conflict_parts(nodes, path)
        return refused_parts(nodes, path, self.refused) if self.refused else left_parts(nodes, path)


@require_POST
def answer_save_view(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Save one answer and return the parts of the page that it changed.

    Someone whose session has ended is told so: a page to sign in would look like a saved answer.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    path = request.POST.get("path", "")
    with transaction.atomic():
        try:
            found = saved_evaluation(request, public_id)
        except PermissionDenied as denial:
            return page.closed(str(denial))
        state = evaluation_state(found, user=request.user)
        sections_before = _keys(state)
        section = page.section_of_path(state, path)
        drawn = page.everything_in(state, section)
        if changed_lists(request, drawn, [path]):
            return page.list_changed(request, found, state, section)
        outcome = _outcome(request, found, state, page.asked_at(drawn, path))
    return _answer(request, found, state, section, outcome, has_other=_keys(state) != sections_before)


def _outcome(request: HttpRequest, found: Evaluation, state: FormState, node: PageNode) -> Outcome:
    if LEAVE in request.POST:
        return Outcome(page.LEFT)
    try:
        given = posted_given(request, node)
    except ValidationError as error:
        return Outcome(page.REFUSED, refused=tuple(error.messages))
    # Whoever goes back to what her page had shown has not seen what is kept by now either.
    if standing_of(request, node, given) is not Standing.FREE:
        conflicts = conflicts_among(
            {node.path: (node, given)},
            evaluation=found,
            user=request.user,
            is_from_outbox=FROM_OUTBOX in request.POST,
        )
        if conflicts:
            return Outcome(page.CONFLICT, conflict=conflicts[node.path])
    saved = answer_save(
        evaluation=found,
        user=request.user,
        path=node.path,
        value=given.value,
        reason=given.reason,
        state=state,
    )
    return Outcome(page.SAVED, given=given, saved=saved)


def _answer(
    request: HttpRequest,
    found: Evaluation,
    state: FormState,
    section: Section,
    outcome: Outcome,
    *,
    has_other: bool,
) -> HttpResponse:
    path = request.POST["path"]
    nodes = section_nodes(state, section)
    page.attach_files(found, nodes)
    context = page.page_context(request, found, state, section, nodes)
    context |= {
        "parts": outcome.parts(nodes, path),
        "outcome": outcome.word,
        "has_other_sections": has_other,
        "conflicts": {path: outcome.conflict} if outcome.conflict else {},
    }
    response = render(request, "evaluate/_saved_answer.html", context)
    response[page.OUTCOME] = outcome.word
    return response


def _wait_for_reason(nodes: list[PageNode], path: str, given: Given) -> None:
    """Leave whoever just ticked the box the time to write why, before it is called missing."""
    node = node_at(nodes, path)
    if node is not None and given.reason == "":
        node.errors = ()


def _keys(state: FormState) -> list[str]:
    return [section.key for section in open_sections(state)]
