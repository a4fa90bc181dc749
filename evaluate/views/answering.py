"""Answering: one section at a time, one answer at a time or all of a section at once."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.http import require_POST

from evaluate.attachments import ANSWER_FILE
from evaluate.engine.definition import Section
from evaluate.engine.paths import template_path
from evaluate.engine.question_types import Widget
from evaluate.engine.state import FormState
from evaluate.models import Answer, Evaluation
from evaluate.page_node import PageNode
from evaluate.permissions import can_answer_evaluation
from evaluate.posted import posted_section, posted_value
from evaluate.repeat_lists import changed_lists
from evaluate.section_changes import WHOLE_SECTION, changed_parts
from evaluate.section_navigation import first_unfinished, navigation_of
from evaluate.section_page import element_id, section_nodes
from evaluate.services.answering import answer_save, repeat_add, repeat_remove, section_save
from evaluate.services.states import evaluation_state, open_sections, section_of
from evaluate.views.access import held_evaluation, seen_evaluation
from portal.core.htmx import wants_fragment
from portal.files.content_types import IMAGES, accepted_endings, accepted_labels

REVIEW = "revisar"


@login_required
def evaluation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Lead to where its people go on: the first unfinished section, or the result."""
    found = seen_evaluation(request, public_id)
    if not found.is_draft:
        return redirect("evaluate:evaluation-result", public_id=public_id)
    state = evaluation_state(found, user=request.user)
    return redirect(
        "evaluate:evaluation-answer", public_id=public_id, section=first_unfinished(state) or REVIEW
    )


@require_POST
def answer_save_view(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Save one answer and return the parts of the page that it changed.

    Someone whose session has ended is told so: a page to sign in would look like a saved answer.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    path = request.POST.get("path", "")
    refused: tuple[str, ...] = ()
    with transaction.atomic():
        found = held_evaluation(request, public_id)
        state = evaluation_state(found, user=request.user)
        sections_before = _keys(state)
        section = _section_of_path(state, path)
        drawn = _everything(state, section)
        if changed_lists(request, drawn, [path]):
            return _list_changed(request, found, state, section)
        node = _node_at(drawn, path)
        try:
            saved = answer_save(
                evaluation=found, user=request.user, path=path, value=posted_value(request, node), state=state
            )
        except ValidationError as error:
            saved, refused = None, tuple(error.messages)
    nodes = section_nodes(state, section)
    _attach_files(found, nodes)
    context = _page_context(request, found, state, section, nodes)
    parts = changed_parts(nodes, path, saved, refused)
    context |= {"parts": parts, "saved": saved, "has_other_sections": _keys(state) != sections_before}
    return render(request, "evaluate/_saved_answer.html", context)


class SectionAnswer(LoginRequiredMixin, View):
    """A section's questions; as an ordinary form it saves them all at once."""

    def get(self, request: HttpRequest, public_id: UUID, section: str) -> HttpResponse:
        """Show the section."""
        found = seen_evaluation(request, public_id)
        if not found.is_draft:
            return redirect("evaluate:evaluation-result", public_id=public_id)
        can_answer_evaluation(request.user, found).require()
        state = evaluation_state(found, user=request.user)
        return self._page(request, found, state, _section_or_404(state, section))

    def post(self, request: HttpRequest, public_id: UUID, section: str) -> HttpResponse:
        """Save all that was on the page, do what the button says, and lead on."""
        action, _colon, target = request.POST.get("accion", "seguir").partition(":")
        with transaction.atomic():
            found = held_evaluation(request, public_id)
            earlier = evaluation_state(found, user=request.user)
            shown = _section_or_404(earlier, section)
            place = f"{target}[+]" if action == "agregar" else target
            posted = posted_section(request, _everything(earlier, shown), earlier, place=place)
            values = dict(posted.values)
            if action == "borrar" and target in values:
                values[target] = ""
            saved = section_save(evaluation=found, user=request.user, section=shown, values=values)
            state, anchor = saved.state, ""
            if action in {"agregar", "quitar"} and not posted.changed_lists:
                state, anchor = _change_repeat(found, request.user, action, target)
        if posted.refused:
            return self._page(request, found, state, shown, refused=posted.refused)
        if posted.changed_lists:
            return _list_changed(request, found, state, shown)
        if action in {"agregar", "quitar", "borrar"}:
            return self._after_change(request, found, state, shown, anchor or target)
        if action == "ir":
            return redirect(_section_url(found, target))
        return self._lead_on(request, found, shown, saved)

    def _after_change(
        self, request: HttpRequest, found: Evaluation, state: FormState, section: Section, path: str
    ) -> HttpResponse:
        if wants_fragment(request):
            return self._page(request, found, state, section)
        anchor = element_id(state.definition, path) if template_path(path) in state.definition.by_path else ""
        return redirect(f"{_section_url(found, section.key)}#{anchor}")

    def _lead_on(self, request: HttpRequest, found: Evaluation, section: Section, saved: Any) -> HttpResponse:
        if saved.errors:
            return redirect(f"{_section_url(found, section.key)}?{REVIEW}=1#errores")
        if saved.appeared:
            messages.info(request, _appeared_message(len(saved.appeared)))
            anchor = element_id(saved.state.definition, saved.appeared[0])
            return redirect(f"{_section_url(found, section.key)}#{anchor}")
        following = navigation_of(saved.state, section.key).following
        return redirect(_section_url(found, following.key if following else REVIEW))

    def _page(
        self,
        request: HttpRequest,
        found: Evaluation,
        state: FormState,
        section: Section,
        *,
        refused: dict[str, tuple[str, ...]] | None = None,
    ) -> HttpResponse:
        nodes = section_nodes(state, section)
        _attach_files(found, nodes)
        context = _page_context(request, found, state, section, nodes)
        shown = [node for top in nodes for node in top.everything() if node.is_asked and node.is_visible]
        for node in shown:
            node.refused = (refused or {}).get(node.path, ())
        if refused or REVIEW in request.GET:
            context["summary"] = [node for node in shown if node.errors or node.refused]
        template = "_section_body.html" if wants_fragment(request) else "section_answer.html"
        return render(request, f"evaluate/{template}", context)


def _page_context(
    request: HttpRequest, found: Evaluation, state: FormState, section: Section, nodes: list[PageNode]
) -> dict[str, Any]:
    return {
        "evaluation": found,
        "version": found.version,
        "nodes": nodes,
        "section": section,
        "navigation": navigation_of(state, section.key),
        "save_url": reverse("evaluate:answer-save", args=[found.public_id]),
        "section_url": reverse("evaluate:evaluation-answer", args=[found.public_id, section.key]),
        "now": timezone.localtime(),
        "upload_endings": accepted_endings(ANSWER_FILE.content_types),
        "upload_labels": accepted_labels(ANSWER_FILE.content_types),
        "image_endings": accepted_endings(IMAGES),
        "image_labels": accepted_labels(IMAGES),
        "upload_maximum": filesizeformat(ANSWER_FILE.max_bytes),
    }


def _section_url(found: Evaluation, key: str) -> str:
    if key == REVIEW:
        return reverse("evaluate:evaluation-review", args=[found.public_id])
    return reverse("evaluate:evaluation-answer", args=[found.public_id, key])


def _keys(state: FormState) -> list[str]:
    return [section.key for section in open_sections(state)]


def _section_or_404(state: FormState, key: str) -> Section:
    section = section_of(state.definition, key)
    if section is None or section not in open_sections(state):
        raise Http404
    return section


def _section_of_path(state: FormState, path: str) -> Section:
    top = template_path(path).split("/")[1:2]
    for section in state.definition.sections:
        if any([item.name] == top for item in section.items):
            return section
    raise Http404


def _everything(state: FormState, section: Section) -> list[PageNode]:
    return [node for top in section_nodes(state, section) for node in top.everything()]


def _node_at(nodes: list[PageNode], path: str) -> PageNode:
    for node in nodes:
        if node.path == path and node.is_asked:
            return node
    raise Http404


def _list_changed(
    request: HttpRequest, found: Evaluation, state: FormState, section: Section
) -> HttpResponse:
    """Show the section as it is now: in a list that others changed, a place means another case than it did."""
    notice = _("Alguien cambió esta lista mientras la veías. Revisala y probá de nuevo.")
    if not wants_fragment(request):
        messages.warning(request, notice)
        return redirect(_section_url(found, section.key))
    nodes = section_nodes(state, section)
    _attach_files(found, nodes)
    context = _page_context(request, found, state, section, nodes)
    context |= {"parts": WHOLE_SECTION, "notice": notice, "has_other_sections": True}
    response = render(request, "evaluate/_saved_answer.html", context)
    response["HX-Reswap"] = "none"
    return response


def _attach_files(found: Evaluation, nodes: list[PageNode]) -> None:
    """Give upload questions the files they hold; only then is there a query."""
    uploads = {
        node.path: node
        for top in nodes
        for node in top.everything()
        if node.kind == "question" and node.question.widget is Widget.UPLOAD and node.value
    }
    if uploads:
        answers = Answer.objects.filter(evaluation=found, path__in=uploads, file__isnull=False)
        for answer in answers.select_related("file"):
            uploads[answer.path].file = answer.file


def _change_repeat(found: Evaluation, user: Any, action: str, path: str) -> tuple[FormState, str]:
    """Add or remove a case; what cannot be added or removed is a request that no page of ours makes."""
    try:
        if action == "agregar":
            return repeat_add(evaluation=found, user=user, path=path)
        return repeat_remove(evaluation=found, user=user, path=path), path.rpartition("[")[0]
    except (KeyError, ValueError) as error:
        raise Http404 from error


def _appeared_message(count: int) -> str:
    return ngettext(
        "Guardamos tus respuestas. Según lo que respondiste, hay %(count)s pregunta más en esta sección.",
        "Guardamos tus respuestas. Según lo que respondiste, hay %(count)s preguntas más en esta sección.",
        count,
    ) % {"count": count}
