"""Addresses of the app."""

from django.urls import path

from inspire import views

app_name = "inspire"
urlpatterns = [
    path("", views.SolutionListView.as_view(), name="solution-list"),
    path("mapa.json", views.SolutionMapDataView.as_view(), name="solution-map-data"),
    path("<slug:slug>/", views.SolutionDetailView.as_view(), name="solution-detail"),
]
