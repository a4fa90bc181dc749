"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class AccountsConfig(PortalAppConfig):
    """People and the municipalities they work in."""

    name = "portal.accounts"
    label = "accounts"
    verbose_name = "Cuentas"
