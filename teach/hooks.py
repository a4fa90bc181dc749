"""What this app tells the kernel about itself."""

from django.utils.translation import gettext_lazy as _

from portal.core.functions import PortalFunction, functions

functions.register(
    PortalFunction(
        id="teach",
        name=_("Capacitarme"),
        promise=_("Documentos modelo y cursos para tu área."),
        order=4,
    )
)
