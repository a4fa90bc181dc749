"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class PagesConfig(PortalAppConfig):
    """Home, search, style guide, health and the starter commands."""

    name = "portal.pages"
    label = "pages"
    verbose_name = "Páginas"
