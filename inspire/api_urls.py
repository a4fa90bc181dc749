"""API addresses of the app."""

from rest_framework.routers import SimpleRouter

from inspire.api import SolutionViewSet

router = SimpleRouter()
router.register("solutions", SolutionViewSet, basename="solution")
urlpatterns = router.urls
