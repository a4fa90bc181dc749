"""What the pages and fragments of a section show."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluate.answering.page_node import PageNode
from evaluate.answering.section_changes import WHOLE_SECTION
from evaluate.answering.section_navigation import navigation_of
from evaluate.answering.section_page import section_nodes
from evaluate.attachments import ANSWER_FILE
from evaluate.engine.definition import Section
from evaluate.engine.paths import template_path
from evaluate.engine.question_types import Widget
from evaluate.engine.state import FormState
from evaluate.items.counts import note_counts
from evaluate.models import Answer, Evaluation
from evaluate.services.states import open_sections, section_of
from evaluate.services.team import team_of
from portal.core.htmx import wants_fragment
from portal.files.content_types import IMAGES, accepted_endings, accepted_labels

REVIEW = "revisar"
TEAM = "equipo"
# Tells the script what became of an answer; the page says it in words.
OUTCOME = "Answer-Outcome"
SAVED, CONFLICT, REFUSED, LEFT, LIST_CHANGED, CLOSED = (
    "saved",
    "conflict",
    "refused",
    "left",
    "list-changed",
    "closed",
)


def page_context(
    request: HttpRequest, found: Evaluation, state: FormState, section: Section, nodes: list[PageNode]
) -> dict[str, Any]:
    """Gather what every page and fragment of a section needs."""
    return {
        "evaluation": found,
        "version": found.version,
        "nodes": nodes,
        "section": section,
        "navigation": navigation_of(state, section.key, team_of(found)),
        "save_url": reverse("evaluate:answer-save", args=[found.public_id]),
        "section_url": reverse("evaluate:evaluation-answer", args=[found.public_id, section.key]),
        "item_url": reverse("evaluate:item-detail", args=[found.public_id]),
        "note_counts": note_counts(found),
        "conflicts": {},
        "now": timezone.localtime(),
        "upload_endings": accepted_endings(ANSWER_FILE.content_types),
        "upload_labels": accepted_labels(ANSWER_FILE.content_types),
        "image_endings": accepted_endings(IMAGES),
        "image_labels": accepted_labels(IMAGES),
        "upload_maximum": filesizeformat(ANSWER_FILE.max_bytes),
    }


def section_url(found: Evaluation, key: str) -> str:
    """Return the address of a section, of the page to look everything over, or of the town's home page."""
    if key == REVIEW:
        return reverse("evaluate:evaluation-review", args=[found.public_id])
    if key == TEAM and not found.is_personal:
        return reverse("evaluate:evaluation", args=[found.public_id])
    return reverse("evaluate:evaluation-answer", args=[found.public_id, key])


def section_or_404(state: FormState, key: str) -> Section:
    """Return a section in which something is asked now.

    Raises:
        Http404: there is none.
    """
    section = section_of(state.definition, key)
    if section is None or section not in open_sections(state):
        raise Http404
    return section


def section_of_path(state: FormState, path: str) -> Section:
    """Return the section that a question stands in.

    Raises:
        Http404: there is none.
    """
    top = template_path(path).split("/")[1:2]
    for section in state.definition.sections:
        if any([item.name] == top for item in section.items):
            return section
    raise Http404


def everything_in(state: FormState, section: Section) -> list[PageNode]:
    """Return all that stands in a section, asked now or not."""
    return [node for top in section_nodes(state, section) for node in top.everything()]


def asked_at(nodes: list[PageNode], path: str) -> PageNode:
    """Return the question at a path that a person may answer; what is calculated or hidden is none.

    Raises:
        Http404: there is none.
    """
    for node in nodes:
        if node.path == path and node.is_asked:
            return node
    raise Http404


def attach_files(found: Evaluation, nodes: list[PageNode]) -> None:
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


def list_changed(request: HttpRequest, found: Evaluation, state: FormState, section: Section) -> HttpResponse:
    """Show the section as it is now: in a list that others changed, a place means another case than it did."""
    notice = _("Alguien cambió esta lista mientras la veías. Revisala y probá de nuevo.")
    if not wants_fragment(request):
        messages.warning(request, notice)
        return redirect(section_url(found, section.key))
    nodes = section_nodes(state, section)
    attach_files(found, nodes)
    context = page_context(request, found, state, section, nodes)
    context |= {"parts": WHOLE_SECTION, "notice": notice, "has_other_sections": True}
    response = render(request, "evaluate/_saved_answer.html", context)
    response["HX-Reswap"] = "none"
    response[OUTCOME] = LIST_CHANGED
    return response


def closed(reason: str) -> HttpResponse:
    """Tell a script that no answer is taken any more, and why."""
    return HttpResponse(
        reason, status=HTTPStatus.FORBIDDEN, content_type="text/plain", headers={OUTCOME: CLOSED}
    )
