"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class InspireConfig(PortalAppConfig):
    """Inspirarme: the library and map of local solutions."""

    name = "inspire"
    label = "inspire"
    verbose_name = "Inspirarme"
