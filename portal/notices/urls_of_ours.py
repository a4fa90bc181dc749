"""Paths within the portal, and the absolute addresses that e-mails need."""

from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme


def is_own_path(url: str) -> bool:
    """Say whether a browser that follows this stays on the portal."""
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)


def require_own_path(url: str) -> None:
    """Let an empty url or a path of ours pass.

    Raises:
        ValueError: it leads elsewhere.
    """
    if url and not is_own_path(url):
        raise ValueError(f"A notice leads to a path of the portal, and this is none: {url!r}")


def own_path_of(address: str) -> str:
    """Return the path of a page of ours that somebody copied from her browser's address bar; others as they are."""
    site = settings.SITE_URL.rstrip("/") + "/"
    return "/" + address.removeprefix(site) if address.startswith(site) else address


def absolute(path: str) -> str:
    """Return the whole address of a path, for readers who are not on the portal."""
    site = getattr(settings, "SITE_URL", "http://127.0.0.1:8000")
    return site.rstrip("/") + path
