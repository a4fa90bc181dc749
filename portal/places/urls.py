"""Addresses of the app."""

from django.urls import path

from portal.places.views import MunicipalitySearchView

app_name = "places"
urlpatterns = [path("buscar/", MunicipalitySearchView.as_view(), name="municipality-search")]
