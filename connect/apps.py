"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class ConnectConfig(PortalAppConfig):
    """Conectarme: find colleagues and reach them about something."""

    name = "connect"
    label = "connect"
    verbose_name = "Conectarme"
