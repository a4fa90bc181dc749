"""One question with its comments, its evidence and its history: a page of its own, and a panel beside the answers."""

from typing import Any
from uuid import UUID

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views import View

from evaluate.engine.definition import Question
from evaluate.engine.paths import template_path
from evaluate.engine.state import FormState
from evaluate.forms.notes import CommentForm, EvidenceForm
from evaluate.items.counts import NoteCount
from evaluate.items.panel import ItemPanel
from evaluate.models import Evaluation, ItemComment, ItemEvidence
from evaluate.permissions import can_delete_comment, can_remove_evidence
from evaluate.services.comments import comment_add, comment_delete
from evaluate.services.evidence import evidence_add, evidence_remove
from evaluate.services.states import evaluation_state
from evaluate.views.access import held_evaluation, seen_evaluation
from portal.accounts.models import User
from portal.core.htmx import wants_fragment


class ItemDetail(LoginRequiredMixin, View):
    """What stands beside one question; `?pregunta=` says which."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show it, to everybody who may see the evaluation."""
        found = seen_evaluation(request, public_id)
        state = evaluation_state(found, user=request.user)
        path = request.GET.get("pregunta", "")
        return self._answer(request, found, state, path)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Add or take away a comment or a piece of evidence, while the evaluation is being answered."""
        path = request.POST.get("pregunta", "")
        action, _colon, target = request.POST.get("accion", "").partition(":")
        with transaction.atomic():
            found = held_evaluation(request, public_id)
            state = evaluation_state(found, user=request.user)
            _section_of(state, path)
            errors = self._do(request, found, path, action, target)
        if errors or wants_fragment(request):
            return self._answer(
                request, found, state, path, errors=errors, typed=request.POST.dict() if errors else {}
            )
        address = reverse("evaluate:item-detail", args=[public_id])
        return redirect(f"{address}?{urlencode({'pregunta': path})}")

    def _do(
        self, request: HttpRequest, found: Evaluation, path: str, action: str, target: str
    ) -> dict[str, list[str]]:
        match action:
            case "comentar":
                return _add_comment(request, found, path)
            case "evidencia":
                return _add_evidence(request, found, path)
            case "borrar":
                _delete_comment(request, found, target)
            case "quitar":
                _remove_evidence(request, found, target)
            case _:
                raise Http404
        return {}

    def _answer(
        self, request: HttpRequest, found: Evaluation, state: FormState, path: str, **shown: Any
    ) -> HttpResponse:
        panel = ItemPanel(
            evaluation=found,
            state=state,
            path=path,
            section=_section_of(state, path),
            user=request.user,
            **shown,
        )
        context = {
            "evaluation": found,
            "version": found.version,
            "panel": panel,
            "item_url": reverse("evaluate:item-detail", args=[found.public_id]),
            "note_count": NoteCount(len(panel.comments), len(panel.evidence)),
        }
        template = "_item_fragment.html" if wants_fragment(request) else "item_detail.html"
        return render(request, f"evaluate/{template}", context)


def _section_of(state: FormState, path: str) -> str:
    """Return the key of the section that a question stands in.

    Raises:
        Http404: the evaluation has no such question now.
    """
    item = state.definition.by_path.get(template_path(path))
    if not isinstance(item, Question) or not item.is_answerable or not _is_there(state, path):
        raise Http404
    top = template_path(path).split("/")[1]
    sections = state.definition.sections
    return next(section.key for section in sections if any(each.name == top for each in section.items))


def _is_there(state: FormState, path: str) -> bool:
    """Say whether a path means a question of this evaluation, asked for now or not; cases come and go."""
    try:
        state.visible(path)
    except KeyError:
        return False
    return True


def _add_comment(request: HttpRequest, found: Evaluation, path: str) -> dict[str, list[str]]:
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _messages(form)
    comment_add(evaluation=found, path=path, text=form.cleaned_data["text"], author=_person(request))
    return {}


def _add_evidence(request: HttpRequest, found: Evaluation, path: str) -> dict[str, list[str]]:
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _messages(form)
    given = form.cleaned_data
    try:
        evidence_add(
            evaluation=found,
            path=path,
            user=_person(request),
            title=given["title"],
            upload=given["file"],
            url=given["url"],
        )
    except ValidationError as error:
        return {"file": error.messages}
    return {}


def _delete_comment(request: HttpRequest, found: Evaluation, public_id: str) -> None:
    comment = get_object_or_404(ItemComment, evaluation=found, public_id=_uuid(public_id))
    comment.evaluation = found
    can_delete_comment(request.user, comment).require()
    comment_delete(comment=comment)


def _remove_evidence(request: HttpRequest, found: Evaluation, public_id: str) -> None:
    evidence = get_object_or_404(ItemEvidence, evaluation=found, public_id=_uuid(public_id))
    evidence.evaluation = found
    can_remove_evidence(request.user, evidence).require()
    evidence_remove(evidence=evidence)


def _messages(form: Form) -> dict[str, list[str]]:
    return {name: [str(message) for message in found] for name, found in form.errors.items()}


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 nobody else holds an evaluation
    return request.user
