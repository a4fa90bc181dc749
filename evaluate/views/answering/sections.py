"""A section's page; as an ordinary form it saves all its answers at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views import View

from evaluate.answering.posted import PostedSection, posted_section
from evaluate.answering.section_navigation import navigation_of
from evaluate.answering.section_page import element_id, section_nodes
from evaluate.engine.definition import Section
from evaluate.engine.paths import template_path
from evaluate.engine.state import FormState
from evaluate.models import Evaluation
from evaluate.permissions import can_answer_evaluation
from evaluate.services.answering import repeat_add, repeat_remove, section_save
from evaluate.services.states import evaluation_state
from evaluate.views.access import held_evaluation, seen_evaluation
from evaluate.views.answering import page
from evaluate.views.teamwork import mark_ready
from portal.core.htmx import wants_fragment

ADD, REMOVE, EMPTY, GO, READY = "agregar", "quitar", "borrar", "ir", "lista"
# Of two answers to one question, the reader's own or the other's.
MINE, THEIRS = "mia", "suya"


class SectionAnswer(LoginRequiredMixin, View):
    """A section's questions; as an ordinary form it saves them all at once."""

    def get(self, request: HttpRequest, public_id: UUID, section: str) -> HttpResponse:
        """Show the section."""
        found = seen_evaluation(request, public_id)
        if not found.is_draft:
            return redirect("evaluate:evaluation-result", public_id=public_id)
        can_answer_evaluation(request.user, found).require()
        state = evaluation_state(found, user=request.user)
        return self._page(request, found, state, page.section_or_404(state, section))

    def post(self, request: HttpRequest, public_id: UUID, section: str) -> HttpResponse:
        """Save all that was on the page, do what the button says, and lead on."""
        action, _colon, target = request.POST.get("accion", "seguir").partition(":")
        with transaction.atomic():
            found = held_evaluation(request, public_id)
            earlier = evaluation_state(found, user=request.user)
            shown = page.section_or_404(earlier, section)
            posted = self._posted(request, found, earlier, shown, action, target)
            values = posted.values | ({target: ""} if action == EMPTY and target in posted.values else {})
            saved = section_save(
                evaluation=found, user=request.user, section=shown, values=values, reasons=posted.reasons
            )
            state, anchor = saved.state, ""
            if action in {ADD, REMOVE} and not posted.changed_lists:
                state, anchor = _change_repeat(found, request.user, action, target)
        if posted.refused or posted.conflicts:
            return self._page(request, found, state, shown, posted=posted)
        if posted.changed_lists:
            return page.list_changed(request, found, state, shown)
        if action in {ADD, REMOVE, EMPTY, MINE, THEIRS}:
            return self._after_change(request, found, state, shown, anchor or target)
        if action == GO:
            return redirect(page.section_url(found, target))
        return self._lead_on(request, found, shown, saved)

    def _posted(
        self,
        request: HttpRequest,
        found: Evaluation,
        state: FormState,
        section: Section,
        action: str,
        target: str,
    ) -> PostedSection:
        return posted_section(
            request,
            page.everything_in(state, section),
            state,
            evaluation=found,
            place={ADD: f"{target}[+]", REMOVE: target, EMPTY: target}.get(action, ""),
            mine=target if action == MINE else "",
            theirs=target if action == THEIRS else "",
        )

    def _after_change(
        self, request: HttpRequest, found: Evaluation, state: FormState, section: Section, path: str
    ) -> HttpResponse:
        if wants_fragment(request):
            return self._page(request, found, state, section)
        anchor = element_id(state.definition, path) if template_path(path) in state.definition.by_path else ""
        return redirect(f"{page.section_url(found, section.key)}#{anchor}")

    def _lead_on(self, request: HttpRequest, found: Evaluation, section: Section, saved: Any) -> HttpResponse:
        here = page.section_url(found, section.key)
        if saved.errors:
            return redirect(f"{here}?{page.REVIEW}=1#errores")
        if saved.appeared:
            messages.info(request, _appeared_message(len(saved.appeared)))
            return redirect(f"{here}#{element_id(saved.state.definition, saved.appeared[0])}")
        if request.POST.get("accion") == READY:
            return mark_ready(request, found.public_id, section.key)
        following = navigation_of(saved.state, section.key).following
        return redirect(page.section_url(found, following.key if following else page.REVIEW))

    def _page(
        self,
        request: HttpRequest,
        found: Evaluation,
        state: FormState,
        section: Section,
        *,
        posted: PostedSection | None = None,
    ) -> HttpResponse:
        nodes = section_nodes(state, section)
        page.attach_files(found, nodes)
        context = page.page_context(request, found, state, section, nodes)
        shown = [node for top in nodes for node in top.everything() if node.is_asked and node.is_visible]
        if posted is not None:
            context |= {"conflicts": posted.conflicts, "has_conflicts": bool(posted.conflicts)}
            for node in shown:
                node.refused = posted.refused.get(node.path, ())
        if posted is not None or page.REVIEW in request.GET:
            conflicts = context["conflicts"]
            context["summary"] = [
                node for node in shown if node.errors or node.refused or node.path in conflicts
            ]
        template = "_section_body.html" if wants_fragment(request) else "section_answer.html"
        return render(request, f"evaluate/{template}", context)


def _change_repeat(found: Evaluation, user: Any, action: str, path: str) -> tuple[FormState, str]:
    """Add or remove a case; what cannot be added or removed is a request that no page of ours makes."""
    try:
        if action == ADD:
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
