"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class FilesConfig(PortalAppConfig):
    """Checked uploads and guarded downloads."""

    name = "portal.files"
    label = "files"
    verbose_name = "Archivos"
