"""The Django admin, as RIL's staff use it."""

from importlib import import_module

from django.apps import apps
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.module_loading import module_has_submodule

# Its admin is for PostGIS fields and cannot be imported without the GDAL library, which the portal does not need.
LEFT_OUT = frozenset({"leaflet"})


class PortalAdminConfig(SimpleAdminConfig):
    """Finds every app's admin but those that cannot be used here."""

    def ready(self) -> None:
        """Load the admin modules."""
        super().ready()
        for config in apps.get_app_configs():
            if config.name not in LEFT_OUT and module_has_submodule(config.module, "admin"):
                import_module(f"{config.name}.admin")
