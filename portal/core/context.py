"""What every template may name."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.core.functions import functions


def site(request: HttpRequest) -> dict[str, Any]:
    """Give templates the portal's name, its functions and the languages it speaks."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "ORGANISATION_NAME": settings.ORGANISATION_NAME,
        "LANGUAGES": settings.LANGUAGES,
        "portal_functions": [function for function in functions if function.url_name],
    }
