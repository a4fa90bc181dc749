"""API addresses of the app."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from connect.api import PersonViewSet
from connect.api.towns import TownListView, TownNetworkView

router = SimpleRouter(use_regex_path=False)
router.register("people", PersonViewSet, basename="person")
urlpatterns = [
    path("municipalities/<int:pk>/network/", TownNetworkView.as_view(), name="municipality-network"),
    path("network/municipalities/", TownListView.as_view(), name="network-municipality-list"),
    *router.urls,
]
