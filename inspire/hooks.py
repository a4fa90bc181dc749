"""What this app tells the kernel about itself."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from inspire.entries import solution_kind
from inspire.starter import content_version, load_solutions
from inspire.tasks import refresh_facets
from portal.catalog.kinds import entry_kinds
from portal.core.events import municipalities_changed
from portal.core.functions import PortalFunction, functions
from portal.core.jobs import queue_on_commit
from portal.core.starter import StarterContent, starter_contents

functions.register(
    PortalFunction(
        id="inspire",
        name=_("Inspirarme"),
        promise=_("Soluciones de gobiernos locales de todo el mundo, en un mapa y una biblioteca."),
        order=3,
        url_name="inspire:solution-list",
    )
)
entry_kinds.register(solution_kind)
starter_contents.register(
    StarterContent(
        id="solutions", label=_("Soluciones"), load=load_solutions, version=content_version(), order=30
    )
)


@receiver(municipalities_changed, dispatch_uid="inspire.refresh_facets")
def refresh_facets_of_places(**kwargs: Any) -> None:
    """Let provinces and sizes of towns count in the library as they are known now."""
    queue_on_commit(refresh_facets)
