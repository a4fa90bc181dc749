"""Start-up of the kernel, and the base of every local app's configuration."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created

from portal.core.database_role import refuse_privileged_role


class PortalAppConfig(AppConfig):
    """A local app: loads its `hooks` module, the one place where it tells the kernel about itself."""

    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the hooks once all models are known."""
        if find_spec(f"{self.name}.hooks"):
            import_module(f"{self.name}.hooks")


class CoreConfig(PortalAppConfig):
    """The kernel's foundation."""

    name = "portal.core"
    label = "core"

    def ready(self) -> None:
        """Bind tasks to the portal's Celery application and guard the database role."""
        super().ready()
        import_module(settings.TASK_APPLICATION)
        connection_created.connect(refuse_privileged_role, dispatch_uid="core.refuse_privileged_role")
