"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class AuditConfig(PortalAppConfig):
    """Who did what, kept where nobody can change it."""

    name = "portal.audit"
    label = "audit"
    verbose_name = "Auditoría"
