"""Versions of questionnaires in the admin: looked at, taken away as a workbook, begun anew as a draft, retired."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evaluate.admin.access import ManagedByStaff, VersionPage, draft_url, to_version
from evaluate.admin.draft_items import DraftItem, DraftItemNew
from evaluate.admin.draft_pages import DraftDelete, DraftOverview, DraftSettings, FormulaCheck
from evaluate.admin.draft_preview import DraftPreview
from evaluate.admin.draft_publishing import DraftPublish
from evaluate.admin.draft_rearranging import DraftItemMove, DraftItemRemove
from evaluate.drafting.overview import overview
from evaluate.drafting.refusals import EditRefused
from evaluate.engine.xlsform import write_workbook
from evaluate.models import QuestionnaireVersion
from evaluate.services.definitions import definition_of
from evaluate.services.drafts import draft_findings, draft_start
from evaluate.services.questionnaires import version_retire
from portal.files.content_types import XLSX

STATUSES = QuestionnaireVersion.Status
VERSION_FACTS = (
    "questionnaire",
    "number",
    "status",
    "note",
    "based_on",
    "source_name",
    "created_at",
    "edited_at",
    "edited_by",
    "published_at",
    "minutes",
    "question_count",
    "criteria_count",
    "is_scored",
)


@admin.register(QuestionnaireVersion)
class QuestionnaireVersionAdmin(ManagedByStaff, admin.ModelAdmin):
    """Shows versions and leads to what can be done with each; only drafts are edited, on pages of their own."""

    list_display = (
        "title",
        "number",
        "status",
        "note",
        "published_at",
        "edited_at",
        "question_count",
        "criteria_count",
    )
    list_filter = ("status", "is_scored")
    list_select_related = ("questionnaire",)
    search_fields = ("questionnaire__slug", "source_name", "note")
    fields = VERSION_FACTS
    actions = ("retire",)
    change_form_template = "evaluate/admin/version_change.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of drafts, and what can be done with any version."""
        pages = {
            "": (DraftOverview, "draft_overview"),
            "ajustes/": (DraftSettings, "draft_settings"),
            "editar/": (DraftItem, "draft_item"),
            "agregar/": (DraftItemNew, "draft_item_new"),
            "mover/": (DraftItemMove, "draft_item_move"),
            "quitar/": (DraftItemRemove, "draft_item_remove"),
            "formula/": (FormulaCheck, "draft_formula"),
            "probar/": (DraftPreview, "draft_preview"),
            "publicar/": (DraftPublish, "draft_publish"),
            "eliminar/": (DraftDelete, "draft_delete"),
            "empezar/": (DraftStart, "draft_start"),
            "retirar/": (VersionRetire, "version_retire"),
            "libro/": (VersionWorkbook, "version_workbook"),
        }
        guarded = self.admin_site.admin_view
        own = [
            path(
                f"<int:version_id>/borrador/{word}",
                guarded(view.as_view(model_admin=self)),
                name=f"evaluate_{name}",
            )
            for word, (view, name) in pages.items()
        ]
        return own + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Leave the questions in the database; the page of one version fetches them."""
        return super().get_queryset(request).defer("definition").select_related("questionnaire")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show what the version asks as a list, and what can be done with it."""
        version = self.get_object(request, object_id)
        context: dict[str, Any] = {}
        if isinstance(version, QuestionnaireVersion):
            found = draft_findings(version) if version.status == STATUSES.DRAFT else []
            drafts = QuestionnaireVersion.objects.filter(
                questionnaire=version.questionnaire_id, status=STATUSES.DRAFT
            )
            context = {
                "overview": overview(definition_of(version), found),
                "open_draft": drafts.without_definition().first(),
                "is_draft": version.status == STATUSES.DRAFT,
                "is_in_force": version.status == STATUSES.PUBLISHED,
            }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Versions come from drafts and files."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts are edited on pages of their own, published versions never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts are thrown away on a page of their own, published versions never."""
        return False

    @admin.action(description=gettext_lazy("Retirar la versión elegida"))
    def retire(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Take versions out of use."""
        for version in queryset.filter(status=STATUSES.PUBLISHED):
            version_retire(version=version)
            messages.success(request, _("Retiraste %(version)s.") % {"version": version})


class DraftStart(VersionPage):
    """Begins a draft with what a version asks."""

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Make the draft and lead to it, or say why not."""
        try:
            draft = draft_start(version=self.version, actor=request.user)
        except EditRefused as refusal:
            messages.error(request, refusal.message)
            return to_version(self.version)
        text = _("Empezaste el borrador %(number)s, igual a la versión %(source)s.")
        messages.success(request, text % {"number": draft.number, "source": self.version.number})
        return redirect(draft_url(draft))


class VersionRetire(VersionPage):
    """Takes the version in force out of use."""

    def post(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Retire it; another status is a page that grew old."""
        if self.version.status == STATUSES.PUBLISHED:
            version_retire(version=self.version)
            messages.success(request, _("Retiraste %(version)s.") % {"version": self.version})
        return to_version(self.version)


class VersionWorkbook(VersionPage):
    """Any version as an XLSForm workbook."""

    def get(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Send the workbook."""
        response = HttpResponse(write_workbook(definition_of(self.version)), content_type=XLSX)
        name = f"{self.version.questionnaire.slug}-v{self.version.number}.xlsx"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
