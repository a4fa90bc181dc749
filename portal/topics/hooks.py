"""What this app tells the kernel about itself."""

from django.utils.translation import gettext_lazy as _

from portal.core.starter import StarterContent, starter_contents
from portal.topics.starter import content_version, load_topics

starter_contents.register(
    StarterContent(
        id="topics", label=_("Áreas y temas"), load=load_topics, version=content_version(), order=0
    )
)
