"""Configuration of the app."""

from portal.core.apps import PortalAppConfig


class TopicsConfig(PortalAppConfig):
    """Policy areas and the topics under them."""

    name = "portal.topics"
    label = "topics"
    verbose_name = "Áreas y temas"
