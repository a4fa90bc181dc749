"""Questionnaires, evaluations and scoring runs, as the network's staff look after them."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluate.models import Evaluation, EvaluationChange, EvaluationRun, Questionnaire, QuestionnaireVersion
from evaluate.permissions import can_manage_questionnaires, can_retry_run
from evaluate.services.questionnaires import version_publish, version_retire
from evaluate.services.scoring import run_retry
from evaluate.tasks import score_evaluation
from portal.core.admin_paging import CappedPaginator
from portal.core.admin_reading import ReadOnlyAdmin
from portal.core.jobs import queue_on_commit

VERSION_FACTS = (
    "questionnaire",
    "number",
    "status",
    "source_name",
    "created_at",
    "published_at",
    "minutes",
    "question_count",
    "criteria_count",
    "is_scored",
    "topics",
)


class VersionInline(admin.TabularInline):
    """The versions of a questionnaire."""

    model = QuestionnaireVersion
    fields = readonly_fields = (
        "number",
        "status",
        "source_name",
        "created_at",
        "published_at",
        "question_count",
    )
    extra = 0
    can_delete = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Leave the questions in the database."""
        return super().get_queryset(request).defer("definition")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Versions come from files."""
        return False


@admin.register(Questionnaire)
class QuestionnaireAdmin(admin.ModelAdmin):
    """Opens and closes questionnaires and puts them into an area; their versions come from files."""

    list_display = ("slug", "area", "is_open", "version_in_force", "updated_at")
    list_filter = ("is_open", "area")
    list_select_related = ("area",)
    search_fields = ("slug",)
    fields = ("slug", "area", "is_open")
    readonly_fields = ("slug",)
    inlines = (VersionInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Bring the version in force along, in one query for the page."""
        published = QuestionnaireVersion.objects.published().without_definition()
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("versions", published, to_attr="versions_in_force"))
        )

    @admin.display(description=gettext_lazy("versión en uso"))
    def version_in_force(self, questionnaire: Questionnaire) -> str:
        """The title and number of the version that is answered now."""
        in_force: list[QuestionnaireVersion] = getattr(questionnaire, "versions_in_force", [])
        return str(in_force[0]) if in_force else "—"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Questionnaires come from files."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A questionnaire is closed, not deleted: results refer to it."""
        return False


@admin.register(QuestionnaireVersion)
class QuestionnaireVersionAdmin(ReadOnlyAdmin):
    """Publishes and retires versions; what they ask is only shown."""

    list_display = (
        "title",
        "number",
        "status",
        "source_name",
        "published_at",
        "question_count",
        "criteria_count",
    )
    list_filter = ("status", "is_scored")
    list_select_related = ("questionnaire",)
    search_fields = ("questionnaire__slug", "source_name")
    fields = (*VERSION_FACTS, "definition")
    actions = ("publish", "retire")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Leave the questions in the database; the page of one version fetches them."""
        return super().get_queryset(request).defer("definition")

    @admin.action(description=gettext_lazy("Publicar la versión elegida"))
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Put versions in force."""
        can_manage_questionnaires(request.user).require()
        for version in queryset.filter(status=QuestionnaireVersion.Status.DRAFT).order_by("number"):
            version_publish(version=version)
            messages.success(request, _("Publicaste %(version)s.") % {"version": version})

    @admin.action(description=gettext_lazy("Retirar la versión elegida"))
    def retire(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Take versions out of use."""
        can_manage_questionnaires(request.user).require()
        for version in queryset.filter(status=QuestionnaireVersion.Status.PUBLISHED):
            version_retire(version=version)
            messages.success(request, _("Retiraste %(version)s.") % {"version": version})


class ChangeInline(admin.TabularInline):
    """The steps in an evaluation's life."""

    model = EvaluationChange
    fields = readonly_fields = ("at", "from_status", "to_status", "actor", "reason")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The services write it."""
        return False


@admin.register(Evaluation)
class EvaluationAdmin(ReadOnlyAdmin):
    """Municipalities' evaluations; personal self-checks are nobody's business and are not here."""

    list_display = (
        "public_id",
        "questionnaire",
        "municipality",
        "status",
        "started_at",
        "submitted_at",
        "is_sample",
    )
    list_filter = ("status", "is_sample", "questionnaire")
    list_select_related = ("questionnaire", "municipality")
    search_fields = ("municipality__name", "public_id")
    paginator = CappedPaginator
    show_full_result_count = False
    fields = (*list_display, "version", "owner", "submitted_by")
    inlines = (ChangeInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Only what staff may see."""
        return super().get_queryset(request).filter(municipality__isnull=False).defer("version__definition")


@admin.register(EvaluationRun)
class EvaluationRunAdmin(ReadOnlyAdmin):
    """Scoring runs, with a second chance for those that failed."""

    list_display = (
        "id",
        "questionnaire",
        "municipality",
        "status",
        "attempts",
        "score",
        "created_at",
        "finished_at",
    )
    list_filter = ("status",)
    list_select_related = ("evaluation__questionnaire", "evaluation__municipality")
    paginator = CappedPaginator
    show_full_result_count = False
    fields = (
        "evaluation",
        "status",
        "attempts",
        "created_at",
        "started_at",
        "finished_at",
        "score_exact",
        "error",
    )
    actions = ("retry",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Personal self-checks are here only when they failed, without their result."""
        runs = super().get_queryset(request).defer("result")
        return runs.exclude(evaluation__municipality__isnull=True, status=EvaluationRun.Status.DONE)

    @admin.display(description=gettext_lazy("cuestionario"))
    def questionnaire(self, run: EvaluationRun) -> str:
        """Whose questions were answered."""
        return str(run.evaluation.questionnaire)

    @admin.display(description=gettext_lazy("municipio"))
    def municipality(self, run: EvaluationRun) -> str:
        """Who answered them."""
        return str(run.evaluation.municipality or _("personal"))

    @admin.action(description=gettext_lazy("Volver a calcular los que fallaron"))
    def retry(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Queue failed runs again."""
        failed = [run for run in queryset if can_retry_run(request.user, run)]
        for run in failed:
            queue_on_commit(score_evaluation, run_retry(run=run).pk)
        text = ngettext(
            "%(count)s cálculo vuelve a la cola.", "%(count)s cálculos vuelven a la cola.", len(failed)
        )
        messages.success(request, text % {"count": len(failed)})
