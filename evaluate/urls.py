"""Addresses of the app."""

from django.urls import path

from evaluate.views import (
    answering,
    benchmark,
    items,
    network,
    own_results,
    plan_steps,
    plans,
    public_results,
    publishing,
    questionnaires,
    reopening,
    reports,
    results,
    submission,
    teamwork,
)

app_name = "evaluate"
urlpatterns = [
    path("", questionnaires.QuestionnaireList.as_view(), name="questionnaire-list"),
    path("respuestas/<uuid:public_id>/", teamwork.evaluation, name="evaluation"),
    path("respuestas/<uuid:public_id>/repartir/", teamwork.SectionAssign.as_view(), name="sections-assign"),
    path("respuestas/<uuid:public_id>/recordar/", teamwork.reminder, name="evaluation-remind"),
    path(
        "respuestas/<uuid:public_id>/reabrir/", reopening.EvaluationReopen.as_view(), name="evaluation-reopen"
    ),
    path("respuestas/<uuid:public_id>/publicar/", publishing.ResultPublish.as_view(), name="result-publish"),
    path(
        "respuestas/<uuid:public_id>/seccion/<str:section>/lista/",
        teamwork.section_ready,
        name="section-ready",
    ),
    path("respuestas/<uuid:public_id>/guardar/", answering.answer_save_view, name="answer-save"),
    path(
        "respuestas/<uuid:public_id>/revisar/",
        submission.EvaluationReview.as_view(),
        name="evaluation-review",
    ),
    path(
        "respuestas/<uuid:public_id>/resultado/", results.EvaluationResult.as_view(), name="evaluation-result"
    ),
    path(
        "respuestas/<uuid:public_id>/comparacion/",
        benchmark.EvaluationBenchmark.as_view(),
        name="evaluation-benchmark",
    ),
    path(
        "respuestas/<uuid:public_id>/seccion/<str:section>/",
        answering.SectionAnswer.as_view(),
        name="evaluation-answer",
    ),
    path("respuestas/<uuid:public_id>/pregunta/", items.ItemDetail.as_view(), name="item-detail"),
    path("respuestas/<uuid:public_id>/plan/nuevo/", plan_steps.PlanStepAdd.as_view(), name="plan-step-add"),
    path("respuestas/<uuid:public_id>/informe.pdf", reports.ResultReport.as_view(), name="result-report"),
    path(
        "respuestas/<uuid:public_id>/resultado.csv",
        reports.ResultTable.as_view(ending="csv"),
        name="result-csv",
    ),
    path(
        "respuestas/<uuid:public_id>/resultado.xlsx",
        reports.ResultTable.as_view(ending="xlsx"),
        name="result-xlsx",
    ),
    path(
        "resultados/<uuid:public_id>/informe.pdf", reports.PublishedReport.as_view(), name="published-report"
    ),
    path(
        "resultados/<uuid:public_id>/resultado.csv",
        reports.PublishedTable.as_view(ending="csv"),
        name="published-csv",
    ),
    path(
        "resultados/<uuid:public_id>/resultado.xlsx",
        reports.PublishedTable.as_view(ending="xlsx"),
        name="published-xlsx",
    ),
    path("plan/", plans.PlanList.as_view(), name="plan-list"),
    path("plan/exportar.csv", plans.PlanExport.as_view(ending="csv"), name="plan-export-csv"),
    path("plan/exportar.xlsx", plans.PlanExport.as_view(ending="xlsx"), name="plan-export-xlsx"),
    path("plan/nuevo/", plan_steps.PlanStepAdd.as_view(), name="plan-step-add"),
    path("plan/<uuid:public_id>/", plan_steps.PlanStepDetail.as_view(), name="plan-step"),
    path("plan/<uuid:public_id>/editar/", plan_steps.PlanStepEdit.as_view(), name="plan-step-edit"),
    path("plan/<uuid:public_id>/estado/", plan_steps.plan_step_move_view, name="plan-step-move"),
    path("plan/<uuid:public_id>/inspiraciones/", plan_steps.inspiration_view, name="plan-step-inspiration"),
    path(
        "respuestas/<uuid:public_id>/resultado/explicacion/",
        results.ResultExplanation.as_view(),
        name="result-explanation",
    ),
    path("resultados/", public_results.PublishedResultList.as_view(), name="published-result-list"),
    path(
        "resultados/<uuid:public_id>/",
        public_results.PublishedResultDetail.as_view(),
        name="published-result",
    ),
    path("mi-resultado/", own_results.OwnResults.as_view(), name="own-results"),
    path("red/", network.NetworkCoverage.as_view(), name="network-coverage"),
    path("red/criterios/", network.NetworkCriteria.as_view(), name="network-criteria"),
    path("red/distribucion/", network.NetworkDistribution.as_view(), name="network-distribution"),
    path("red/en-curso/", network.NetworkUnderWay.as_view(), name="network-under-way"),
    path("red/exportar/", network.NetworkExport.as_view(), name="network-export"),
    path("red/tablas/<slug:table>.<str:ending>", network.NetworkTableFile.as_view(), name="network-table"),
    path("<slug:slug>/", questionnaires.QuestionnaireDetail.as_view(), name="questionnaire-detail"),
    path("<slug:slug>/empezar/", questionnaires.evaluation_start_view, name="evaluation-start"),
]
