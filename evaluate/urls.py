"""Addresses of the app."""

from django.urls import path

from evaluate.views import answering, questionnaires, results, submission

app_name = "evaluate"
urlpatterns = [
    path("", questionnaires.QuestionnaireList.as_view(), name="questionnaire-list"),
    path("respuestas/<uuid:public_id>/", answering.evaluation, name="evaluation"),
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
        "respuestas/<uuid:public_id>/seccion/<str:section>/",
        answering.SectionAnswer.as_view(),
        name="evaluation-answer",
    ),
    path("<slug:slug>/", questionnaires.QuestionnaireDetail.as_view(), name="questionnaire-detail"),
    path("<slug:slug>/empezar/", questionnaires.evaluation_start_view, name="evaluation-start"),
]
