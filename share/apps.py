"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class ShareConfig(PortalAppConfig):
    """Intercambiar: encounters and conversations."""

    name = "share"
    label = "share"
    verbose_name = "Intercambiar"
