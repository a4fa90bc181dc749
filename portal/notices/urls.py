"""Addresses of the app."""

from django.urls import path

from portal.notices.views import preferences, reading, unsubscribing, why

app_name = "notices"
urlpatterns = [
    path("", reading.NoticeListView.as_view(), name="notice-list"),
    path("leidos/", reading.mark_all_read, name="mark-all-read"),
    path("preferencias/", preferences.PreferencesView.as_view(), name="preferences"),
    path("preferencias/atajo/", preferences.preferences_shortcut, name="preferences-shortcut"),
    path("baja/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
    path("baja/<str:token>/deshacer/", unsubscribing.resubscribe, name="resubscribe"),
    path("<uuid:public_id>/", reading.open_notice, name="notice-open"),
    path("<uuid:public_id>/grupo/", reading.NoticeGroupView.as_view(), name="notice-group"),
    path("<uuid:public_id>/por-que/", why.NoticeWhyView.as_view(), name="notice-why"),
]
