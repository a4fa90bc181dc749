"""Who adds materials to an event, and who gets them, each with the reason that the page shows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level
from portal.core.decision import ALLOWED, Decision, denied
from portal.files.models import StoredFile
from share.models import Event, Material, Registration
from share.permissions.attendance import SIGN_IN_FIRST
from share.permissions.events import is_organiser

NOT_FOR_YOU = _("Este material es para quienes se inscribieron en el encuentro.")


def can_change_materials(user: Any, event: Event) -> Decision:
    """Whoever looks after an event adds what belongs to it, before and after."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if is_organiser(user, event):
        return ALLOWED
    return denied(_("Los materiales los carga quien organiza el encuentro."))


def can_read_material(user: Any, material: Material) -> Decision:
    """Whoever sees the event, or has a place in it, as was chosen for each; organisers all."""
    if user.is_authenticated and is_organiser(user, material.event):
        return ALLOWED
    if not Event.objects.visible_to(user).filter(pk=material.event_id).exists():
        return denied(NOT_FOR_YOU)
    if material.audience == Material.Audience.EVERYONE or has_place(user, material.event_id):
        return ALLOWED
    return denied(NOT_FOR_YOU)


def has_place(user: Any, event_id: int) -> bool:
    """Say whether somebody of the network has a place in an event, for good or to be confirmed."""
    if reading_level(user) not in MEMBERS_LEVELS:
        return False
    return Registration.objects.of(user).filter(event_id=event_id).holding_a_place().exists()


def can_read_material_file(user: Any, file: StoredFile) -> Decision:
    """Whoever gets one of the materials that the file is."""
    found = Material.objects.filter(file=file).select_related("event").first()
    return can_read_material(user, found) if found else denied(NOT_FOR_YOU)
