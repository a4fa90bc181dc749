"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class CatalogConfig(PortalAppConfig):
    """One row for everything that can be found."""

    name = "portal.catalog"
    label = "catalog"
    verbose_name = "Catálogo"
