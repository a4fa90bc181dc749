"""API addresses of the app."""

from rest_framework.routers import SimpleRouter

from portal.places.api import CountryViewSet, MunicipalityViewSet

router = SimpleRouter()
router.register("countries", CountryViewSet, basename="country")
router.register("municipalities", MunicipalityViewSet, basename="municipality")
urlpatterns = router.urls
