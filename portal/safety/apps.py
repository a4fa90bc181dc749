"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class SafetyConfig(PortalAppConfig):
    """Blocks, reports, suspensions, and how much one account may send."""

    name = "portal.safety"
    label = "safety"
    verbose_name = "Convivencia"
