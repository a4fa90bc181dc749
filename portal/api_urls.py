"""Addresses of the REST API, version 1."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("", include("portal.places.api_urls")),
    path("", include("portal.topics.api_urls")),
    path("", include("connect.api_urls")),
    path("", include("share.api_urls")),
    path("", include("inspire.api_urls")),
    path("", include("evaluate.api_urls")),
]
