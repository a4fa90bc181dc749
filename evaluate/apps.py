"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class EvaluateConfig(PortalAppConfig):
    """Evaluarme: questionnaires that a municipality answers about itself."""

    name = "evaluate"
    label = "evaluate"
    verbose_name = "Evaluarme"
