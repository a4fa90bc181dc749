"""Addresses of Intercambiar."""

from django.urls import URLPattern, include, path

app_name = "share"

event_urls: list[URLPattern] = []
thread_urls: list[URLPattern] = []
calendar_urls: list[URLPattern] = []

urlpatterns = [
    path("encuentros/", include(event_urls)),
    path("conversaciones/", include(thread_urls)),
    path("calendario/", include(calendar_urls)),
]
