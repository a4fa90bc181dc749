"""Scoring runs in the admin."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from evaluate.models import EvaluationRun
from evaluate.permissions import can_retry_run
from evaluate.services.scoring import run_retry
from evaluate.tasks import score_evaluation
from portal.core.admin_paging import CappedPaginator
from portal.core.admin_reading import ReadOnlyAdmin
from portal.core.jobs import queue_on_commit


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
