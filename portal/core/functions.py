"""The functions of the portal, as the home page and the navigation show them."""

from dataclasses import dataclass

from django.utils.functional import Promise

from portal.core.registry import Registry


@dataclass(frozen=True)
class PortalFunction:
    """One of the portal's functions.

    Args:
        id: the app's name, which is also its icon and its colour in the stylesheet.
        url_name: where it opens; empty while it has no page of its own.
    """

    id: str
    name: str | Promise
    promise: str | Promise
    order: int
    url_name: str = ""


functions: Registry[PortalFunction] = Registry("functions")
