"""API addresses of the app."""

from rest_framework.routers import SimpleRouter

from share.api.events import EventViewSet
from share.api.threads import ThreadViewSet

router = SimpleRouter(use_regex_path=False)
router.register("events", EventViewSet, basename="event")
router.register("threads", ThreadViewSet, basename="thread")
urlpatterns = [*router.urls]
