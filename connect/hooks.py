"""What this app tells the kernel about itself."""

from django.utils.translation import gettext_lazy as _

from portal.core.functions import PortalFunction, functions

functions.register(
    PortalFunction(
        id="connect",
        name=_("Conectarme"),
        promise=_("Encontrá a colegas que trabajan en lo mismo que vos y escribiles."),
        order=1,
    )
)
