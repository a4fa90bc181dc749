"""Addresses of the app."""

from django.urls import path

from portal.safety.views import appeals, blocks, reports

app_name = "safety"
urlpatterns = [
    path("denunciar/<slug:kind>/<str:key>/", reports.ReportView.as_view(), name="report"),
    path("bloqueos/", blocks.BlockListView.as_view(), name="block-list"),
    path("bloquear/<uuid:public_id>/", blocks.BlockView.as_view(), name="block"),
    path("desbloquear/<uuid:public_id>/", blocks.unblock, name="unblock"),
    path("responder/<str:token>/", appeals.AppealView.as_view(), name="appeal"),
]
