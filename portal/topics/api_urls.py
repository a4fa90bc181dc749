"""API addresses of the app."""

from rest_framework.routers import SimpleRouter

from portal.topics.api import PolicyAreaViewSet

router = SimpleRouter()
router.register("policy-areas", PolicyAreaViewSet, basename="policy-area")
urlpatterns = router.urls
