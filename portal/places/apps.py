"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class PlacesConfig(PortalAppConfig):
    """Countries and municipalities."""

    name = "portal.places"
    label = "places"
    verbose_name = "Lugares"
