"""API addresses of the app."""

from rest_framework.routers import SimpleRouter

from evaluate.api import EvaluationViewSet, QuestionnaireViewSet

router = SimpleRouter()
router.register("questionnaires", QuestionnaireViewSet, basename="questionnaire")
router.register("evaluations", EvaluationViewSet, basename="evaluation")
urlpatterns = router.urls
