"""All addresses of the portal."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("portal.pages.urls")),
    path("cuenta/", include("portal.accounts.urls")),
    path("cuenta/", include("allauth.urls")),
    path(
        "accounts/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="login-alias",
    ),
    path("avisos/", include("portal.notices.urls")),
    path("archivos/", include("portal.files.urls")),
    path("municipios/", include("portal.places.urls")),
    path("convivencia/", include("portal.safety.urls")),
    path("conectarme/", include("connect.urls")),
    path("intercambiar/", include("share.urls")),
    path("inspirarme/", include("inspire.urls")),
    path("evaluarme/", include("evaluate.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("portal.api_urls")),
]

handler400 = "portal.pages.views.errors.bad_request"
handler403 = "portal.pages.views.errors.permission_denied"
handler404 = "portal.pages.views.errors.not_found"
handler429 = "portal.pages.views.errors.too_many_requests"
handler500 = "portal.pages.views.errors.server_error"
