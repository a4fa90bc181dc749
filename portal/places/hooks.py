"""What this app tells the kernel about itself."""

from django.utils.translation import gettext_lazy as _

from portal.core.starter import StarterContent, starter_contents
from portal.places.starter import content_version, load_places

starter_contents.register(
    StarterContent(
        id="places", label=_("Países y municipios"), load=load_places, version=content_version(), order=10
    )
)
