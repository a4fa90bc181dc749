"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class NoticesConfig(PortalAppConfig):
    """Notices in the portal and by e-mail."""

    name = "portal.notices"
    label = "notices"
    verbose_name = "Avisos"
