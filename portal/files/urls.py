"""Addresses of the app."""

from django.urls import path

from portal.files import views

app_name = "files"
urlpatterns = [
    path("<uuid:public_id>/", views.download, name="download"),
    path("<uuid:public_id>/<int:width>/", views.thumbnail, name="thumbnail"),
]
