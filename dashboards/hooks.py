"""What this app tells the kernel about itself."""

from django.utils.translation import gettext_lazy as _

from portal.core.functions import PortalFunction, functions

functions.register(
    PortalFunction(
        id="dashboards",
        name=_("Tableros"),
        promise=_("Herramientas para gestionar el día a día, empezando por la asistencia social."),
        order=6,
    )
)
