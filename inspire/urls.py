"""Addresses of the app."""

from django.urls import path

from inspire import views
from inspire.exporting.formats import CSV, GEOJSON, XLSX

app_name = "inspire"
urlpatterns = [
    path("", views.SolutionListView.as_view(), name="solution-list"),
    path("mapa.json", views.SolutionMapDataView.as_view(), name="solution-map-data"),
    path("exportar.csv", views.SolutionExportView.as_view(format=CSV), name="solution-export-csv"),
    path("exportar.xlsx", views.SolutionExportView.as_view(format=XLSX), name="solution-export-xlsx"),
    path(
        "exportar.geojson", views.SolutionExportView.as_view(format=GEOJSON), name="solution-export-geojson"
    ),
    path("novedades.atom", views.SolutionFeedView.as_view(), name="solution-feed"),
    path("contar/", views.ContributionCreateView.as_view(), name="contribution-create"),
    path("criterios/", views.CriteriaView.as_view(), name="contribution-criteria"),
    path("parecidas/", views.DuplicatesView.as_view(), name="contribution-duplicates"),
    path("mis-aportes/", views.ContributionListView.as_view(), name="contribution-list"),
    path("aportes/<uuid:public_id>/", views.ContributionDetailView.as_view(), name="contribution-detail"),
    path("aportes/<uuid:public_id>/editar/", views.ContributionEditView.as_view(), name="contribution-edit"),
    path("aportes/<uuid:public_id>/guardar/", views.contribution_autosave, name="contribution-autosave"),
    path(
        "aportes/<uuid:public_id>/invitacion/",
        views.ContributionInvitationView.as_view(),
        name="contribution-invitation",
    ),
    path("importaciones/", views.ImportListView.as_view(), name="import-list"),
    path("importaciones/plantilla.csv", views.import_template, name="import-template"),
    path("importaciones/<uuid:public_id>/", views.ImportDetailView.as_view(), name="import-detail"),
    path(
        "importaciones/<uuid:public_id>/columnas/", views.ImportMappingView.as_view(), name="import-mapping"
    ),
    path("importaciones/<uuid:public_id>/paso/", views.import_step, name="import-step"),
    path("importaciones/<uuid:public_id>/errores.xlsx", views.import_errors, name="import-errors"),
    path("revision/", views.ReviewListView.as_view(), name="review-list"),
    path("revision/<uuid:public_id>/", views.ReviewDetailView.as_view(), name="review-detail"),
    path("<slug:slug>/historial/", views.HistoryView.as_view(), name="solution-history"),
    path("<slug:slug>/historial/<int:number>/volver/", views.RestoreView.as_view(), name="solution-restore"),
    path("<slug:slug>/estado/", views.StatusView.as_view(), name="solution-status"),
    path("<slug:slug>/", views.SolutionDetailView.as_view(), name="solution-detail"),
]
