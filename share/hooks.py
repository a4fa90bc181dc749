"""What this app tells the kernel about itself."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from portal.accounts.personal_data import personal_models
from portal.core.events import municipalities_changed
from portal.core.functions import PortalFunction, functions
from portal.core.jobs import queue_on_commit
from share.attendance.register import register_afterwards
from share.calendars.register import register_calendars
from share.events.register import register_events
from share.moderation.register import register_moderation
from share.organising.register import register_organising
from share.personal_register import PERSONAL_MODELS
from share.registrations.register import register_registrations
from share.tasks.facets import refresh_facet_keys
from share.threads.register_reading import register_reading
from share.threads.register_writing import register_writing

functions.register(
    PortalFunction(
        id="share",
        name=_("Intercambiar"),
        promise=_("Encuentros y conversaciones que terminan en algo que podés usar."),
        order=2,
        url_name="share:event-list",
    )
)

for _model in PERSONAL_MODELS:
    personal_models.register(_model)

register_events()
register_organising()
register_registrations()
register_calendars()
register_afterwards()
register_moderation()
register_reading()
register_writing()


@receiver(municipalities_changed, dispatch_uid="share.facet_keys")
def refresh_keys_of_places(**kwargs: Any) -> None:
    """Let encounters and conversations be found by what their municipalities are now."""
    queue_on_commit(refresh_facet_keys)
