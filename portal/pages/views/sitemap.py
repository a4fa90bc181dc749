"""What programs that visit the portal by themselves are told."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.pages.sitemap import Address, page_addresses, part_addresses, sitemap_parts

_XML = "application/xml"
_SECONDS = 3600


@require_safe
@cache_control(public=True, max_age=_SECONDS)
def robots(request: HttpRequest) -> HttpResponse:
    """Say what is worth visiting: pages, but not every combination of every filter."""
    sitemap = request.build_absolute_uri(reverse("pages:sitemap"))
    return render(request, "portal/robots.txt", {"sitemap": sitemap}, content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=_SECONDS)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Name the parts of the sitemap."""
    paths = [
        reverse("pages:sitemap-pages"),
        *(reverse("pages:sitemap-part", args=[part]) for part in sitemap_parts()),
    ]
    parts = [request.build_absolute_uri(path) for path in paths]
    return render(request, "portal/sitemap_index.xml", {"parts": parts}, content_type=_XML)


@require_safe
@cache_control(public=True, max_age=_SECONDS)
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """Name the portal's own pages."""
    return _addresses(request, page_addresses())


@require_safe
@cache_control(public=True, max_age=_SECONDS)
def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    """Name the pages of one part of the catalogue."""
    if part not in sitemap_parts():
        raise Http404
    return _addresses(request, part_addresses(part))


def _addresses(request: HttpRequest, addresses: list[Address]) -> HttpResponse:
    site = request.build_absolute_uri("/").rstrip("/")
    return render(request, "portal/sitemap.xml", {"site": site, "addresses": addresses}, content_type=_XML)
