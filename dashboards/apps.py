"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class DashboardsConfig(PortalAppConfig):
    """Tableros: running a policy day by day."""

    name = "dashboards"
    label = "dashboards"
    verbose_name = "Tableros"
