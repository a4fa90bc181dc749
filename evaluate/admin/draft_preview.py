"""Trying a draft out: its sections with their skip logic, as people would answer them."""

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from evaluate.admin.access import VersionPage, draft_url
from evaluate.answering.page_node import PageNode
from evaluate.answering.posted import NOT_APPLICABLE, REASON, posted_value
from evaluate.answering.section_page import section_nodes
from evaluate.drafting.forms.texts import language_name
from evaluate.drafting.overview import item_title
from evaluate.drafting.preview import PreviewAnswers, preview_score, sections_shown
from evaluate.engine.definition import FormDefinition, Section
from evaluate.engine.question_types import Widget
from evaluate.engine.scoring import GroupKind
from evaluate.engine.state import FormState
from evaluate.services.definitions import definition_of
from portal.core.htmx import wants_fragment

END = "final"
PER_CENT = 100


class DraftPreview(VersionPage):
    """A version as its people would see it, with a throw-away memory."""

    template_name = "evaluate/admin/draft_preview.html"

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Show a section, or what the answers would give."""
        state = self._answers().state(self._definition(), self._language(), self._metadata())
        shown = sections_shown(state)
        wanted = request.GET.get("seccion", "")
        if wanted == END or not shown:
            return self._end(state, shown)
        section = next((each for each in shown if each.key == wanted), shown[0])
        return self._section(state, shown, section)

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Keep the answers in the session and do what the button says."""
        action, _colon, target = request.POST.get("accion", "seguir").partition(":")
        if action == "vaciar":
            PreviewAnswers(version_id).keep(request.session)
            return redirect(self._url(""))
        answers = self._answers()
        state = answers.state(self._definition(), self._language(), self._metadata())
        section = self._posted_section(state)
        if section is None:
            return redirect(self._url(""))
        self._take_in(state, section)
        _change_cases(state, action, target)
        answers.take(state)
        answers.keep(request.session)
        if wants_fragment(request):
            return self._fragment(state, section)
        return redirect(self._next(state, section, action, target))

    def _take_in(self, state: FormState, section: Section) -> None:
        """Set what was sent for the questions that the page showed; files are not kept in a preview."""
        only = self.request.POST.get("path")
        on_page = {only} if only else set(self.request.POST.getlist("shown"))
        for node in _everything(state, section):
            if node.path in on_page and node.is_asked and node.question.widget is not Widget.UPLOAD:
                value = posted_value(self.request, node)
                if value or node.value:
                    state.set(node.path, value)
                self._exempt(state, node.path)

    def _exempt(self, state: FormState, path: str) -> None:
        """Take down whether a criterion was said not to apply, where the questionnaire lets people say so."""
        is_marked = f"{path}{NOT_APPLICABLE}" in self.request.POST
        if is_marked or state.is_not_applicable(path):
            reason = self.request.POST.get(f"{path}{REASON}", "") if is_marked else None
            with suppress(ValueError):
                state.set_not_applicable(path, reason)

    def _next(self, state: FormState, section: Section, action: str, target: str) -> str:
        if action == "ir":
            return self._url(target)
        keys = [each.key for each in sections_shown(state)]
        if action != "seguir":
            return self._url(section.key)
        if any(_wrong(node) for node in _everything(state, section)):
            return self._url(section.key, revisar="1") + "#errores"
        place = keys.index(section.key) + 1 if section.key in keys else 0
        return self._url(keys[place] if place < len(keys) else END)

    def _section(self, state: FormState, shown: list[Section], section: Section) -> HttpResponse:
        nodes = section_nodes(state, section)
        context = self._context(state, shown, section, nodes)
        if "revisar" in self.request.GET:
            wrong = [node for top in nodes for node in top.everything() if _wrong(node)]
            for node in wrong:
                node.refused = node.errors or (state.required_message(node.path),)
            context["summary"] = wrong
        with override(self._language()):
            return self._page(context)

    def _fragment(self, state: FormState, section: Section) -> HttpResponse:
        nodes = section_nodes(state, section)
        context = self._context(state, sections_shown(state), section, nodes)
        with override(self._language()):
            return render(self.request, "evaluate/admin/_preview_saved.html", context)

    def _end(self, state: FormState, shown: list[Section]) -> HttpResponse:
        left = [*state.missing_required(), *state.invalid()]
        context = self._context(state, shown, None, [])
        context |= {
            "is_end": True,
            "left": [(path, state.label(path) or path.rpartition("/")[2]) for path in dict.fromkeys(left)],
            "groups": _groups(state, self._language()),
        }
        return self._page(context)

    def _page(self, context: dict[str, Any]) -> HttpResponse:
        return render(self.request, self.template_name, context)

    def _context(
        self, state: FormState, shown: list[Section], section: Section | None, nodes: list[PageNode]
    ) -> dict[str, Any]:
        definition, language = state.definition, self._language()
        place = shown.index(section) + 1 if section in shown else 0
        own = self._url(section.key if section else "")
        return {
            "version": self.version,
            "is_draft": self.version.status == "draft",
            "title": definition.title_in(language),
            "links": [_link(definition, each, number, language) for number, each in enumerate(shown, start=1)],
            "section": section,
            "section_title": _link(definition, section, place, language)[1] if section else "",
            "place": place,
            "nodes": nodes,
            "conflicts": {},
            "note_counts": {},
            "save_url": own,
            "section_url": own,
            "languages": [(code, language_name(code), self._url(section.key if section else "", idioma=code))
                          for code in definition.languages] if len(definition.languages) > 1 else [],
            "language": language,
        }  # fmt: skip

    def _posted_section(self, state: FormState) -> Section | None:
        """The section that was on the page; the first one from the last page, none in an empty draft."""
        shown = sections_shown(state) or list(state.definition.sections)
        key = self.request.GET.get("seccion", "")
        return next((each for each in shown if each.key == key), next(iter(shown), None))

    def _definition(self) -> FormDefinition:
        return definition_of(self.version)

    def _answers(self) -> PreviewAnswers:
        return PreviewAnswers.of(self.request.session, self.version_id)

    def _language(self) -> str:
        wanted = self.request.GET.get("idioma", "")
        if wanted in self._definition().languages:
            return wanted
        return (get_language() or "es").split("-")[0]

    def _metadata(self) -> dict[str, str]:
        user: Any = self.request.user
        return {"username": user.name, "email": user.email}

    def _url(self, section: str, **more: str) -> str:
        chosen = {"idioma": self.request.GET["idioma"]} if "idioma" in self.request.GET else {}
        query = urlencode({**({"seccion": section} if section else {}), **chosen, **more})
        return f"{draft_url(self.version, 'preview')}?{query}"


def _link(definition: FormDefinition, section: Section, place: int, language: str) -> tuple[str, str]:
    """The key and title of a section."""
    if section.key == section.items[0].name:
        return section.key, item_title(definition, section.items[0], language)
    return section.key, _("Parte %(number)s") % {"number": place}


def _everything(state: FormState, section: Section) -> list[PageNode]:
    return [node for top in section_nodes(state, section) for node in top.everything()]


def _wrong(node: PageNode) -> bool:
    """Whether a question in view is wrong, or required and empty."""
    if not node.is_asked or not node.is_visible:
        return False
    return bool(node.errors) or (node.is_required and not node.value)


def _change_cases(state: FormState, action: str, path: str) -> None:
    """Add or remove a case of a repeated group; a button of a page that grew old changes nothing."""
    try:
        if action == "agregar":
            state.add_repeat(path)
        elif action == "quitar":
            state.remove_repeat(path)
    except (KeyError, ValueError):
        return


def _groups(state: FormState, language: str) -> list[tuple[str, str, str]]:
    """What each part and the whole would get: title, share in per cent, level."""
    result = preview_score(state)
    if result is None:
        return []
    definition = state.definition
    places = enumerate(definition.sections, start=1)
    titles = dict(_link(definition, section, place, language) for place, section in places)
    rows = []
    for group in result.groups:
        if group.kind is GroupKind.AREA or group.share is None:
            continue
        title = titles.get(group.key, group.key) if group.kind is GroupKind.SECTION else _("Todo")
        level = (
            definition.text(definition.level_names[group.level], language) if group.level is not None else ""
        )
        rows.append((title, f"{round(float(group.share) * PER_CENT)} %", level))
    return rows
