"""Addresses of the kernel's own pages."""

from django.urls import path

from portal.pages.views.favicon import favicon
from portal.pages.views.health import healthz, readyz
from portal.pages.views.home import HomeView
from portal.pages.views.language import language
from portal.pages.views.search import SearchView
from portal.pages.views.sitemap import robots, sitemap_index, sitemap_pages, sitemap_part
from portal.pages.views.style_guide import StyleGuideView

app_name = "pages"
urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("buscar/", SearchView.as_view(), name="search"),
    path("idioma/<str:code>/", language, name="language"),
    path("guia-de-estilo/", StyleGuideView.as_view(), name="style-guide"),
    path("favicon.ico", favicon, name="favicon"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-paginas.xml", sitemap_pages, name="sitemap-pages"),
    path("sitemap-<int:part>.xml", sitemap_part, name="sitemap-part"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
