"""Addresses of Intercambiar."""

from django.urls import URLPattern, include, path
from django.views.generic import RedirectView

from share.afterwards_urls import afterwards_urls
from share.events.export import CSV, XLSX
from share.organising_urls import organising_urls
from share.registration_urls import registration_urls
from share.threads.export import XLSX as XLSX_THREADS
from share.views.asking import RoutedDeclineView, SimilarView
from share.views.calendars import (
    AreaFeedView,
    CalendarPage,
    EventFileView,
    FoundFeedView,
    PersonalFeedView,
    SiteFeedView,
    calendar_drop,
    calendar_make,
)
from share.views.event_detail import EventDetailView
from share.views.event_export import EventExportView
from share.views.event_list import EventListView
from share.views.moderation import PostModerationView, ThreadModerationView
from share.views.my_events import MyEventsView
from share.views.thread_list import ThreadExportView, ThreadListView
from share.views.thread_page import (
    ThreadDetailView,
    first_unread,
    post_address,
    thread_follow_view,
    thread_read_view,
)
from share.writing_urls import writing_urls

app_name = "share"

event_urls: list[URLPattern] = [
    path("", EventListView.as_view(), name="event-list"),
    path("exportar.csv", EventExportView.as_view(format=CSV), name="event-export-csv"),
    path("exportar.xlsx", EventExportView.as_view(format=XLSX), name="event-export-xlsx"),
    *organising_urls,
    *afterwards_urls,
    *registration_urls,
    path("<int:pk>/<slug:slug>/", EventDetailView.as_view(), name="event-detail"),
]
thread_urls: list[URLPattern] = [
    path("", ThreadListView.as_view(), name="thread-list"),
    path("conversaciones.csv", ThreadExportView.as_view(), name="thread-export-csv"),
    path("conversaciones.xlsx", ThreadExportView.as_view(format=XLSX_THREADS), name="thread-export-xlsx"),
    path("parecidas/", SimilarView.as_view(), name="similar"),
    path("prefiero-que-no/<str:token>/", RoutedDeclineView.as_view(), name="routed-decline"),
    path("cuidar/<int:pk>/", ThreadModerationView.as_view(), name="thread-moderate"),
    path("mensaje/<int:pk>/cuidar/", PostModerationView.as_view(), name="post-moderate"),
    path("sin-leer/<int:pk>/", first_unread, name="thread-unread"),
    path("seguir/<int:pk>/", thread_follow_view, name="thread-follow"),
    path("leida/<int:pk>/", thread_read_view, name="thread-read"),
    path("<int:pk>/mensaje/<int:number>/", post_address, name="post"),
    *writing_urls,
    path("<int:pk>/<slug:slug>/", ThreadDetailView.as_view(), name="thread-detail"),
]
calendar_urls: list[URLPattern] = [
    path("", CalendarPage.as_view(), name="calendar"),
    path("encuentros.ics", SiteFeedView.as_view(), name="site-ics"),
    path("encontrados.ics", FoundFeedView.as_view(), name="event-export-ics"),
    path("encuentro/<int:pk>.ics", EventFileView.as_view(), name="event-ics"),
    path("area/<slug:slug>.ics", AreaFeedView.as_view(), name="area-ics"),
    path("mio/<str:token>.ics", PersonalFeedView.as_view(), name="personal-ics"),
    path("mio/nuevo/", calendar_make, name="calendar-make"),
    path("mio/quitar/", calendar_drop, name="calendar-drop"),
]

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="share:event-list"), name="home"),
    path("mis-encuentros/", MyEventsView.as_view(), name="my-events"),
    path("encuentros/", include(event_urls)),
    path("conversaciones/", include(thread_urls)),
    path("calendario/", include(calendar_urls)),
]
