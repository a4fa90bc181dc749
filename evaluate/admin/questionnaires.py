"""Questionnaires in the admin: made, brought from files, opened and closed."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluate.admin.access import AdminPage, ManagedByStaff, draft_url, to_version
from evaluate.drafting.forms.questionnaires import QuestionnaireForm, UploadForm
from evaluate.drafting.refusals import EditRefused
from evaluate.engine.problems import FormRejected
from evaluate.models import Questionnaire, QuestionnaireVersion
from evaluate.permissions import can_manage_questionnaires
from evaluate.services.drafts import questionnaire_create
from evaluate.services.questionnaires import ImportOutcome, questionnaire_import, questionnaire_update

DRAFT = QuestionnaireVersion.Status.DRAFT


class VersionInline(ManagedByStaff, admin.TabularInline):
    """The versions of a questionnaire."""

    model = QuestionnaireVersion
    fields = readonly_fields = (
        "number",
        "status",
        "note",
        "created_at",
        "published_at",
        "question_count",
        "criteria_count",
    )
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Leave the questions in the database."""
        return super().get_queryset(request).defer("definition").select_related("questionnaire")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Versions come from drafts and files."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Versions have pages of their own."""
        return False


@admin.register(Questionnaire)
class QuestionnaireAdmin(ManagedByStaff, admin.ModelAdmin):
    """Makes questionnaires, opens and closes them, and puts them into an area."""

    list_display = ("slug", "area", "is_open", "version_in_force", "open_draft", "updated_at")
    list_filter = ("is_open", "area")
    list_select_related = ("area",)
    search_fields = ("slug",)
    fields = ("slug", "area", "is_open")
    readonly_fields = ("slug",)
    inlines = (VersionInline,)
    change_form_template = "evaluate/admin/questionnaire_change.html"
    change_list_template = "evaluate/admin/questionnaire_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that make questionnaires and bring files."""
        create = QuestionnaireCreate.as_view(model_admin=self)
        upload = QuestionnaireUpload.as_view(model_admin=self)
        guarded = self.admin_site.admin_view
        return [
            path("add/", guarded(create), name="evaluate_questionnaire_add"),
            path("subir/", guarded(upload), name="evaluate_questionnaire_upload"),
            path("<int:questionnaire_id>/subir/", guarded(upload), name="evaluate_questionnaire_upload_to"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Bring the version in force and the open draft along, in one query each for the page."""
        versions = QuestionnaireVersion.objects.without_definition().select_related("questionnaire")
        return (
            super()
            .get_queryset(request)
            .prefetch_related(
                Prefetch("versions", versions.published(), to_attr="versions_in_force"),
                Prefetch("versions", versions.filter(status=DRAFT), to_attr="open_drafts"),
            )
        )

    @admin.display(description=gettext_lazy("versión en uso"))
    def version_in_force(self, questionnaire: Questionnaire) -> str:
        """The title and number of the version that is answered now."""
        in_force: list[QuestionnaireVersion] = getattr(questionnaire, "versions_in_force", [])
        return str(in_force[0]) if in_force else "—"

    @admin.display(description=gettext_lazy("borrador"))
    def open_draft(self, questionnaire: Questionnaire) -> str:
        """The number of the draft that is being written."""
        drafts: list[QuestionnaireVersion] = getattr(questionnaire, "open_drafts", [])
        return ", ".join(str(draft.number) for draft in drafts) or "—"

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Add what can be done with its draft and its version in force."""
        questionnaire = self.get_object(request, object_id)
        context = {
            "draft": next(iter(getattr(questionnaire, "open_drafts", [])), None),
            "in_force": next(iter(getattr(questionnaire, "versions_in_force", [])), None),
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def save_model(self, request: HttpRequest, obj: Questionnaire, form: Any, change: bool) -> None:
        """Keep what was chosen, in the catalogue too; questionnaires are made elsewhere."""
        questionnaire_update(questionnaire=obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Those who manage questionnaires make them, on a page of their own."""
        return bool(can_manage_questionnaires(request.user))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Those who manage questionnaires open and close them."""
        return bool(can_manage_questionnaires(request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A questionnaire is closed, not deleted: results refer to it."""
        return False


class QuestionnaireCreate(AdminPage):
    """A new questionnaire with an empty first draft."""

    template_name = "evaluate/admin/questionnaire_create.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self._show(QuestionnaireForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make it and lead to its draft."""
        form = QuestionnaireForm(request.POST)
        if not form.is_valid():
            return self._show(form)
        try:
            draft = questionnaire_create(actor=request.user, **form.cleaned())
        except EditRefused as refusal:
            form.add_error(refusal.field or None, refusal.message)
            return self._show(form)
        messages.success(request, _("Listo: ahora agregale secciones y preguntas."))
        return redirect(draft_url(draft))

    def _show(self, form: QuestionnaireForm) -> HttpResponse:
        return self.page(_("Cuestionario nuevo"), form=form)


class QuestionnaireUpload(AdminPage):
    """A workbook or one of our readable files as a draft: of this questionnaire, or of a new one."""

    template_name = "evaluate/admin/questionnaire_upload.html"

    def get(self, request: HttpRequest, questionnaire_id: int | None = None) -> HttpResponse:
        """Show the form."""
        questionnaire = self._questionnaire(questionnaire_id)
        return self._show(UploadForm(questionnaire=questionnaire), questionnaire)

    def post(self, request: HttpRequest, questionnaire_id: int | None = None) -> HttpResponse:
        """Take the file in whole, or say row by row what must be mended."""
        questionnaire = self._questionnaire(questionnaire_id)
        form = UploadForm(request.POST, request.FILES, questionnaire=questionnaire)
        if not form.is_valid():
            return self._show(form, questionnaire)
        upload = form.cleaned_data["file"]
        take_in = partial(questionnaire_import, data=upload.read(), filename=upload.name, actor=request.user)
        try:
            outcome = take_in(**form.target())
        except FormRejected as rejection:
            return self._show(form, questionnaire, problems=rejection.problems)
        return self._lead_on(request, outcome)

    def _lead_on(self, request: HttpRequest, outcome: ImportOutcome) -> HttpResponse:
        version = outcome.version
        if not outcome.is_new:
            text = _("El archivo dice lo mismo que la versión %(number)s (%(status)s): no hizo falta otra.")
            words = {"number": version.number, "status": version.get_status_display()}
            messages.info(request, text % words)
            return redirect(draft_url(version)) if version.status == DRAFT else to_version(version)
        text = _("El archivo quedó como borrador, con %(count)s preguntas.") % {
            "count": version.question_count
        }
        messages.success(request, text)
        if outcome.warnings:
            return self._show(None, version.questionnaire, warnings=outcome.warnings, draft=version)
        return redirect(draft_url(version))

    def _questionnaire(self, questionnaire_id: int | None) -> Questionnaire | None:
        return get_object_or_404(Questionnaire, pk=questionnaire_id) if questionnaire_id else None

    def _show(self, form: Any, questionnaire: Questionnaire | None, **context: Any) -> HttpResponse:
        title = _("Subir un cuestionario")
        return self.page(title, form=form, questionnaire=questionnaire, **context)
