"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class FacetsConfig(PortalAppConfig):
    """Filters whose choices say how many things each would leave."""

    name = "portal.facets"
    label = "facets"
    verbose_name = "Facetas"
