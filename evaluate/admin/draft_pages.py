"""The pages of a draft: its overview, its settings, and throwing it away."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evaluate.admin.access import VersionPage, draft_url, to_version
from evaluate.drafting.findings import findings, formula_complaint
from evaluate.drafting.forms import SettingsForm
from evaluate.drafting.marks import settings_mark
from evaluate.drafting.overview import overview
from evaluate.drafting.refusals import EditRefused
from evaluate.drafting.tree import with_item_duplicated, with_item_shifted
from evaluate.drafting.vocabulary import known_words
from evaluate.engine.definition import FormDefinition
from evaluate.models import QuestionnaireVersion
from evaluate.permissions import can_manage_questionnaires
from evaluate.services.definitions import definition_of
from evaluate.services.drafts import DraftChanged, DraftClosed, Held, draft_delete, draft_edit, draft_findings

CONFLICT = 409
UNFIT = 422


class DraftPage(VersionPage):
    """A page on which a draft is changed; once published there is nothing here."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead away from what is no draft any more."""
        can_manage_questionnaires(request.user).require()
        try:
            return super().dispatch(request, *args, **kwargs)
        except DraftClosed:
            messages.warning(request, _("Ese borrador ya se publicó o se eliminó: no se puede cambiar."))
            if QuestionnaireVersion.objects.filter(pk=self.version_id).exists():
                return to_version(self.version)
            return redirect("admin:evaluate_questionnaire_changelist")

    def require_draft(self) -> FormDefinition:
        """Return what the draft asks.

        Raises DraftClosed when it is none.
        """
        if self.version.status != QuestionnaireVersion.Status.DRAFT:
            raise DraftClosed
        return definition_of(self.version)

    def held(self, part_of: Callable[[FormDefinition], str]) -> Held:
        """Return what the page that was sent had shown."""
        sent = self.request.POST
        return Held(sent.get("held", ""), sent.get("part", ""), part_of)

    def marks(self, version: QuestionnaireVersion, part: str) -> dict[str, str]:
        """Return what a page must send back so that a save can tell whether somebody else was faster."""
        return {"held": version.definition_sha256, "part": part}


class DraftOverview(DraftPage):
    """A draft at a glance, with buttons to rearrange it."""

    template_name = "evaluate/admin/draft_overview.html"

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Show the sections with their questions, and what is wrong."""
        definition = self.require_draft()
        language = (get_language() or "es").split("-")[0]
        found = overview(definition, draft_findings(self.version), language)
        focus = request.GET.get("foco", "")
        return self.page(self.version.title, overview=found, definition=definition, focus=focus)

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Move up or down, or duplicate; these lose nothing, whoever else is editing."""
        action, _colon, path = request.POST.get("accion", "").partition(":")
        self.require_draft()
        made: list[str] = []
        try:
            draft_edit(version_id=version_id, edit=_rearrangement(action, path, made), actor=request.user)
        except EditRefused as refusal:
            messages.error(request, refusal.message)
            return redirect(draft_url(self.version))
        focus = urlencode({"foco": f"{action}:{path}" if not made else f"editar:{made[0]}"})
        return redirect(f"{draft_url(self.version)}?{focus}")


class DraftSettings(DraftPage):
    """What the questionnaire says of itself."""

    template_name = "evaluate/admin/draft_settings.html"

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Show the form, with what is wrong in the whole."""
        definition = self.require_draft()
        return self._show(SettingsForm(definition=definition, words=known_words()), self.version)

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Save, or show what stands in the way with all that was typed."""
        words = known_words()
        form = SettingsForm(request.POST, definition=self.require_draft(), words=words)
        if not form.is_valid():
            return self._show(form, self.version, status=UNFIT)
        try:
            held = self.held(settings_mark)
            draft_edit(version_id=version_id, edit=form.edited, actor=request.user, held=held)
        except DraftChanged as conflict:
            form.tell_what_is_saved(SettingsForm(definition=definition_of(conflict.version), words=words))
            return self._show(form, conflict.version, conflict=conflict.version, status=CONFLICT)
        messages.success(request, _("Guardaste los ajustes."))
        return redirect(draft_url(self.version))

    def _show(
        self, form: SettingsForm, version: QuestionnaireVersion, *, status: int = 200, **context: Any
    ) -> HttpResponse:
        definition = definition_of(version)
        whole = [finding for finding in findings(definition, known_words().known) if not finding.path]
        marks = self.marks(version, settings_mark(definition))
        return self.page(_("Ajustes"), form=form, findings=whole, marks=marks, status=status, **context)


class DraftDelete(DraftPage):
    """Throwing a draft away, after asking."""

    template_name = "evaluate/admin/draft_delete.html"

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Ask."""
        self.require_draft()
        return self.page(_("Eliminar el borrador"))

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Throw it away, or say why it stays."""
        self.require_draft()
        try:
            draft_delete(version_id=version_id, actor=request.user)
        except EditRefused as refusal:
            messages.error(request, refusal.message)
            return to_version(self.version)
        messages.success(request, _("Eliminaste el borrador."))
        return redirect("admin:evaluate_questionnaire_change", self.version.questionnaire_id)


class FormulaCheck(DraftPage):
    """What is wrong with a formula, while it is being typed."""

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Return the complaint as a fragment; an empty one when all is well."""
        definition = self.require_draft()
        sent = request.POST
        text = sent.get("formula", "").strip()
        complaint = ""
        if text:
            complaint = formula_complaint(definition, text, sent.get("ruta", ""), sent.get("campo", ""))
        return render(request, "evaluate/admin/_formula_check.html", {"complaint": complaint, "text": text})


def _rearrangement(action: str, path: str, made: list[str]) -> Callable[[FormDefinition], FormDefinition]:
    """The change that a button of the overview asks for; `made` gets the path of what it makes.

    Raises EditRefused for a button that no page of ours has.
    """
    if action == "subir":
        return lambda definition: with_item_shifted(definition, path, -1)
    if action == "bajar":
        return lambda definition: with_item_shifted(definition, path, 1)
    if action == "duplicar":

        def duplicated(definition: FormDefinition) -> FormDefinition:
            changed, copy = with_item_duplicated(definition, path)
            made.append(copy)
            return changed

        return duplicated
    raise EditRefused(_("No entendimos qué hacer: probá de nuevo con los botones de la lista."))
