"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class IndicatorsConfig(PortalAppConfig):
    """Figures as people see them."""

    name = "portal.indicators"
    label = "indicators"
    verbose_name = "Indicadores"
