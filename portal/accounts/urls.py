"""Addresses of the app. allauth's own stand beside them, under the same prefix."""

from django.urls import path

from portal.accounts.views import language, memberships, my_data, profile, requests

app_name = "accounts"
urlpatterns = [
    path("", profile.ProfileView.as_view(), name="profile"),
    path("datos/", profile.ProfileUpdateView.as_view(), name="profile-update"),
    path("idioma-y-hora/", language.LanguageAndTimeView.as_view(), name="language-and-time"),
    path("sumarme/", memberships.MembershipRequestView.as_view(), name="membership-request"),
    path(
        "pertenencias/<uuid:public_id>/",
        memberships.MembershipUpdateView.as_view(),
        name="membership-update",
    ),
    path(
        "pertenencias/<uuid:public_id>/terminar/",
        memberships.MembershipEndView.as_view(),
        name="membership-end",
    ),
    path(
        "pertenencias/<uuid:public_id>/coordinar/",
        requests.membership_make_coordinator_view,
        name="membership-make-coordinator",
    ),
    path("solicitudes/", requests.MembershipRequestListView.as_view(), name="membership-requests"),
    path(
        "solicitudes/<uuid:public_id>/aprobar/",
        requests.membership_approve_view,
        name="membership-approve",
    ),
    path(
        "solicitudes/<uuid:public_id>/rechazar/",
        requests.MembershipDeclineView.as_view(),
        name="membership-decline",
    ),
    path("mis-datos/", my_data.MyDataView.as_view(), name="my-data"),
    path("mis-datos/descargar/", my_data.account_download, name="account-download"),
    path("mis-datos/borrar/", my_data.AccountEraseView.as_view(), name="account-erase"),
]
