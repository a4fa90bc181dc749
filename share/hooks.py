"""What this app tells the kernel about itself."""

from django.utils.translation import gettext_lazy as _

from portal.core.functions import PortalFunction, functions

functions.register(
    PortalFunction(
        id="share",
        name=_("Intercambiar"),
        promise=_("Encuentros y conversaciones que terminan en algo que podés usar."),
        order=2,
    )
)
