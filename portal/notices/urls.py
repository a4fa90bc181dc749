"""Addresses of the app."""

from django.urls import path

from portal.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.NoticeListView.as_view(), name="notice-list"),
    path("leidos/", views.mark_all_read, name="mark-all-read"),
    path("preferencias/", views.PreferencesView.as_view(), name="preferences"),
    path("baja/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("<uuid:public_id>/", views.open_notice, name="notice-open"),
]
