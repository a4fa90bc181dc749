"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class TeachConfig(PortalAppConfig):
    """Capacitarme: documents and courses."""

    name = "teach"
    label = "teach"
    verbose_name = "Capacitarme"
